/**
 * What a sequential plan saves against the ISO single plan of equal risks, in units and in minutes; that its risks
 * hold in random order; how they break scene by scene, and what a clustered-safe variant costs. Pure simulation on the
 * project's own plans and its own generator: the same seed prints the same tables. Plain JavaScript:
 * node test/bench/sequential.mjs [--rounds N] [--seed 32 hex digits] [--judging S] [--loading S] [--same S] [--orient S,S,...]
 *
 * Times are in seconds. `--judging`: looking at one unit and giving the verdict (40: the product's own assumption until
 * somebody's pace is known). `--same`: until the next unit of a scene is drawn (0.11: key to painted frame, npm run
 * bench). `--loading`: the same for a unit of another scene that was not read ahead, an assumption. `--orient`: what it costs a person to find her way
 * in another scene, an assumption, and so a row for each.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { correlationIn, inRandomOrder, makeWorld, sceneByScene, shuffled } from './sequential/world.mjs';

const project = path.resolve(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '000102030405060708090a0b0c0d0e0f' },
    judging: { type: 'string', default: '40' },
    loading: { type: 'string', default: '0.6' },
    same: { type: 'string', default: '0.11' },
    orient: { type: 'string', default: '3,10,30,60' },
  },
});
const rounds = Number(values.rounds);
const cost = { judging: Number(values.judging), loading: Number(values.loading), same: Number(values.same) };
const orients = values.orient.split(',').map(Number);
const alpha = 0.05;
const beta = 0.1;

const shared = await bundled();
const world = makeWorld(shared);

async function bundled() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-sequential-'));
  const outfile = path.join(folder, 'sampling.mjs');
  const modules = ['sequential', 'makePlan', 'operatingCharacteristic', 'randomSource'];
  await build({
    stdin: {
      contents: modules.map((name) => `export * from './shared/sampling/${name}.ts';`).join('\n'),
      resolveDir: project,
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  const loaded = await import(pathToFileURL(outfile).href);
  rmSync(folder, { recursive: true });
  return loaded;
}

const known = (result) => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};

/** The ISO single plan, the two qualities at which it has the usual risks, and Wald's plan for the same two. */
function pairOfPlans({ lot, aql }) {
  const iso = known(
    shared.makePlan({
      scheme: 'iso2859-1',
      lotSize: lot,
      aql,
      level: 'II',
      inspection: 'normal',
      counts: 'units',
    }),
  );
  const { sampleSize: n, acceptanceNumber: ac } = iso;
  const p0 = shared.rateAcceptedWith(1 - alpha, n, ac, 'binomial');
  const p1 = shared.rateAcceptedWith(beta, n, ac, 'binomial');
  return { lot, iso, p0, p1, wald: sequentialFor(lot, p0, p1, 1) };
}

function sequentialFor(lot, p0, p1, designEffect) {
  const request = { scheme: 'sprt', lotSize: lot, p0, p1, alpha, beta, truncateAt: null, designEffect };
  return known(shared.makePlan(request)).sequential;
}

/** Means over the rounds: how often it accepts, how many units it takes, and the largest of nine in ten. */
function tally(results) {
  const taken = results.map(({ atN }) => atN).sort((a, b) => a - b);
  const mean = taken.reduce((sum, n) => sum + n, 0) / taken.length;
  const spread = Math.sqrt(taken.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (taken.length - 1));
  const accepted = results.filter(({ decision }) => decision === 'accept').length / results.length;
  return {
    accepted,
    acceptedError: Math.sqrt((accepted * (1 - accepted)) / results.length),
    mean,
    meanError: spread / Math.sqrt(results.length),
    ninth: taken[Math.floor(0.9 * taken.length)],
  };
}

