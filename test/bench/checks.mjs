/**
 * How good and how fast the automatic checks are. Run with
 * `node test/bench/checks.mjs [--worlds 4] [--seed 5000] [--rounds 5] [--details]`.
 *
 * Made worlds, whose labels are right until faults of every kind are put in: recall by kind and size, precision, the
 * ranking, false alarms on right labels, and those under rain, spray, mirrors, blooming and undergrowth. The same on
 * the real samples beside the project, where they are. Then the time of all checks over a scene of nuScenes' size on
 * one core. Figures below their targets are marked.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { printDetails, printEffects, printFigures, printSpeed } from './checks/print.mjs';
import { loadProject, root } from './checks/project.mjs';

const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '4' },
    seed: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    details: { type: 'boolean', default: false },
  },
});
const project = await loadProject();
const firstSeed = Number(values.seed ?? project.figureSeedsFrom);
const worlds = Number(values.worlds);
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const made = [];
for (let seed = firstSeed; seed < firstSeed + worlds; seed++) {
  const world = await project.madeWorld(`made world ${seed}`, await project.madeFiles({ seed }));
  made.push(await project.measured(world, seed));
}
const seeds = `seeds ${firstSeed} to ${firstSeed + worlds - 1}`;
printFigures(`Made worlds, ${seeds}`, project.figuresOf(made), project.targets);
if (values.details) made.forEach(printDetails);

const effects = [];
for (const effect of [null, ...project.effectNames]) {
  const given = {
    seed: firstSeed + worlds,
    frames: 12,
    cameras: 0,
    ...(effect && { effects: { [effect]: 0.6 } }),
  };
  const world = await project.madeWorld(effect ?? 'none', await project.madeFiles(given));
  effects.push({ effect: effect ?? 'none', results: world.results });
}
printEffects(`Right labels under effects of 0.6, seed ${firstSeed + worlds}`, effects, project.targets);

const samples = [
  ['KITTI tracking as OpenLABEL', 'openlabel/kitti-tracking'],
  ['SUSTechPOINTS', 'sustech-points/example'],
  ['PandaSet', 'pandaset-002'],
  ['nuScenes', 'nuscenes-sample'],
  ['Argoverse 2', 'argoverse2/sensor/val/7fab2350-7eaf-3b7e-a39d-6937a4c1bede'],
];
for (const [name, relative] of samples) {
  const folder = path.join(root, '../shared/data', relative);
  if (!existsSync(folder)) {
    console.log(`\n== ${name}: left out, ../shared/data/${relative} is not on this machine`);
    continue;
  }
  const world = await project.realWorld(name, project.diskFolder(folder));
  const measured = await project.measured(world, firstSeed, 'unknown', 2);
  const title = `${name}, faults put into its labels; what fires on them untouched is counted apart`;
  printFigures(title, project.figuresOf([measured]), project.targets);
  if (values.details) printDetails(measured);
}

printSpeed(await project.measureSpeed(firstSeed, Number(values.rounds), cpuSeconds));
