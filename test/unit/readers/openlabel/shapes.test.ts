import { describe, expect, it } from 'vitest';
import { pointsOfChain } from '../../../../shared/readers/openlabel/chainCode.ts';
import { codesOf, openFiles } from '../../../support/openReading.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Digit of a turn by eighths, clockwise on the screen. */
const DIGITS: Record<string, number> = { '0': 0, '1': 1, '-1': 2, '2': 3, '-2': 4 };

/** A writer by angles instead of a table of directions. */
function encode(points: readonly (readonly [number, number])[], few: number, many: number) {
  let heading = Math.PI / 2;
  const digits: number[] = [];
  const digitOf = (angle: number) => {
    const eighths = Math.round((angle - heading) / (Math.PI / 4));
    return DIGITS[((eighths + 12) % 8) - 4];
  };
  for (let i = 1; i < points.length; i++) {
    const [u, v] = [points[i]![0] - points[i - 1]![0], points[i]![1] - points[i - 1]![1]];
    const angle = Math.atan2(Math.sign(v), Math.sign(u));
    for (let left = Math.max(Math.abs(u), Math.abs(v)); left > 0; left--) {
      if (digitOf(angle) === undefined) {
        digits.push(5);
        heading += Math.PI;
      }
      digits.push(digitOf(angle)!);
      heading = angle;
    }
  }
  // Runs of straight steps become the signs for many and few.
  const short: number[] = [];
  for (let i = 0; i < digits.length; ) {
    let run = 0;
    while (digits[i + run] === 0) run++;
    for (const [sign, steps] of [
      [7, many],
      [6, few],
    ] as const) {
      for (; steps > 0 && run >= steps; run -= steps, i += steps) short.push(sign);
    }
    for (; run > 0; run--, i++) short.push(0);
    if (i < digits.length) short.push(digits[i++]!);
  }
  const padding = short.length % 2;
  if (padding) short.push(0);
  let code = '';
  for (let i = 0; i < short.length; i += 2) code += ALPHABET[8 * short[i]! + short[i + 1]!];
  return { padding, code };
}

/** Corners without those that lie on a straight line, as a decoder may merge them. */
function corners(points: readonly (readonly [number, number])[]): number[] {
  const kept = points.filter((point, i) => {
    if (i === 0 || i === points.length - 1) return true;
    const [a, b] = [points[i - 1]!, points[i + 1]!];
    return (
      Math.sign(point[0] - a[0]) !== Math.sign(b[0] - point[0]) ||
      Math.sign(point[1] - a[1]) !== Math.sign(b[1] - point[1])
    );
  });
  return kept.flat();
}

describe('chain codes', () => {
  it('the published example is the polygon that stands beside it in the file', () => {
    const absolute = [5, 5, 10, 5, 11, 6, 11, 8, 9, 10, 5, 10, 3, 8, 3, 6, 4, 5];
    expect(pointsOfChain(['5', '5', '1', 'mBIIOIII'])).toEqual(absolute);
  });

  it('random walks come back as they were written, in both codes', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 400; round++) {
      let [u, v] = [random.integer(-50, 50), random.integer(0, 900)];
      const points: [number, number][] = [[u, v]];
      for (let corner = random.integer(1, 12); corner > 0; corner--) {
        const [du, dv] = [random.integer(-1, 1), random.integer(-1, 1)];
        const steps = random.integer(1, 60);
        if (du === 0 && dv === 0) continue;
        u += du * steps;
        v += dv * steps;
        points.push([u, v]);
      }
      if (points.length < 2) continue;
      const fixed = encode(points, 3, 15);
      expect(pointsOfChain([...points[0]!, fixed.padding, fixed.code])).toEqual(corners(points));
      const [few, many] = [random.integer(2, 9), random.integer(10, 40)];
      const own = encode(points, few, many);
      const values = [...points[0]!, few, many, own.padding, own.code].map(String);
      expect(pointsOfChain(values)).toEqual(corners(points));
    }
  });

  it('what is no chain is refused', () => {
    for (const values of [
      [],
      ['5', '5', 'x', 'AA'],
      [5, 5, 1, '!'],
      [5, 5, 9, 'A'],
      [5, 5, 1, 2, 'A'],
      [5, 5, 1],
    ]) {
      expect(pointsOfChain(values), JSON.stringify(values)).toBeNull();
    }
    expect(pointsOfChain([0, 0, 1e300, 1e308, 0, '////'])).toBeNull();
  });
});

/** A lidar 2 m above the vehicle. */
const systems = {
  vehicle: { type: 'local_cs', parent: '', children: ['LIDAR', 'CAM'] },
  LIDAR: {
    type: 'sensor_cs',
    parent: 'vehicle',
    pose_wrt_parent: { quaternion: [0, 0, 0, 1], translation: [0, 0, 2] },
  },
  CAM: {
    type: 'sensor_cs',
    parent: 'vehicle',
    pose_wrt_parent: { quaternion: [0, 0, 0, 1], translation: [0, 0, 1] },
  },
};

function openWith(object_data: object, extra: object = {}, object: object = {}) {
  const openlabel = {
    metadata: { schema_version: '1.0.0' },
    coordinate_systems: systems,
    streams: { LIDAR: { type: 'lidar', uri: 'a.pcd' }, CAM: { type: 'camera', uri: 'a.png' } },
    objects: { '1': { name: 'one', type: 'thing', ...object } },
    frames: { '0': { objects: { '1': { object_data } } } },
    ...extra,
  };
  return openFiles({ 'a.json': JSON.stringify({ openlabel }), 'a.pcd': '', 'a.png': '' });
}

