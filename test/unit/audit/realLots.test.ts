/** Lots of the real samples: what the default spec takes of each, and why it leaves out the rest. */
import { expect, test } from 'vitest';
import { freezeSample } from '../../../shared/audit/freeze.ts';
import { buildLot } from '../../../shared/audit/lot.ts';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import { diskFolder } from '../../support/diskFolder.ts';
import { describeWithSharedData, sharedData } from '../../support/sharedData.ts';
import { defaultSpec, expectOk, labelsHash, seed, sha256 } from './auditDesk.ts';

async function indexOf(folder: string) {
  return expectOk(await openDelivery(diskFolder(sharedData(folder))));
}

describeWithSharedData('SUSTechPOINTS', 'data/sustech-points/example', () => {
  test('every label is of a class the spec knows by its vendor’s name', async () => {
    const index = await indexOf('data/sustech-points/example');
    const lot = expectOk(buildLot(index, defaultSpec));
    expect(lot.byClass).toEqual({ car: 25, bus: 2, motorcycle: 3, pedestrian: 20, cyclist: 10, truck: 3 });
    expect(lot).toMatchObject({ excluded: {}, uninspectable: 0 });
    const sample = expectOk(freezeSample(lot, defaultSpec, { seed, labelsHash, replan: null }, sha256));
    expect(sample.labels.units.every(({ id, frame, label }) => id === `${frame}|${label}`)).toBe(true);
    expect(new Set(sample.labels.units.map(({ id }) => id)).size).toBe(sample.labels.units.length);
  });
});

describeWithSharedData('KITTI', 'data/kitti-object', () => {
  test('regions nobody cares for are boxes outside the lot', async () => {
    const index = await indexOf('data/kitti-object');
    const cuboids = expectOk(buildLot(index, defaultSpec));
    expect(cuboids.byClass).toEqual({ car: 1, cyclist: 1, pedestrian: 1, truck: 1 });
    const boxes = expectOk(buildLot(index, { ...defaultSpec, unit: 'box2d' }));
    expect(boxes.byClass).toEqual(cuboids.byClass);
    expect(boxes.excluded).toEqual({ class: 4 });
    const all = { ...defaultSpec.scope, classes: 'all' as const };
    expect(expectOk(buildLot(index, { ...defaultSpec, scope: all, unit: 'box2d' })).excluded).toEqual({
      class: 4,
    });
  });
});
