/** The checks of points on streets whose every ray is cast by hand: right labels are quiet, wrong ones are told. */
import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../../shared/checks/checkIds.ts';
import type { CheckFinding } from '../../../../shared/checks/finding.ts';
import { lackOf } from '../../../../shared/checks/lacks.ts';
import { faceKind } from '../../../../shared/checks/points/faceKind.ts';
import { pointChecks } from '../../../../shared/checks/points/pointChecks.ts';
import type { SceneScan } from '../../../../shared/checks/scan/sceneScan.ts';
import { withScan } from '../../../../shared/checks/scene.ts';
import { createSink } from '../../../../shared/checks/sink.ts';
import words from '../../../../shared/messages/en/checkPoints.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import type { MadeLabel } from '../labels/labelledScene.ts';
import {
  type Block,
  castSweep,
  farCar,
  labelOf,
  parkedCar,
  person,
  scannedCast,
  sceneOfCast,
} from '../scan/castScene.ts';

const blocks = [parkedCar, farCar, person];
const sweeps = Array.from({ length: 8 }, (_, frame) => castSweep(blocks, frame + 1));
type Change = NonNullable<Parameters<typeof labelOf>[1]>;

/** Labels of all blocks in every frame, one of them changed in some. */
function labelsWith(changed: Block, change: Change, isChanged = (_frame: number) => true): MadeLabel[] {
  return sweeps.flatMap((_, frame) =>
    blocks.map((block) =>
      labelOf(block, { ...(block === changed && isChanged(frame) ? change : {}), frame }),
    ),
  );
}

async function findingsOf(labels: readonly MadeLabel[], of = sweeps): Promise<CheckFinding[]> {
  const { scene } = await scannedCast({ labels, sweeps: of });
  return pointChecks.flatMap((check) => {
    const sink = createSink(check, scene);
    check.run(scene, sink);
    return sink.results().findings.map(({ finding }) => finding);
  });
}

const checksOn = (findings: readonly CheckFinding[], track: string): CheckId[] => [
  ...new Set(findings.filter((finding) => finding.track === track).map(({ check }) => check)),
];

test('labels that fit are quiet', async () => {
  expect(await findingsOf(labelsWith(parkedCar, {}))).toEqual([]);
});

describe('one label wrong for its whole life', () => {
  test.each<[string, Change, CheckId]>([
    ['moved to the left, off the lidar', { move: [0, 0.35, 0] }, 'CUT'],
    ['moved to the right, towards it', { move: [0, -0.35, 0] }, 'LOOSE'],
    ['moved back', { move: [-0.35, 0, 0] }, 'LOOSE'],
    ['moved ahead', { move: [0.35, 0, 0] }, 'CUT'],
    ['turned by 10 degrees', { turn: 0.175 }, 'CUT'],
    ['too wide on the near side', { grow: [0, 0.4, 0], move: [0, -0.2, 0] }, 'LOOSE'],
    ['too narrow', { grow: [0, -0.5, 0] }, 'CUT'],
    ['floating', { move: [0, 0, 0.4] }, 'GROUND'],
    ['sunk', { move: [0, 0, -0.4] }, 'GROUND'],
  ])('%s', async (_name, change, check) => {
    const findings = await findingsOf(labelsWith(parkedCar, change));
    expect(checksOn(findings, 'car')).toContain(check);
    expect(checksOn(findings, 'far')).toEqual([]);
    expect(checksOn(findings, 'person')).toEqual([]);
    const told = findings.find((finding) => finding.check === check && finding.frames === 8)!;
    expect(told.evidence.length).toBeGreaterThan(0);
  });
});

test('one label wrong in one frame is told there', async () => {
  const findings = await findingsOf(labelsWith(parkedCar, { move: [0, 0.4, 0] }, (frame) => frame === 4));
  const cut = findings.filter(({ check }) => check === 'CUT');
  expect(cut.map(({ frame, track }) => [frame, track])).toEqual([['4', 'car']]);
});

test('what most frames miss of a bumper that some show is not held against the label', async () => {
  const shorter: Block = { ...parkedCar, size: [4.1, 1.9, 1.6], at: [12 + 0.196, 4 + 0.04] };
  const missing = Array.from({ length: 8 }, (_, frame) =>
    castSweep([frame < 3 ? parkedCar : shorter, farCar, person], frame + 1),
  );
  expect(checksOn(await findingsOf(labelsWith(parkedCar, {}), missing), 'car')).not.toContain('LOOSE');
  const always = missing.map((_, frame) => castSweep([shorter, farCar, person], frame + 1));
  expect(checksOn(await findingsOf(labelsWith(parkedCar, {}), always), 'car')).toContain('LOOSE');
});

/** What the checks say of one label of which the sweep is told to have said this. */
async function findingsWhere(block: Block, said: { readonly [Key in keyof SceneScan]?: number }) {
  const { scene } = await scannedCast({ labels: [labelOf(block)], sweeps: [sweeps[0]!] });
  const scan = Object.fromEntries(
    Object.entries(said).map(([key, value]) => [
      key,
      Float32Array.of(value, value, value, value, value, value),
    ]),
  );
  return pointChecks.flatMap((check) => {
    const told = withScan(scene, { ...scene.scan!, ...scan });
    const sink = createSink(check, told);
    check.run(told, sink);
    return sink.results().findings.map(({ finding }) => finding.check);
  });
}