const many = (count, one) => Array.from({ length: count }, one);
const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)} %`;

function print(title, rows) {
  console.log(`\n${title}`);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  for (const row of rows) {
    console.log(`  ${row.map((cell, column) => String(cell).padStart(widths[column])).join('   ')}`);
  }
}

/** Judged units in random order, over a grid of true shares of bad units; answers what is saved at each of them. */
function savings({ lot, iso, p0, p1, wald }) {
  const grid = [0.25 * p0, 0.5 * p0, p0, Math.sqrt(p0 * p1), p1, 1.5 * p1, 2 * p1];
  const rows = [
    ['true share bad', 'units', '+-', '9 in 10 by', 'single', 'saved', 'accepts', '+-', 'single accepts'],
  ];
  const saved = [];
  for (const p of grid) {
    const bad = Math.round(p * lot);
    const random = world.stream(values.seed, `savings ${lot} ${iso.aql} ${p}`);
    const found = tally(
      many(rounds, () => shared.runSequential(wald, inRandomOrder(lot, bad, random), wald.truncateAt)),
    );
    const { sampleSize: n, acceptanceNumber: ac } = iso;
    saved.push(1 - found.mean / iso.sampleSize);
    rows.push([
      `${percent(bad / lot, 2)}${p === p0 ? ' = p0' : p === p1 ? ' = p1' : ''}`,
      found.mean.toFixed(1),
      found.meanError.toFixed(2),
      found.ninth,
      n,
      percent(1 - found.mean / n, 0),
      percent(found.accepted, 2),
      percent(found.acceptedError, 2),
      percent(shared.lotAcceptanceProbability(n, ac, lot, bad), 2),
    ]);
  }
  const { sampleSize: n, acceptanceNumber: ac, codeLetter } = iso;
  const title = `Lot ${lot}, ISO 2859-1 level II, AQL ${iso.aql}, letter ${codeLetter}: n ${n}, Ac ${ac}; sequential p0 ${percent(p0, 2)}, p1 ${percent(p1, 2)}, ends at ${wald.truncateAt}. Random order.`;
  print(title, rows);
  return saved;
}

/** A run scene by scene; `atEnds` looks at the lines only when a scene is done. */
function runByScene(terms, units, atEnds) {
  if (!atEnds) {
    const outcomes = (function* () {
      for (const { isBad } of units) yield isBad;
    })();
    const run = shared.runSequential(terms, outcomes, terms.truncateAt);
    return run.decision === 'continue' ? { ...run, decision: 'accept' } : run;
  }
  let [n, bad] = [0, 0];
  for (const { isBad, isLast } of units) {
    n += 1;
    if (isBad) bad += 1;
    const isEnd = n === terms.truncateAt;
    if (!isLast && !isEnd) continue;
    const decision = shared.sequentialDecision(terms, n, bad, terms.truncateAt);
    if (decision !== 'continue') return { decision, atN: n };
  }
  return { decision: shared.sequentialDecision(terms, n, bad, n), atN: n };
}

/** Risks where units of one scene come one after the other, for units that are more and more alike. */
function clustered({ lot, p0, p1, iso }, { scenes, size, each, assumed }) {
  const rows = [
    [
      'alike',
      'measured',
      'lines',
      'look',
      'turns p0 away',
      '+-',
      'lets p1 pass',
      '+-',
      'units at p0',
      'at p1',
    ],
  ];
  const few = Math.ceil(rounds / 4);
  for (const rho of [0, 0.05, 0.1, 0.2, 0.4]) {
    const spread = 1 + (each - 1) * rho;
    const variants = [
      { name: 'x 1', effect: 1, atEnds: false },
      { name: 'x 1', effect: 1, atEnds: true },
      { name: `x ${spread.toFixed(2)}`, effect: spread, atEnds: false },
      { name: `x ${spread.toFixed(2)}`, effect: spread, atEnds: true },
      ...(spread === 1 + (each - 1) * assumed
        ? []
        : [
            {
              name: `x ${(1 + (each - 1) * assumed).toFixed(2)}`,
              effect: 1 + (each - 1) * assumed,
              atEnds: false,
            },
          ]),
    ];
    for (const { name, effect, atEnds } of rho === 0 ? variants.slice(0, 1) : variants) {
      const terms = sequentialFor(scenes * each, p0, p1, effect);
      let alike = 0;
      const at = (p) => {
        const random = world.stream(
          values.seed,
          `clustered ${lot} ${iso.aql} ${each} ${rho} ${p} ${effect} ${atEnds}`,
        );
        return tally(
          many(few, () => {
            const counts = world.badByScene(
              { scenes, size, bad: Math.round(p * scenes * size), rho },
              random,
            );
            alike += correlationIn(counts, size) / (2 * few);
            return runByScene(terms, sceneByScene(counts, size, each, random), atEnds);
          }),
        );
      };
      const [good, poor] = [at(p0), at(p1)];
      rows.push([
        rho,
        alike.toFixed(3),
        name,
        atEnds ? 'scene ends' : 'every unit',
        percent(1 - good.accepted),
        percent(good.acceptedError),
        percent(poor.accepted),
        percent(poor.acceptedError),
        good.mean.toFixed(0),
        poor.mean.toFixed(0),
      ]);
    }
  }
  print(
    `${scenes} scenes of ${size} units, scene by scene, ${each} units of each; p0 ${percent(p0, 2)}, p1 ${percent(p1, 2)}, asked for ${percent(alpha, 0)} and ${percent(beta, 0)}.`,
    rows,
  );
}

/** Seconds for one lot: units looked at, and ways into another scene. */
function seconds(units, changes, orient) {
  return units * cost.judging + (units - changes) * cost.same + changes * (cost.loading + orient);
}

/** Minutes of three ways to judge the same lot, over what another scene costs. */
function minutes({ p0, p1, iso }, { scenes, size, each, rho }) {
  const lot = scenes * size;
  const { sampleSize: n } = iso;
  const safe = sequentialFor(scenes * each, p0, p1, 1 + (each - 1) * rho);
  const wald = sequentialFor(lot, p0, p1, 1);
  const rows = [
    [
      'true share bad',
      'another scene',
      'sequential, drawn order',
      'sequential, safe, by scene',
      'single, by scene',
      'least',
      'even at',
    ],
  ];
  const few = Math.ceil(rounds / 10);
  for (const p of [0.5 * p0, p0, Math.sqrt(p0 * p1), p1, 2 * p1]) {
    const bad = Math.round(p * lot);
    const random = world.stream(values.seed, `minutes ${lot} ${iso.aql} ${p}`);
    const runs = many(few, () => {
      const counts = world.badByScene({ scenes, size, bad, rho }, random);
      const drawn = shared.runSequential(wald, inRandomOrder(lot, bad, random), wald.truncateAt).atN;
      const scenesOf = shuffled(lot, random).map((unit) => Math.floor(unit / size));
      const changes = scenesOf.slice(0, drawn).filter((scene, at) => scene !== scenesOf[at - 1]).length;
      const byScene = runByScene(safe, sceneByScene(counts, size, each, random), false).atN;
      return { drawn, changes, byScene, hit: new Set(scenesOf.slice(0, n)).size };
    });
    const mean = (key) => runs.reduce((sum, run) => sum + run[key], 0) / runs.length;
    const [drawn, changes, byScene, hit] = [mean('drawn'), mean('changes'), mean('byScene'), mean('hit')];
    for (const orient of orients) {
      const ways = [
        seconds(drawn, changes, orient),
        seconds(byScene, byScene / each, orient),
        seconds(n, hit, orient),
      ].map((total) => total / 60);
      const least = ['drawn order', 'safe by scene', 'single'][ways.indexOf(Math.min(...ways))];
      const even = ((n - drawn) * (cost.judging + cost.same)) / (changes - hit) + cost.same - cost.loading;
      rows.push([
        percent(p, 2),
        `${orient} s`,
        `${ways[0].toFixed(0)} min`,
        `${ways[1].toFixed(0)} min`,
        `${ways[2].toFixed(0)} min`,
        least,
        changes <= hit ? 'never' : even <= 0 ? 'always' : `${even.toFixed(0)} s`,
      ]);
    }
  }
  print(
    `${scenes} scenes of ${size} units (alike ${rho}): minutes at ${cost.judging} s a unit. Single: n ${n}. Safe: ${each} units of a scene, lines x ${(1 + (each - 1) * rho).toFixed(2)}. "even at": what another scene would have to cost for the single plan to take as long as the drawn order.`,
    rows,
  );
}

const started = performance.now();
console.log(
  `Sequential plans, ${rounds} rounds, seed ${values.seed}, generator ${shared.generatorName}. "+-" is one standard error.`,
);
const plans = [
  { lot: 2400, aql: '1.5' },
  { lot: 2400, aql: '4.0' },
  { lot: 500, aql: '2.5' },
].map(pairOfPlans);
const saved = plans.map(savings);
clustered(plans[0], { scenes: 60, size: 40, each: 5, assumed: 0.1 });
clustered(plans[0], { scenes: 60, size: 40, each: 20, assumed: 0.1 });
minutes(plans[0], { scenes: 60, size: 40, each: 5, rho: 0.1 });
minutes(plans[0], { scenes: 8, size: 300, each: 30, rho: 0.1 });
const range = (at) => {
  const shares = saved.map((row) => row[at]);
  return `${percent(Math.min(...shares), 0)} to ${percent(Math.max(...shares), 0)}`;
};
console.log(
  `\nUnits saved in random order: ${range(1)} where half of p0 is bad, ${range(2)} at p0, ${range(3)} between p0 and p1, ${range(4)} at p1, ${range(6)} at twice p1.`,
);
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s on this machine`);
