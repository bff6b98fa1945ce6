/** The checks of points on streets whose every ray is cast by hand: right labels are quiet, wrong ones are told. */
import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../../shared/checks/checkIds.ts';
import type { CheckFinding } from '../../../../shared/checks/finding.ts';
import { lackOf } from '../../../../shared/checks/lacks.ts';
import { pointChecks } from '../../../../shared/checks/points/pointChecks.ts';
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
    const told = findings.find((finding) => finding.check === check)!;
    expect(told.frames).toBe(8);
    expect(told.evidence.length).toBeGreaterThan(0);
  });
});

test('one label wrong in one frame is told there', async () => {
  const findings = await findingsOf(labelsWith(parkedCar, { move: [0, 0.4, 0] }, (frame) => frame === 4));
  const cut = findings.filter(({ check }) => check === 'CUT');
  expect(cut.map(({ frame, track }) => [frame, track])).toEqual([['4', 'car']]);
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