test('a label seems sunk where the ground rises towards it, and is where the ground is level', async () => {
  expect(await findingsWhere(parkedCar, { aboveGround: -0.9, groundTilt: 0.12 })).not.toContain('GROUND');
  expect(await findingsWhere(parkedCar, { aboveGround: -0.9, groundTilt: 0.02 })).toContain('GROUND');
  const withTop = { aboveGround: -0.9, faceOut: 0.4 };
  expect(await findingsWhere(parkedCar, { ...withTop, groundTilt: 0.12 })).not.toContain('GROUND');
  expect(await findingsWhere(parkedCar, { ...withTop, groundTilt: 0.02 })).toContain('GROUND');
});

test('a few centimetres are cut off only where the frames of a track agree', async () => {
  const slight = { shell: 10, faceOut: 0.05 };
  expect(await findingsWhere(parkedCar, slight)).not.toContain('CUT');
  expect(await findingsWhere(parkedCar, { ...slight, shell: 400, faceOut: 0.15 })).toContain('CUT');
  const lasting = await findingsOf(labelsWith(parkedCar, { grow: [0, -0.14, 0] }));
  expect(checksOn(lasting, 'car')).toContain('CUT');
});

test('far out nothing is said of labels from which nothing comes back', async () => {
  const nothing = { inside: 0, insideGrown: 0, standing: 0, seen: 0.9 };
  expect(await findingsWhere({ ...farCar, at: [60, 0] }, nothing)).toContain('EMPTY');
  expect(await findingsWhere({ ...farCar, at: [90, 0] }, nothing)).not.toContain('EMPTY');
});

test('a motorcycle is held as loosely as a bicycle', () => {
  const labels = [labelOf({ ...parkedCar, className: 'motorcycle' }), labelOf(parkedCar)];
  const scene = sceneOfCast({ labels, sweeps: [null] });
  expect([faceKind(scene, 0, 0), faceKind(scene, 1, 0)]).toEqual(['softEnd', 'end']);
});

const ghost: Block = { id: 'ghost', className: 'car', at: [18, 14], size: [4.5, 1.9, 1.6] };
const truck: Block = { id: 'truck', className: 'truck', at: [10, 0], size: [3, 3, 3.6] };
const behind: Block = { ...ghost, at: [17, 0] };

test('a label where nothing stands is empty, though the ground runs through it; one behind a truck is not', async () => {
  const open = await findingsOf([...labelsWith(person, {}), labelOf(ghost)]);
  expect(checksOn(open, 'ghost')).toContain('EMPTY');
  const hidden = await findingsOf([labelOf(truck), labelOf(behind)], [castSweep([truck])]);
  expect(checksOn(hidden, 'ghost')).toEqual([]);
});

test('an object without a label is told once, with its box, and not with a label', async () => {
  const labels = labelsWith(person, {}).filter(({ id }) => id !== 'far');
  const findings = await findingsOf(labels);
  expect(findings.map(({ check, frames, object }) => ({ check, frames, object }))).toEqual([
    { check: 'CLUSTER', frames: 8, object: null },
  ]);
  const [box] = findings[0]!.evidence;
  if (box?.kind !== 'box') throw new Error('no box is drawn');
  expect(Math.hypot(box.center[0] - farCar.at[0], box.center[1] - farCar.at[1])).toBeLessThan(2.5);
  expect(findings[0]!.code).toBe('MISS');
});

test('an object that stands without a label for two frames of eight is not told', async () => {
  const labels = labelsWith(person, {}).filter(({ id, frame }) => id !== 'far' || frame! < 6);
  expect((await findingsOf(labels)).filter(({ check }) => check === 'CLUSTER')).toEqual([]);
});

test('without sweeps every check of points says what it lacks', () => {
  const scene = sceneOfCast({ labels: [labelOf(person)], sweeps: [null] });
  expect(pointChecks.map((check) => lackOf(check, scene))).toEqual(pointChecks.map(() => 'lidar'));
});

test('what the checks can say has words, and every limit its name', async () => {
  const changes: Change[] = [
    { move: [0, 0.4, 0.4] },
    { move: [-0.4, 0, -0.4] },
    { grow: [0.8, 0.8, 1] as Vec3 },
  ];
  for (const change of changes) {
    for (const { check, says, limitKey } of await findingsOf(labelsWith(parkedCar, change))) {
      const known: { limitKeys: object; says: object } = words[check as keyof typeof words];
      expect(Object.keys(known.says)).toContain(says);
      expect(Object.keys(known.limitKeys)).toContain(limitKey);
    }
  }
  for (const { id, limits } of pointChecks) {
    expect(Object.keys(words[id as keyof typeof words].limitKeys).sort()).toEqual(Object.keys(limits).sort());
  }
});
