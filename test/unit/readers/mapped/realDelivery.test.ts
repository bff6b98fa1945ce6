/** A real delivery in a known format, read by the mapping that its own names suggest: both ways say the same. */
import { expect, it } from 'vitest';
import { lookOverMapping } from '../../../../shared/readers/mapped/lookOver.ts';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { diskFolder } from '../../../support/diskFolder.ts';
import { describeWithSharedData, sharedData } from '../../../support/sharedData.ts';

const example = 'data/sustech-points/example';

describeWithSharedData('SUSTechPOINTS by a proposed mapping', example, () => {
  it('has the labels, clouds, pictures and lenses that its own reader finds', async () => {
    const folder = diskFolder(sharedData(example));
    const { mapping } = await lookOverMapping(folder, null);
    const [known, mapped] = [await openDelivery(folder), await openDelivery(folder, { mapping })];
    if (!known.ok || !mapped.ok) throw new Error('not opened');
    expect(mapped.value.delivery.format).toBe('mapped');
    const [a, b] = [known.value, mapped.value];
    expect([...b.delivery.frameIds]).toEqual([...a.delivery.frameIds]);
    expect(b.labels.classes).toEqual(a.labels.classes);
    expect(b.labels.tracks).toEqual(a.labels.tracks);
    expect(b.labels.cuboids.count).toBe(63);
    expect(b.labels.cuboids.center).toEqual(a.labels.cuboids.center);
    expect(b.labels.cuboids.size).toEqual(a.labels.cuboids.size);
    const files = (index: typeof a) =>
      index.delivery.frames.map(({ sweeps, images }) =>
        [...sweeps, ...images].map(({ path }) => path).sort(),
      );
    expect(files(b)).toEqual(files(a));
    const lens = (index: typeof a) =>
      index.delivery.calibrations.map(({ camera, cameraFromSpace, model }) => {
        const { name } = index.delivery.cameras[camera]!;
        return { name, cameraFromSpace, model };
      });
    const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
    expect(lens(b).sort(byName)).toMatchObject(lens(a).sort(byName));
  });
});
