/** The fit on real scans: labels that people drew are put off and fitted again. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { qaSpecSchema } from '../../../shared/audit/qaSpec.ts';
import { specClass } from '../../../shared/audit/specLookup.ts';
import { transformPoint } from '../../../shared/geometry/matrix.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { freshBuffers } from '../../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../../shared/readers/clouds/readPoints.ts';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import { type Errors, errorsOf, fitFrom, median, putOff, quantile } from '../../support/boxFitLab.ts';
import { diskFolder } from '../../support/diskFolder.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { describeWithSharedData, sharedData } from '../../support/sharedData.ts';

const spec = qaSpecSchema.parse(
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../assets/qa-spec.default.json'), 'utf8')),
);

interface Row {
  readonly before: Errors;
  readonly after: Errors;
  readonly isSure: boolean;
  readonly className: string;
}

async function pointsOf(folder: string, index: DeliveryIndex, frame: number): Promise<Float64Array> {
  const files = diskFolder(sharedData(`data/${folder}`));
  const all: number[] = [];
  for (const ref of index.delivery.frames.at(frame)!.sweeps) {
    const reading = await readPoints(ref, {
      open: async ({ path: file }) => files.open(file),
      pool: freshBuffers,
      codecs: { wasm: () => Promise.reject(new Error('no codec is needed for these')) },
    });
    if (!reading.ok) throw new Error(JSON.stringify(reading.problem));
    const { sweep } = reading.value;
    for (let point = 0; point < sweep.count; point++) {
      const at = point * sweep.strideFloats + sweep.position;
      const place = [0, 1, 2].map((axis) => sweep.interleaved[at + axis]! + sweep.origin[axis]!);
      if (!place.every(Number.isFinite)) continue;
      const own = [place[0]!, place[1]!, place[2]!] as const;
      all.push(...(ref.spaceFromPoints ? transformPoint(ref.spaceFromPoints, own) : own));
    }
  }
  return Float64Array.from(all);
}

const read = new Map<string, Promise<Row[]>>();

/** Every judged label within 50 m; those the fit refuses are left out. */
function rowsOf(folder: string): Promise<Row[]> {
  const rows = read.get(folder) ?? fitAll(folder);
  read.set(folder, rows);
  return rows;
}

async function fitAll(folder: string): Promise<Row[]> {
  const opened = await openDelivery(diskFolder(sharedData(`data/${folder}`)));
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  const index = opened.value;
  const { cuboids } = index.labels;
  const random = seededRandom(7);
  // Few frames hold few labels: each of theirs is put off in several ways.
  const turns = index.delivery.frames.length > 3 ? 1 : 3;
  const rows: Row[] = [];
  for (let frame = 0; frame < index.delivery.frames.length; frame++) {
    const points = await pointsOf(folder, index, frame);
    for (let row = cuboids.frameStart[frame]!; row < cuboids.frameStart[frame + 1]!; row++) {
      const label = cuboidAt(index.labels, row);
      const entry = specClass(spec, label.className);
      if (!label.isUsable || !entry || Math.hypot(label.center[0], label.center[1]) > 50) continue;
      for (let turn = 0; turn < turns; turn++) {
        const start = putOff(label, random);
        const { fit, box } = fitFrom(points, start, entry.typicalSize);
        if (!fit.ok) continue;
        const [before, after] = [errorsOf(label, start), errorsOf(label, box)];
        rows.push({ before, after, isSure: fit.isSure, className: label.className });
      }
    }
  }
  return rows;
}

const degrees = 180 / Math.PI;

/** Medians before and after, metres, metres, degrees. */
function summary(rows: readonly Row[]) {
  const of = (which: 'before' | 'after') =>
    (['along', 'across', 'yaw'] as const).map((key) =>
      median(rows.map((row) => row[which][key] * (key === 'yaw' ? degrees : 1))),
    );
  return { count: rows.length, before: of('before'), after: of('after') };
}

describeWithSharedData(
  'labels of people, put off and fitted again, come much nearer',
  'data/FACTS.json',
  () => {
    // Before, the medians are about 0.38 m along, 0.35 m across and 7.5 degrees.
    test.each([
      { folder: 'sustech-points', className: 'Car', fewest: 60, most: [0.06, 0.08, 1] },
      { folder: 'sustech-points', className: 'Pedestrian', fewest: 40, most: [0.08, 0.06, 1] },
      { folder: 'sustech-points', className: 'Motor', fewest: 6, most: [0.2, 0.15, 10] },
      { folder: 'nuscenes-sample', className: 'car', fewest: 3, most: [0.1, 0.25, 9] },
      { folder: 'pandaset-002', className: 'Car', fewest: 230, most: [0.16, 0.1, 1.6] },
      { folder: 'pandaset-002', className: 'Pickup Truck', fewest: 14, most: [0.25, 0.3, 2] },
      { folder: 'pandaset-002', className: 'Bicycle', fewest: 7, most: [0.2, 0.1, 11] },
      { folder: 'kitti-object', className: 'Pedestrian', fewest: 3, most: [0.08, 0.1, 1] },
    ])(
      '$folder: $className',
      async ({ folder, className, fewest, most }) => {
        const rows = (await rowsOf(folder)).filter((row) => row.className === className);
        const { count, after, before } = summary(rows);
        expect(count).toBeGreaterThanOrEqual(fewest);
        for (const [at, limit] of most.entries()) {
          expect(after[at], `${['along', 'across', 'yaw'][at]} was ${before[at]}`).toBeLessThanOrEqual(limit);
        }
      },
      60_000,
    );

    test('what calls itself sure is nearer than what does not', async () => {
      const cars = (await rowsOf('pandaset-002')).filter(({ className }) => className === 'Car');
      const worst = (isSure: boolean) =>
        quantile(
          cars
            .filter((row) => row.isSure === isSure)
            .map(({ after }) => Math.hypot(after.along, after.across)),
          0.9,
        );
      expect(worst(true)).toBeLessThan(0.4);
      expect(worst(false)).toBeGreaterThan(worst(true));
    }, 60_000);
  },
);
