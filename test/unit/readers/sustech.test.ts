import { describe, expect, it } from 'vitest';
import { rotationFromQuaternion } from '../../../shared/geometry/rotation.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { pcdFile } from '../../support/pcdFixture.ts';

const cloud = pcdFile({
  fields: ['x', 'y', 'z'].map((name) => ({ name, type: 'F', size: 4 })),
  points: [[1, 2, 3]],
  encoding: 'binary',
});

const calibration = JSON.stringify({
  extrinsic: [0, -1, 0, 0.1, 0, 0, -1, 0.2, 1, 0, 0, 0.3, 0, 0, 0, 1],
  intrinsic: [1200, 0, 1000, 0, 1210, 750, 0, 0, 1],
});

function object(id: string | undefined, extra: object = {}) {
  const psr = {
    position: { x: 4, y: -49, z: 1.8 },
    scale: { x: 4.5, y: 1.7, z: 1.6 },
    rotation: { x: 0.1, y: -0.2, z: 1.4 },
  };
  return { psr, obj_type: 'Car', obj_id: id, ...extra };
}

async function open(files: Record<string, string | Uint8Array>) {
  const opened = await openDelivery(memoryFolder(files));
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}

const scene = {
  'lidar/1.pcd': cloud,
  'camera/front/1.jpg': 'jpg',
  'calib/camera/front.json': calibration,
  'label/1.json': JSON.stringify([object('8')]),
};

describe('SUSTechPOINTS folders', () => {
  it('reads position, size and all three angles', async () => {
    const { labels, delivery, problems } = await open(scene);
    expect(problems).toEqual([]);
    const cuboid = cuboidAt(labels, 0);
    expect(cuboid).toMatchObject({
      id: '8',
      track: '8',
      className: 'Car',
      center: [4, -49, 1.8],
      size: [4.5, 1.7, 1.6],
    });
    // Rz(1.4) Ry(-0.2) Rx(0.1), written out.
    const [sx, cx, sy, cy, sz, cz] = [0.1, -0.2, 1.4].flatMap((angle) => [
      Math.sin(angle),
      Math.cos(angle),
    ]) as [number, number, number, number, number, number];
    const expected = [
      ...[cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx],
      ...[sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx],
      ...[-sy, cy * sx, cy * cx],
    ];
    const rotation = rotationFromQuaternion(cuboid.rotation);
    for (const [i, value] of expected.entries()) expect(rotation[i]).toBeCloseTo(value, 12);
    expect(delivery.calibrations).toEqual([
      {
        camera: 0,
        model: { kind: 'pinhole', fx: 1200, fy: 1210, cx: 1000, cy: 750, skew: 0, distortion: [] },
        cameraFromSpace: JSON.parse(calibration).extrinsic,
      },
    ]);
  });

  it('machine boxes are derived, other keys are attributes, a missing id is no track', async () => {
    const label = JSON.stringify({
      objs: [object('1', { annotator: 'i', obj_attr: 'parked' }), object(undefined)],
    });
    const { labels } = await open({ ...scene, 'label/1.json': label });
    expect(cuboidAt(labels, 0)).toMatchObject({
      isDerived: true,
      attributes: { annotator: 'i', obj_attr: 'parked' },
    });
    expect(cuboidAt(labels, 1)).toMatchObject({ id: 'row-1', track: null, isDerived: false });
  });

  it('broken labels, objects and calibrations cost only themselves', async () => {
    const index = await open({
      ...scene,
      'lidar/2.pcd': cloud,
      'lidar/3.pcd': cloud,
      'camera/front/2.jpg': 'jpg',
      'camera/left/1.jpg': 'jpg',
      'calib/camera/left.json': JSON.stringify({ extrinsic: [1, 2, 3], intrinsic: [] }),
      'label/2.json': `[{"psr": {}}, 5, {"obj_type": "Car"}]`,
      'label/3.json': '[{"psr": ',
    });
    expect(index.problems.map(({ code, path }) => [code, path])).toEqual([
      ['image-missing', ''],
      ['image-missing', ''],
      ['image-missing', ''],
      ['sustech-calibration-bad', 'calib/camera/left.json'],
      ['sustech-object-bad', 'label/2.json'],
      ['sustech-object-bad', 'label/2.json'],
      ['json-broken', 'label/3.json'],
      ['cuboid-unusable', 'label/2.json'],
    ]);
    expect(index.labels.cuboids.count).toBe(2);
  });

  it('per-frame calibration wins over the rig, and tracks of several scenes keep apart', async () => {
    const moved = JSON.stringify({
      ...JSON.parse(calibration),
      intrinsic: [999, 0, 1000, 0, 999, 750, 0, 0, 1],
    });
    const files = Object.fromEntries(
      ['早 上/a', 'b#1'].flatMap((name) =>
        Object.entries(scene).map(([path, file]) => [`${name}/${path}`, file]),
      ),
    );
    const { delivery, labels } = await open({ ...files, 'b#1/calib/camera/front/1.json': moved });
    expect(delivery.scenes.map(({ id }) => id)).toEqual(['b#1', '早 上/a']);
    expect(labels.tracks).toEqual(['b#1/8', '早 上/a/8']);
    const focal = delivery.frames.map(({ images }) => {
      const { model } = delivery.calibrations[images[0]!.calibration]!;
      return model.kind === 'pinhole' && model.fx;
    });
    expect(focal).toEqual([999, 1200]);
  });

  it('a folder without labels is still known by its clouds and calibration', async () => {
    const { 'label/1.json': _, ...unlabelled } = scene;
    const { delivery, labels } = await open(unlabelled);
    expect([delivery.format, delivery.frames.length, labels.cuboids.count]).toEqual(['sustech-points', 1, 0]);
  });
});
