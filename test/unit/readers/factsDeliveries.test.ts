import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cuboidCorners } from '../../../shared/geometry/cuboid.ts';
import { projectPoint } from '../../../shared/geometry/lens.ts';
import { transformPoint } from '../../../shared/geometry/matrix.ts';
import { countPointsInside } from '../../../shared/geometry/pointsInCuboid.ts';
import { box2dAt, cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { Sweep } from '../../../shared/model/sweep.ts';
import { decodeSweep, type PlainEncoding } from '../../../shared/readers/clouds/readSweep.ts';
import { readIndexFile, writeIndexFile } from '../../../shared/readers/indexFile.ts';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import { diskFolder } from '../../support/diskFolder.ts';
import { describeWithSharedData, sharedData } from '../../support/sharedData.ts';

interface CuboidFacts {
  readonly cls: string;
  readonly id?: string;
  readonly points: number;
}

interface Facts {
  readonly files: readonly { path: string; labels?: number; by_class?: Record<string, number> }[];
  readonly cuboid_points: Readonly<Record<string, readonly CuboidFacts[]>>;
}

function facts(): Facts {
  return JSON.parse(readFileSync(sharedData('data/FACTS.json'), 'utf8'));
}

async function open(folder: string): Promise<DeliveryIndex> {
  const opened = await openDelivery(diskFolder(sharedData(`data/${folder}`)));
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  // Through the index file on purpose: what the product uses is what was written.
  const index = readIndexFile(writeIndexFile(opened.value));
  if (!index.ok) throw new Error(JSON.stringify(index.problem));
  return index.value;
}

function sweepOf(folder: string, index: DeliveryIndex, frame: number): Sweep {
  const { path, encoding } = index.delivery.frames.at(frame)!.sweeps[0]!;
  const result = decodeSweep(
    readFileSync(sharedData(`data/${folder}/${path}`)),
    encoding as PlainEncoding,
    path,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value.sweep;
}

/** Class, id and points inside of every cuboid of a frame, in file order. */
function measured(folder: string, index: DeliveryIndex, frame: number): CuboidFacts[] {
  const sweep = sweepOf(folder, index, frame);
  const { frameStart } = index.labels.cuboids;
  const rows = Array.from(
    { length: frameStart[frame + 1]! - frameStart[frame]! },
    (_, i) => frameStart[frame]! + i,
  );
  return rows.map((row) => {
    const cuboid = cuboidAt(index.labels, row);
    return { cls: cuboid.className, id: cuboid.id, points: countPointsInside(sweep, cuboid) };
  });
}

function classCounts(index: DeliveryIndex, frame: number): Record<string, number> {
  const counts: Record<string, number> = {};
  const { cuboids, boxes2d } = index.labels;
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (let row = cuboids.frameStart[frame]!; row < cuboids.frameStart[frame + 1]!; row++) {
    count(cuboidAt(index.labels, row).className);
  }
  for (let row = boxes2d.frameStart[frame]!; row < boxes2d.frameStart[frame + 1]!; row++) {
    const box = box2dAt(index.labels, row);
    if (box.cuboid < 0) count(box.className);
  }
  return counts;
}

function intersectionOverUnion(a: readonly number[], b: readonly number[]): number {
  const width = Math.min(a[2]!, b[2]!) - Math.max(a[0]!, b[0]!);
  const height = Math.min(a[3]!, b[3]!) - Math.max(a[1]!, b[1]!);
  const shared = Math.max(0, width) * Math.max(0, height);
  const area = (box: readonly number[]) => (box[2]! - box[0]!) * (box[3]! - box[1]!);
  return shared / (area(a) + area(b) - shared);
}

describeWithSharedData('KITTI object', 'data/kitti-object', () => {
  it('classes and points inside every cuboid are the published ones', async () => {
    const { files, cuboid_points } = facts();
    const index = await open('kitti-object');
    expect(index.problems).toEqual([]);
    expect(index.delivery.frames.map(({ id, space }) => [id, space])).toEqual([
      ['000000', 'lidar'],
      ['000001', 'lidar'],
    ]);
    for (const [frame, { id }] of index.delivery.frames.entries()) {
      const labels = files.find(({ path }) => path === `kitti-object/training/label_2/${id}.txt`)!;
      expect(classCounts(index, frame)).toEqual(labels.by_class);
      const inside = measured('kitti-object', index, frame).map(({ cls, points }) => ({ cls, points }));
      expect(inside).toEqual(cuboid_points[`kitti-object/training ${id}`]);
    }
  });

  it('cuboids projected through the whole chain fit the boxes drawn in the image', async () => {
    const index = await open('kitti-object');
    const { delivery, labels } = index;
    const overlaps: number[] = [];
    for (let row = 0; row < labels.boxes2d.count; row++) {
      const box = box2dAt(labels, row);
      if (box.cuboid < 0) continue;
      const image = delivery.frames.at(box.frame)!.images.find(({ camera }) => camera === box.camera)!;
      const { model, cameraFromSpace } = delivery.calibrations[image.calibration]!;
      const corners = cuboidCorners(cuboidAt(labels, box.cuboid));
      const pixels = Array.from({ length: 8 }, (_, i) =>
        projectPoint(
          model,
          transformPoint(cameraFromSpace, [corners[3 * i]!, corners[3 * i + 1]!, corners[3 * i + 2]!]),
        ),
      );
      const [u, v] = [pixels.map((pixel) => pixel![0]), pixels.map((pixel) => pixel![1])];
      const hull = [Math.min(...u), Math.min(...v), Math.max(...u), Math.max(...v)];
      overlaps.push(intersectionOverUnion(hull, box.ltrb));
    }
    expect(overlaps.length).toBe(4);
    // Boxes were drawn by hand around what is seen, cuboids around the object: they never agree to the pixel.
    expect(Math.min(...overlaps)).toBeGreaterThan(0.78);
    expect(overlaps.reduce((sum, overlap) => sum + overlap, 0) / 4).toBeGreaterThan(0.88);
  });
});

describeWithSharedData('SUSTechPOINTS', 'data/sustech-points', () => {
  it('classes and points inside every cuboid are the published ones', async () => {
    const { files, cuboid_points } = facts();
    const index = await open('sustech-points');
    expect(index.problems.map(({ code, params }) => [code, params?.frame])).toEqual(
      new Array(3).fill(['image-missing', '000950']),
    );
    expect(index.delivery.cameras.map(({ name }) => name)).toEqual(['front', 'left', 'right']);
    for (const [frame, { id, images }] of index.delivery.frames.entries()) {
      const labels = files.find(({ path }) => path === `sustech-points/example/label/${id}.json`)!;
      expect(classCounts(index, frame)).toEqual(labels.by_class);
      expect(measured('sustech-points', index, frame)).toEqual(cuboid_points[`sustech ${id}`]);
      expect(images.length).toBe(id === '000950' ? 0 : 3);
      expect(images.every(({ calibration }) => calibration >= 0)).toBe(true);
    }
  });

  it('labels alone find clouds, images and calibration in the sensor root', async () => {
    const whole = diskFolder(sharedData('data/sustech-points/example'));
    const part = (keep: (path: string) => boolean) => ({
      ...whole,
      entries: whole.entries.filter(({ path }) => keep(path)),
    });
    const labels = part((path) => path.startsWith('label/') && !path.includes('000970'));
    const sensors = part((path) => !path.startsWith('label/'));
    const alone = await openDelivery(labels);
    expect(alone.ok && alone.value.problems.map(({ code }) => code)).toEqual(['sensor-data-absent']);
    const opened = await openDelivery(labels, { sensors });
    if (!opened.ok) throw new Error(opened.problem.code);
    const { delivery, problems } = opened.value;
    expect(delivery.frames.map(({ sweeps }) => sweeps[0])).toMatchObject([
      { root: 'sensors', path: 'lidar/000950.pcd' },
      { root: 'sensors', path: 'lidar/000965.pcd' },
    ]);
    expect(delivery.frames.at(1)!.images.map(({ root, calibration }) => [root, calibration >= 0])).toEqual(
      new Array(3).fill(['sensors', true]),
    );
    expect(problems.filter(({ code }) => code === 'sweep-without-frame').map(({ path }) => path)).toEqual([
      'lidar/000970.pcd',
    ]);
  });
});

describeWithSharedData('OpenLABEL samples', 'data/openlabel', () => {
  /** Counts straight from the JSON, with none of the reader's code. */
  function rawCounts(path: string) {
    const root = JSON.parse(readFileSync(sharedData(`data/openlabel/${path}`), 'utf8')).openlabel;
    type Data = { cuboid?: { val: number[] | null }[]; bbox?: unknown[] };
    let [cuboids, boxes] = [0, 0];
    const count = (type: string, data: Data | undefined, times: number) => {
      const real = (data?.cuboid ?? []).filter(({ val }) => val !== null && type !== 'DontCare');
      cuboids += real.length * times;
      boxes += (data?.bbox ?? []).length * times;
    };
    const frames: [string, { objects?: Record<string, { object_data?: Data }> }][] = Object.entries(
      root.frames ?? {},
    );
    const objects: Record<string, { type: string; object_data?: Data }> = root.objects ?? {};
    for (const { type, object_data } of Object.values(objects))
      count(type, object_data, Math.max(1, frames.length));
    for (const [, frame] of frames) {
      for (const [uid, { object_data }] of Object.entries(frame.objects ?? {})) {
        count(objects[uid]!.type, object_data, 1);
      }
    }
    const instants = frames.length || (Object.keys(objects).length > 0 ? 1 : 0);
    return { frames: instants, cuboids, boxes };
  }

  it('every file opens on its own with the counts that are in it', async () => {
    const all = diskFolder(sharedData('data/openlabel'));
    const paths = all.entries
      .map(({ path }) => path)
      .filter((path) => /\.json$/.test(path) && !/^schema/.test(path));
    expect(paths.length).toBeGreaterThanOrEqual(34);
    for (const path of paths) {
      const single = { ...all, entries: all.entries.filter((entry) => entry.path === path) };
      const opened = await openDelivery(single);
      if (!opened.ok) throw new Error(`${path}: ${opened.problem.code}`);
      const { delivery, labels, problems } = opened.value;
      const found = {
        frames: delivery.frames.length,
        cuboids: labels.cuboids.count,
        boxes: labels.boxes2d.count,
      };
      expect(found, path).toEqual(rawCounts(path));
      expect(
        problems.filter(({ severity }) => severity === 'error'),
        path,
      ).toEqual([]);
      expect(
        labels.cuboids.flags.every((flags) => flags === 0),
        path,
      ).toBe(true);
      expect(readIndexFile(writeIndexFile(opened.value)).ok, path).toBe(true);
    }
  });

  it('cuboids written in camera axes stand upright on the lidar, and their projections fit the boxes', async () => {
    const path = 'kitti-tracking/openlabel100_kitti_tracking_0002.json';
    const all = diskFolder(sharedData('data/openlabel'));
    const opened = await openDelivery({
      ...all,
      entries: all.entries.filter((entry) => entry.path === path),
    });
    if (!opened.ok) throw new Error(opened.problem.code);
    const { labels, delivery } = opened.value;
    const camera = delivery.cameras.findIndex(({ name }) => name === 'CAM_LEFT');
    const root = JSON.parse(readFileSync(sharedData(`data/openlabel/${path}`), 'utf8')).openlabel;
    const matrix: number[] = root.streams.CAM_LEFT.stream_properties.intrinsics_pinhole.camera_matrix_3x4;
    const pose: number[] = root.coordinate_systems.CAM_LEFT.pose_wrt_parent.matrix4x4;
    let [compared, fitting] = [0, 0];
    for (let row = 0; row < labels.boxes2d.count; row++) {
      const box = box2dAt(labels, row);
      if (box.camera !== camera || box.cuboid < 0) continue;
      const cuboid = cuboidAt(labels, box.cuboid);
      // Cars: height is the smallest side and the cuboid is level within a degree or two.
      if (box.className === 'Car') expect(cuboid.size[2]).toBeLessThan(2.3);
      const [qx, qy] = cuboid.rotation;
      expect(1 - 2 * (qx * qx + qy * qy)).toBeGreaterThan(0.998);
      const corners = cuboidCorners(cuboid);
      const pixels = Array.from({ length: 8 }, (_, i) => {
        // The slow way: transpose of the pose's rotation, then the whole 3x4 matrix.
        const d = [0, 1, 2].map((axis) => corners[3 * i + axis]! - pose[4 * axis + 3]!);
        const p = [0, 1, 2].map(
          (axis) => pose[axis]! * d[0]! + pose[4 + axis]! * d[1]! + pose[8 + axis]! * d[2]!,
        );
        const [u, v, w] = [0, 1, 2].map(
          (r) =>
            matrix[4 * r]! * p[0]! +
            matrix[4 * r + 1]! * p[1]! +
            matrix[4 * r + 2]! * p[2]! +
            matrix[4 * r + 3]!,
        );
        return [u! / w!, v! / w!, w!];
      });
      if (pixels.some(([, , depth]) => depth! < 1)) continue;
      const clampU = (value: number) => Math.min(1241, Math.max(0, value));
      const clampV = (value: number) => Math.min(374, Math.max(0, value));
      const [u, v] = [pixels.map(([value]) => clampU(value!)), pixels.map(([, value]) => clampV(value!))];
      const hull = [Math.min(...u), Math.min(...v), Math.max(...u), Math.max(...v)];
      compared++;
      if (intersectionOverUnion(hull, box.ltrb) > 0.6) fitting++;
    }
    expect(compared).toBeGreaterThan(1000);
    expect(fitting / compared).toBeGreaterThan(0.95);
  });
});

describeWithSharedData('bare clouds', 'data/pcd', () => {
  it('one cloud is a delivery of one frame, a folder of clouds one of many', async () => {
    const all = diskFolder(sharedData('data/pcd'));
    const single = { ...all, entries: all.entries.filter(({ path }) => path.endsWith('bunny.pcd')) };
    const one = await openDelivery(single);
    expect(one.ok && one.value.delivery.frames.map(({ id }) => id)).toEqual(['bunny']);
    const many = await openDelivery(all);
    expect(many.ok && many.value.delivery.frames.length).toBe(14);
    const nuscenes = await openDelivery(diskFolder(sharedData('data/nuscenes-sample')));
    expect(nuscenes.ok && nuscenes.value.delivery.frames.at(0)!.sweeps[0]!.encoding).toBe('bin5');
  });
});
