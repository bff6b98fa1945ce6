import { describe, expect, it } from 'vitest';
import { transformPoint } from '../../../../shared/geometry/matrix.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { nanosOfSeconds } from '../../../../shared/readers/semanticKitti/scanTables.ts';
import { semanticClasses } from '../../../../shared/readers/semanticKitti/semanticClasses.ts';
import { bareCloud, odometryCalibration } from '../../../support/kittiFixture.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';

type Files = Record<string, string | Uint8Array>;

const label = new Uint8Array(Uint32Array.of(10 | (3 << 16)).buffer);
const scan = bareCloud([1, 2, 3, 0.5]);
const at = 'sequences/08/';
/** The camera moves one metre ahead (its own z) a scan. */
const ahead = (metres: number) => `1 0 0 0 0 1 0 0 0 0 1 ${metres}`;

const sequence: Files = {
  [`${at}velodyne/000000.bin`]: scan,
  [`${at}velodyne/000001.bin`]: scan,
  [`${at}labels/000000.label`]: label,
  [`${at}labels/000001.label`]: label,
  [`${at}image_2/000000.png`]: 'png',
  [`${at}image_2/000001.png`]: 'png',
  [`${at}calib.txt`]: odometryCalibration,
  [`${at}poses.txt`]: `${ahead(0)}\n${ahead(1)}\n`,
  [`${at}times.txt`]: '0.000000e+00\n1.036224e-01\n',
};

async function open(files: Files, sensors?: Files): Promise<DeliveryIndex> {
  const opened = await openDelivery(memoryFolder(files), sensors ? { sensors: memoryFolder(sensors) } : {});
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}

const codes = ({ problems }: DeliveryIndex) => problems.map(({ code }) => code);

describe('SemanticKITTI sequences', () => {
  it('scans with the classes of their points, times and places', async () => {
    const index = await open(sequence);
    expect(codes(index)).toEqual([]);
    expect(index.delivery).toMatchObject({ format: 'semantic-kitti', scenes: [{ id: '08', frameCount: 2 }] });
    const frame = index.delivery.frames.at(1)!;
    expect(frame.timestampNanos).toBe('103622400');
    expect(frame.sweeps[0]).toMatchObject({
      encoding: 'bin4',
      classes: { root: 'delivery', path: `${at}labels/000001.label`, encoding: 'uint32' },
    });
    expect(index.delivery.labelFiles).toEqual([`${at}labels/000000.label`, `${at}labels/000001.label`]);
    expect(index.delivery.pointClasses).toEqual(semanticClasses);
    expect(index.delivery.calibrations).toHaveLength(1);
    // The pose is the camera's: carried over to the lidar, ahead is x and the world is its first place.
    const place = transformPoint(frame.worldFromSpace!, [0, 0, 0]);
    for (const [axis, value] of [1, 0, 0].entries()) expect(place[axis]).toBeCloseTo(value, 12);
  });

  it('colours are red first, though the format lists them blue first', () => {
    expect(semanticClasses.find(({ name }) => name === 'car')!.colour).toEqual([100, 150, 245]);
    expect(semanticClasses.find(({ value }) => value === 40)).toEqual({
      value: 40,
      name: 'road',
      colour: [255, 0, 255],
    });
    expect(new Set(semanticClasses.map(({ value }) => value)).size).toBe(34);
  });

  it('seconds become nanoseconds by their digits', () => {
    expect(nanosOfSeconds('1.036224e-01')).toBe('103622400');
    expect(nanosOfSeconds('4.8231E+02')).toBe('482310000000');
    expect(nanosOfSeconds('0.1')).toBe('100000000');
    expect(nanosOfSeconds('12')).toBe('12000000000');
    expect(nanosOfSeconds('1.23456789012e+00')).toBe('1234567890');
    expect(nanosOfSeconds('NaN')).toBeNull();
    expect(nanosOfSeconds('1e999')).toBeNull();
  });

  it('labels alone take their scans from the sensor root; scans without labels are told', async () => {
    const labels = Object.fromEntries(Object.entries(sequence).filter(([path]) => path.includes('/labels/')));
    const rest = Object.fromEntries(Object.entries(sequence).filter(([path]) => !path.includes('/labels/')));
    const lent = await open(labels, rest);
    expect(codes(lent)).toEqual([]);
    expect(lent.delivery.frames.at(0)!.sweeps[0]).toMatchObject({
      root: 'sensors',
      classes: { root: 'delivery' },
    });
    const { [`${at}labels/000001.label`]: _, ...partial } = sequence;
    const index = await open(partial);
    expect(index.problems).toMatchObject([{ code: 'labels-missing', params: { frame: '000001' } }]);
    expect(index.delivery.frames.at(1)!.sweeps[0]!.classes).toBeUndefined();
  });

  it('without calibration or with damaged poses the scans still open', async () => {
    const { [`${at}calib.txt`]: _, ...bare } = sequence;
    const index = await open(bare);
    expect(index.delivery.frames.at(0)!.worldFromSpace).toBeUndefined();
    expect(index.delivery.frames.at(0)!.images[0]!.calibration).toBe(-1);
    const damaged = await open({
      ...sequence,
      [`${at}poses.txt`]: `nonsense\n${ahead(1).replace('1', '2')}\n`,
    });
    expect(damaged.problems).toMatchObject([{ code: 'semantic-poses-bad', params: { rows: 2 } }]);
    const back = await open({ ...sequence, [`${at}times.txt`]: '1.0\n0.5\n' });
    expect(codes(back)).toEqual(['kitti-times-falling']);
    const broken = await open({ ...sequence, [`${at}calib.txt`]: 'Tr: 1 2 3\n' });
    expect(codes(broken)).toEqual(['kitti-calibration-bad']);
  });
});
