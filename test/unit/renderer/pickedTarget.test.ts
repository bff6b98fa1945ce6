/** What becomes of a label that the auditor points at: a target, or the reason why it is none. */
import { describe, expect, test } from 'vitest';
import { seededOf, withSeeds } from '../../../renderer/screens/review/seeds/seededIndex.ts';
import { pickedTarget } from '../../../renderer/screens/review/targets/pickedTarget.ts';
import type { Seed } from '../../../shared/audit/events.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import { AuditDesk, defaultSpec } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
const idOf = (row: number): string => {
  const frame = index.delivery.frames.at(index.labels.cuboids.frame[row]!)!;
  return `${frame.id}|${cuboidAt(index.labels, row).id}`;
};
const rows = Array.from({ length: index.labels.cuboids.count }, (_, row) => row);

describe('a label that is pointed at', () => {
  test('outside the sample becomes a target without a chance, once', () => {
    const desk = AuditDesk.ready(index);
    const drawn = new Set(desk.units.map(({ id }) => id));
    const row = rows.find((one) => !drawn.has(idOf(one)))!;
    const picked = pickedTarget(desk.state!, index, row, 'new');
    if (picked.kind !== 'target') throw new Error(picked.kind);
    expect(picked.target).toMatchObject({
      ...{ id: 'new', unit: idOf(row), kind: 'cuboid', source: 'auditor', probability: null },
    });
    const targets = [{ ...picked.target, reason: 'leans' }];
    desk.record({ type: 'targets.queued', data: { targets, draw: null } });
    expect(pickedTarget(desk.state!, index, row, 'again').kind).toBe('queued');
  });

  test('in the sample, or part of a track that is, is judged there', () => {
    const desk = AuditDesk.ready(index);
    const { id } = desk.units[0]!;
    expect(pickedTarget(desk.state!, index, rows.find((row) => idOf(row) === id)!, 'new').kind).toBe(
      'in-sample',
    );
    const tracks = AuditDesk.ready(index, { ...defaultSpec, unit: 'track' });
    const part = rows.find((row) => cuboidAt(index.labels, row).track === tracks.units[0]!.track)!;
    expect(pickedTarget(tracks.state!, index, part, 'new').kind).toBe('in-sample');
  });

  test('that holds an error put in is answered like any unit of the sample', () => {
    const desk = AuditDesk.ready(index);
    const drawn = new Set(desk.units.map(({ id }) => id));
    const row = rows.find((one) => !drawn.has(idOf(one)))!;
    const { className, center, size, rotation, id: label } = cuboidAt(index.labels, row);
    const [frame] = idOf(row).split('|') as [string];
    const seed: Seed = {
      ...{ id: 's1', unit: idOf(row), scene: 'scene0', frame, label, kind: 'shift', codes: ['POS'] },
      timesTolerance: 2,
      shown: {
        className,
        center: [center[0] + 1, center[1], center[2]],
        size: [...size],
        rotation: [...rotation],
      },
    };
    const seeded = withSeeds(index, [seed]);
    const place = seededOf(seeded).places.get(idOf(row))!;
    expect(pickedTarget(desk.state!, seeded, place.row, 'new').kind).toBe('in-sample');
    expect(pickedTarget(desk.state!, seeded, row, 'new').kind).toBe('in-sample');
  });
});
