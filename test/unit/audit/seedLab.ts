/** Known errors for tests: the labels of a made index outside the sample, and a draw of errors among them. */

import type { EventData } from '../../../shared/audit/events.ts';
import { buildLot } from '../../../shared/audit/lot.ts';
import { drawSeeds, type SeedRequest } from '../../../shared/audit/seedDraw.ts';
import type { SeedCandidate } from '../../../shared/audit/seeds.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { type AuditDesk, defaultSpec, expectOk, seed, sha256 } from './auditDesk.ts';

export type Labelled = SeedCandidate & { readonly track: string | null };

/** Every label of the index by its unit id, with the same number of points inside each. */
export function labelled(index: DeliveryIndex, points = 40): ReadonlyMap<string, Labelled> {
  const { delivery, labels } = index;
  const rows = Array.from({ length: labels.cuboids.count }, (_, row) => cuboidAt(labels, row));
  return new Map(
    rows.map((row) => {
      const frame = delivery.frames.at(row.frame)!;
      const unit = `${frame.id}|${row.id}`;
      const scene = delivery.scenes[frame.scene]!.id;
      return [unit, { ...row, unit, scene, frame: frame.id, label: row.id, points }];
    }),
  );
}

/** Errors on labels outside the sample of an audit. */
export async function seedsFor(
  desk: AuditDesk,
  index: DeliveryIndex,
  request: Partial<SeedRequest> = {},
  points = 40,
  pointsShown = 31,
): Promise<EventData<'seeds.set'>> {
  const drawn = new Set(desk.units.map(({ id }) => id));
  const ids = expectOk(buildLot(index, defaultSpec)).ids.filter((id) => !drawn.has(id));
  const labels = labelled(index, points);
  return expectOk(
    await drawSeeds(
      {
        ids,
        candidateAt: async (at) => labels.get(ids[at]!)!,
        pointsInside: async () => pointsShown,
        classNames: index.labels.classes,
      },
      defaultSpec,
      { count: 12, mix: 'mixed', seed, ...request },
      sha256,
    ),
  );
}