describe('every geometry is kept', () => {
  it('points, lines and meshes, placed in the space of the frame', async () => {
    const { labels } = await openWith({
      point2d: [{ name: 'p2', val: [3, 4], coordinate_system: 'CAM' }],
      point3d: [{ name: 'p3', val: [1, 2, 3], coordinate_system: 'vehicle' }],
      poly2d: [
        {
          name: 'a',
          val: [1, 1, 5, 1, 5, 6],
          mode: 'MODE_POLY2D_ABSOLUTE',
          closed: true,
          coordinate_system: 'CAM',
        },
        { name: 'r', val: [10, 20, 1, 2, -3, 4], mode: 'MODE_POLY2D_RELATIVE', closed: false },
        { name: 's', val: ['5', '5', '1', 'mBIIOIII'], mode: 'MODE_POLY2D_SRF6DCC', closed: true },
      ],
      poly3d: [{ name: 'l', val: [0, 0, 0, 1, 0, 0], closed: false, coordinate_system: 'LIDAR' }],
      mesh: [
        {
          name: 'm',
          coordinate_system: 'vehicle',
          point3d: { '0': { val: [0, 0, 0] }, '10': { val: [2, 2, 2] }, '2': { val: [1, 1, 1] } },
          line_reference: { '0': { reference_type: 'point3d', val: [0, 2] } },
        },
      ],
    });
    const shapes = new Map(labels.shapes.map((shape) => [shape.id, shape]));
    expect(shapes.get('1/CAM/p2')).toMatchObject({
      kind: 'points',
      camera: 0,
      coordinates: [3, 4],
      track: '1',
    });
    expect(shapes.get('1/vehicle/p3')).toMatchObject({
      kind: 'points',
      camera: null,
      coordinates: [1, 2, 1],
    });
    expect(shapes.get('1/CAM/a')).toMatchObject({ kind: 'polygon', coordinates: [1, 1, 5, 1, 5, 6] });
    expect(shapes.get('1/r')).toMatchObject({ kind: 'polyline', coordinates: [10, 20, 11, 22, 7, 24] });
    expect(shapes.get('1/s')!.coordinates.length).toBe(18);
    expect(shapes.get('1/LIDAR/l')).toMatchObject({ kind: 'polyline', coordinates: [0, 0, 0, 1, 0, 0] });
    const mesh = shapes.get('1/vehicle/m')!;
    expect(mesh.coordinates).toEqual([0, 0, -2, 1, 1, -1, 2, 2, 0]);
    expect(JSON.parse(String(mesh.attributes.line_reference))['0'].val).toEqual([0, 2]);
  });

  it('payloads keep their facts, turned boxes their angle, and unknown keys stay attributes', async () => {
    const { labels } = await openWith({
      image: [{ name: 'i', val: 'AAAA', mime_type: 'image/png', encoding: 'base64' }],
      binary: [{ name: 'b', val: 'AAAAAA', encoding: 'base64', data_type: '' }],
      mat: [{ name: 'm', val: [1, 2, 3, 4], width: 2, height: 2, channels: 1, data_type: 'float' }],
      area_reference: [{ name: 'r', val: [0, 1], reference_type: 'line_reference' }],
      rbbox: [{ name: 'rb', val: [100, 50, 20, 10, Math.PI / 2], coordinate_system: 'CAM', confidence: 0.5 }],
      vec: [{ name: 'speeds', val: [1, 2] }],
    });
    const shapes = new Map(labels.shapes.map((shape) => [shape.id, shape]));
    expect(shapes.get('1/i')).toMatchObject({
      kind: 'mask',
      attributes: { mime_type: 'image/png', characters: 4 },
    });
    expect(shapes.get('1/b')).toMatchObject({ kind: 'other', attributes: { characters: 6 } });
    expect(shapes.get('1/m')).toMatchObject({
      attributes: { width: 2, height: 2, values: 4, val: [1, 2, 3, 4] },
    });
    expect(shapes.get('1/r')).toMatchObject({
      attributes: { reference_type: 'line_reference', val: [0, 1] },
    });
    expect(labels.boxes2d.count).toBe(1);
    for (const [i, value] of [95, 40, 105, 60].entries())
      expect(labels.boxes2d.ltrb[i]).toBeCloseTo(value, 9);
    expect(labels.attributeSets).toContainEqual({
      confidence: 0.5,
      rbbox: [100, 50, 20, 10, Math.PI / 2],
      speeds: [1, 2],
    });
  });

  it('a value that is none of its kind is told and the rest is read', async () => {
    const index = await openWith({
      point3d: [{ name: 'bad', val: [1, 2] }],
      poly2d: [
        { name: 'odd', val: [1, 2, 3], mode: 'MODE_POLY2D_ABSOLUTE' },
        { name: 'unknown', val: [1, 2], mode: 'MODE_NEW' },
        { name: 'good', val: [1, 2], mode: 'MODE_POLY2D_ABSOLUTE' },
      ],
      mesh: [{ name: 'empty', point3d: {} }],
    });
    expect(index.labels.shapes.map(({ id }) => id)).toEqual(['1/good']);
    expect(codesOf(index).filter((code) => code === 'openlabel-value-bad').length).toBe(4);
  });

  it('an object that is only spoken of is kept without points; one that is merely named is counted', async () => {
    const spoken = await openWith({ text: [{ name: 'colour', val: 'red' }] });
    expect(spoken.labels.shapes).toMatchObject([
      { kind: 'other', className: 'thing', coordinates: [], attributes: { colour: 'red' } },
    ]);
    const named = await openWith({});
    expect(named.labels.shapes).toEqual([]);
    expect(named.problems.find(({ code }) => code === 'openlabel-objects-bare')?.params).toEqual({
      objects: 1,
      classes: 'thing',
    });
  });
});
