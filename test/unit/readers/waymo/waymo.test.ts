import { describe, expect, it } from 'vitest';
import { effectiveCalibration } from '../../../../shared/geometry/imageCalibration.ts';
import { invert, matrixFromPose, multiply, transformPoint } from '../../../../shared/geometry/matrix.ts';
import { countPointsInside } from '../../../../shared/geometry/pointsInCuboid.ts';
import { quaternionFromEuler, yawFromQuaternion } from '../../../../shared/geometry/rotation.ts';
import type { FileRef } from '../../../../shared/model/delivery.ts';
import { box2dAt, cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../../../shared/readers/clouds/readPoints.ts';
import { readImage } from '../../../../shared/readers/images/readImage.ts';
import { detectFormat, openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { rowInclinations, writeReturns } from '../../../../shared/readers/waymo/rangeImage.ts';
import type { MemoryFolder } from '../../../support/memoryFolder.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import {
  boxAt,
  cameraMount,
  carAt,
  hitsOf,
  lens,
  matrixOf,
  picture,
  SEGMENT,
  shutterTimes,
  TIMES,
  waymoSegment,
} from '../../../support/waymoFixture.ts';

const segment = waymoSegment();
const files = (...tags: readonly string[]) =>
  Object.fromEntries(
    Object.entries(segment).filter(([path]) => tags.some((tag) => path.includes(`/${tag}/`))),
  );
const without = (...tags: readonly string[]) =>
  Object.fromEntries(
    Object.entries(segment).filter(([path]) => !tags.some((tag) => path.includes(`/${tag}/`))),
  );

async function opened(content: Record<string, Uint8Array>, sensors?: MemoryFolder): Promise<DeliveryIndex> {
  const answer = await openDelivery(memoryFolder(content), sensors ? { sensors } : {});
  if (!answer.ok) throw new Error(answer.problem.code);
  expect(answer.value.delivery.format).toBe('waymo');
  return answer.value;
}

const toolsOf = (content: Record<string, Uint8Array>) => {
  const folder = memoryFolder(content);
  return {
    folder,
    open: ({ path }: FileRef) => folder.open(path),
    pool: freshBuffers,
    codecs: { wasm: () => Promise.reject(new Error('no codec is needed')) },
  };
};

describe('a Waymo segment', () => {
  it('joins frames, sensors and labels by their keys', async () => {
    const { delivery, labels, others, problems } = await opened(segment);
    expect(problems).toEqual([]);
    expect(delivery.scenes).toEqual([{ id: SEGMENT, frameStart: 0, frameCount: 2 }]);
    expect([...delivery.frameIds]).toEqual(TIMES.map(String));
    expect(delivery.frames.at(1)).toMatchObject({ space: 'vehicle', timestampNanos: `${TIMES[1]}000` });
    expect(delivery.lidars.map(({ name }) => name)).toEqual(['TOP', 'FRONT']);
    expect(delivery.cameras.map(({ name }) => name)).toEqual(['FRONT']);
    expect(labels.cuboids.count).toBe(2);
    expect(
      others.map(({ name, kind, labels: { cuboids, boxes2d } }) => [
        name,
        kind,
        cuboids.count,
        boxes2d.count,
      ]),
    ).toEqual([['camera-synced', 'vendor', 2, 1]]);
  });

  it('keeps boxes in the vehicle’s axes with stated counts and what else their rows say', async () => {
    const { labels, others, delivery } = await opened(segment);
    const cuboid = cuboidAt(labels, 1);
    expect(cuboid).toMatchObject({
      id: 'obj-a',
      track: 'obj-a',
      className: 'vehicle',
      size: [4.6, 1.9, 1.7],
      attributes: { num_top_lidar_points_in_box: 6 },
    });
    expect(labels.cuboids.statedPoints[1]).toBe(hitsOf(1));
    expect(yawFromQuaternion(cuboid.rotation)).toBeCloseTo(boxAt(1).yaw, 12);
    // The box is parked: in the world it stays where it is, to what single precision of the pose allows.
    const inWorld = [0, 1].map((row) =>
      transformPoint(delivery.frames.at(row)!.worldFromSpace!, cuboidAt(labels, row).center),
    );
    for (let axis = 0; axis < 3; axis++) expect(inWorld[0]![axis]).toBeCloseTo(inWorld[1]![axis]!, 4);
    expect(cuboidAt(others[0]!.labels, 0)).toMatchObject({
      className: 'vehicle',
      center: boxAt(0, 0.04).center,
    });
  });

  it('links a camera’s box to the lidar’s object, and counts pixels from the centre of the first', async () => {
    const { labels, others } = await opened(segment);
    expect(box2dAt(labels, 0)).toMatchObject({
      frame: 1,
      track: 'cam-7',
      className: 'vehicle',
      ltrb: [349.5, 269.5, 449.5, 329.5],
      cuboid: 1,
    });
    expect(box2dAt(others[0]!.labels, 0)).toMatchObject({ track: 'obj-a', cuboid: 1 });
  });

  it('finds as many points inside each box as the file states, with both lasers and the motion of the sweep', async () => {
    const { delivery, labels } = await opened(segment);
    for (const [row, frame] of delivery.frames.entries()) {
      let inside = 0;
      for (const ref of frame.sweeps) {
        const reading = await readPoints(ref, toolsOf(segment));
        if (!reading.ok) throw new Error(JSON.stringify(reading.problem));
        expect(reading.value.problems).toEqual([]);
        inside += countPointsInside(reading.value.sweep, cuboidAt(labels, row));
      }
      expect(hitsOf(row)).toBeGreaterThan(100);
      expect(inside).toBe(hitsOf(row));
    }
  });

  it('reads of a laser’s file little more than the row that is asked for', async () => {
    const { delivery } = await opened(segment);
    const tools = toolsOf(segment);
    const ref = delivery.frames.at(1)!.sweeps[1]!;
    expect((await readPoints(ref, tools)).ok).toBe(true);
    expect(tools.folder.bytesRead.get(ref.path)).toBeLessThan(segment[ref.path]!.length / 2);
  });

  it('hands out the picture of a cell', async () => {
    const { delivery } = await opened(segment);
    const [first, second] = [0, 1].map((frame) => delivery.frames.at(frame)!.images[0]!);
    const { open } = toolsOf(segment);
    const answers = await Promise.all([first!, second!].map((image) => readImage(image, open)));
    expect(answers.map((answer) => answer.ok && [...answer.value])).toEqual([[...picture], [...picture, 9]]);
    const missing = await readImage({ ...first!, part: { row: 7, name: first!.part!.name! } }, open);
    expect(missing.ok ? null : missing.problem.code).toBe('image-cell-empty');
  });

  it('places a camera by the car’s pose as its first column is exposed, and tells its way to the last', async () => {
    const { delivery } = await opened(segment);
    const image = delivery.frames.at(1)!.images[0]!;
    const calibration = effectiveCalibration(delivery, image)!;
    expect(calibration).toMatchObject({ width: 1920, height: 1280, shutter: 'right-left' });
    expect(calibration.model).toMatchObject({ fx: lens.f_u, fy: lens.f_v, cx: 960, cy: 640 });
    const at = (seconds: number) => multiply(matrixOf(carAt(seconds)), matrixOf(cameraMount));
    const begun = 0.1 + shutterTimes.trigger + shutterTimes.shutter / 2;
    const ended = 0.1 + shutterTimes.done - shutterTimes.shutter / 2;
    const world: Vec3 = [112, 203, 4];
    for (const [moment, cameraFromSpace] of [
      [begun, image.cameraFromSpace!],
      [ended, multiply(image.endFromStart!, image.cameraFromSpace!)],
    ] as const) {
      // The published projection: x of the picture grows with -y/x of the camera's axes, y with -z/x.
      const [x, y, z] = transformPoint(invert(at(moment))!, world);
      const inSpace = transformPoint(invert(delivery.frames.at(1)!.worldFromSpace!)!, world);
      const [u, v, depth] = transformPoint(cameraFromSpace, inSpace);
      expect(depth).toBeCloseTo(x, 3);
      expect(u / depth).toBeCloseTo(-y / x, 4);
      expect(v / depth).toBeCloseTo(-z / x, 4);
    }
    expect(image.exposure).toEqual({ startNanos: '1550000000122000000', endNanos: '1550000000158000000' });
  });

  it('opens labels alone, and with sensor data in another folder', async () => {
    const labels = files('lidar_box', 'camera_box');
    const alone = await opened(labels);
    expect(alone.delivery.frames.length).toBe(2);
    expect(alone.delivery.frames.at(0)!.sweeps).toEqual([]);
    const sensors = memoryFolder(without('lidar_box', 'camera_box'));
    const { delivery, labels: table } = await opened(labels, sensors);
    expect(delivery.frames.at(0)!.sweeps[0]).toMatchObject({ root: 'sensors', encoding: 'range-image' });
    expect(delivery.frames.at(0)!.images).toHaveLength(1);
    expect(table.cuboids.count).toBe(2);
    expect(delivery.labelFiles).toEqual(Object.keys(labels).sort());
  });

  it('reads the same from pages of the second kind and one page a column', async () => {
    for (const options of [{ isSecondKind: true }, {}]) {
      const made = waymoSegment(options);
      const { delivery, problems } = await opened(made);
      expect(problems).toEqual([]);
      const reading = await readPoints(delivery.frames.at(1)!.sweeps[0]!, toolsOf(made));
      expect(reading.ok && reading.value.sweep.count).toBeGreaterThan(50);
    }
  });
});

describe('a damaged Waymo segment', () => {
  const path = (tag: string) => `training/${tag}/${SEGMENT}.parquet`;

  it('opens what is left beside a broken table, with one problem', async () => {
    for (const tag of ['vehicle_pose', 'camera_calibration', 'camera_box', 'lidar_camera_synced_box']) {
      const { delivery, labels, problems } = await opened({ ...segment, [path(tag)]: new Uint8Array(400) });
      expect(problems, tag).toMatchObject([{ code: 'parquet-broken', path: path(tag) }]);
      expect(delivery.frames.length).toBe(2);
      expect(labels.cuboids.count).toBe(2);
    }
  });

  it('says which laser has no calibration, and shows a sweep without poses of its pixels as if taken at once', async () => {
    const uncalibrated = without('lidar_calibration');
    const { delivery } = await opened(uncalibrated);
    const reading = await readPoints(delivery.frames.at(0)!.sweeps[0]!, toolsOf(uncalibrated));
    expect(reading.ok ? null : reading.problem).toMatchObject({
      code: 'waymo-laser-uncalibrated',
      params: { laser: '1' },
    });
    const still = without('lidar_pose');
    const { delivery: stillDelivery } = await opened(still);
    expect((await readPoints(stillDelivery.frames.at(0)!.sweeps[0]!, toolsOf(still))).ok).toBe(true);
  });

  it('is not claimed where the columns are not Waymo’s', async () => {
    expect(await detectFormat(memoryFolder({ 'lidar/a.parquet': new Uint8Array(99) }))).toBeNull();
    expect((await detectFormat(memoryFolder(files('lidar_box'))))?.id).toBe('waymo');
  });

  it('never throws, whatever bytes of a table are changed', async () => {
    const random = seededRandom(99);
    const small = without('lidar', 'lidar_pose');
    const paths = Object.keys(small);
    for (let turn = 0; turn < 300; turn++) {
      const target = paths[turn % paths.length]!;
      const bytes = small[target]!.slice();
      for (let change = random.integer(1, 4); change > 0; change--) {
        bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
      }
      const answer = await openDelivery(memoryFolder({ ...small, [target]: bytes }));
      expect(answer.ok).toBe(true);
    }
  });
});

describe('range images', () => {
  it('turns files’ angles around, and spreads them where only the ends are given', () => {
    expect(rowInclinations([1, 2, 3], Number.NaN, Number.NaN, 3)).toEqual([3, 2, 1]);
    expect(rowInclinations(null, -1, 1, 4)).toEqual([0.75, 0.25, -0.25, -0.75]);
    expect(rowInclinations([1], Number.NaN, 1, 2)).toBeNull();
  });

  it('carries each pixel by its own pose, whatever its roll and pitch', () => {
    const random = seededRandom(5);
    for (let turn = 0; turn < 200; turn++) {
      const [roll, pitch, yaw] = [random.between(-1, 1), random.between(-1, 1), random.between(-3, 3)];
      const position: Vec3 = [random.between(-50, 50), random.between(-50, 50), random.between(-5, 5)];
      const worldFromPixel = matrixFromPose(quaternionFromEuler(roll, pitch, yaw), position);
      const worldFromVehicle = matrixFromPose(quaternionFromEuler(0.1, -0.2, 1), [3, 4, 5]);
      const place = {
        extrinsic: matrixFromPose([0, 0, 0, 1], [1, 2, 3]),
        inclinations: [0.3],
        motion: { poses: [roll, pitch, yaw, ...position], vehicleFromWorld: invert(worldFromVehicle)! },
      };
      const out = new Float32Array(5);
      const image = { height: 1, width: 1, values: [10, 0.5, 0, 0] };
      expect(writeReturns(image, place, out, 0)).toBe(5);
      // One column: its middle is straight ahead.
      const inPixelsVehicle: Vec3 = [1 + 10 * Math.cos(0.3), 2, 3 + 10 * Math.sin(0.3)];
      const expected = transformPoint(
        invert(worldFromVehicle)!,
        transformPoint(worldFromPixel, inPixelsVehicle),
      );
      for (let axis = 0; axis < 3; axis++) expect(out[axis]).toBeCloseTo(expected[axis]!, 4);
      expect([out[3], out[4]]).toEqual([0.5, 0]);
    }
  });
});
