import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/base/problem.ts';
import type { AttributeValue, DeliveryIndex } from '../../../shared/model/labels.ts';
import { DeliveryBuilder } from '../../../shared/readers/deliveryBuilder.ts';
import { INDEX_VERSION, readIndexFile, writeIndexFile } from '../../../shared/readers/indexFile.ts';
import { seededRandom } from '../../support/seededRandom.ts';

function example(): DeliveryIndex {
  const builder = new DeliveryBuilder();
  const camera = builder.camera('front');
  const calibration = builder.calibration({
    camera,
    model: { kind: 'fisheye', fx: 300, fy: 301, cx: 640, cy: 360, distortion: [0.1, 0, 0, 0] },
    cameraFromSpace: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    width: 1280,
    height: 720,
  });
  for (const scene of ['白天', 'b']) {
    builder.startScene(scene);
    for (let i = 0; i < 3; i++) {
      const frame = builder.addFrame({
        key: String(i),
        timestampNanos: `160829405500000000${i}`,
        space: 'lidar',
        sweeps: [{ root: 'sensors', path: `${scene}/${i}.pcd`, lidar: 'top', encoding: 'pcd' }],
        images: [{ root: 'delivery', path: `${scene}/${i}.png`, camera, calibration, timestampNanos: null }],
        worldFromSpace: [1, 0, 0, i, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
      });
      const row = { frame, className: 'car', track: `${scene}/7`, path: 'l.json' };
      for (const id of ['号码', 'b', '\uFEFFc', '']) {
        const attributes = { state: 'parked', nested: [1, [true, null]] };
        const size = [4, 2, id === '' ? 0 : 1] as const;
        const cuboid = builder.labels.addCuboid({
          ...row,
          id,
          attributes,
          center: [i, 0.1, Number.NaN],
          size,
          rotation: [0, 0, 0, 1],
        });
        builder.labels.addBox2d({ ...row, id, attributes: {}, camera, ltrb: [0, 1, 2, 3], cuboid });
      }
    }
  }
  builder.labelFile('l.json');
  return builder.build('openlabel');
}

/** The same with every lazy list walked to its end. */
function plain({ delivery, labels, ...rest }: DeliveryIndex) {
  return {
    ...rest,
    delivery: { ...delivery, frames: [...delivery.frames], frameIds: [...delivery.frameIds] },
    labels: {
      ...labels,
      cuboids: { ...labels.cuboids, id: [...labels.cuboids.id] },
      boxes2d: { ...labels.boxes2d, id: [...labels.boxes2d.id] },
    },
  };
}

/** A damaged scene is told when its frames are asked for. */
function walk(bytes: Uint8Array): void {
  const read = readIndexFile(bytes);
  if (!read.ok) return;
  try {
    for (const frame of read.value.delivery.frames) expect(frame.index).toBeGreaterThanOrEqual(0);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    expect(error.problem.code).toBe('index-damaged');
  }
}

describe('the index file', () => {
  it('gives back what was written', () => {
    const index = example();
    expect(index.problems.length).toBe(24);
    const read = readIndexFile(writeIndexFile(index));
    expect(read.ok && plain(read.value)).toEqual(plain(index));
  });

  it('an empty delivery too', () => {
    const index = new DeliveryBuilder().build('pcd');
    const read = readIndexFile(writeIndexFile(index));
    expect(read.ok && plain(read.value)).toEqual(plain(index));
  });

  it('columns are views over the bytes, at an aligned place; one copy where the bytes are not aligned', () => {
    const bytes = writeIndexFile(example());
    const read = readIndexFile(bytes);
    if (!read.ok) throw new Error(read.problem.code);
    expect(read.value.labels.cuboids.center.buffer).toBe(bytes.buffer);
    expect(read.value.labels.cuboids.track.buffer).toBe(bytes.buffer);
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(bytes, 3);
    const copied = readIndexFile(moved.subarray(3));
    expect(copied.ok && plain(copied.value)).toEqual(plain(read.value));
  });

  it('a newer version, a foreign file and damage are told apart', () => {
    const bytes = writeIndexFile(example());
    const newer = bytes.slice();
    new DataView(newer.buffer).setUint32(8, INDEX_VERSION + 1, true);
    expect(readIndexFile(newer)).toMatchObject({
      problem: { code: 'index-newer', params: { version: INDEX_VERSION + 1, known: INDEX_VERSION } },
    });
    expect(readIndexFile(new Uint8Array(5))).toMatchObject({ problem: { code: 'index-foreign' } });
    expect(readIndexFile(new TextEncoder().encode('{"not": "an index file"}'))).toMatchObject({
      problem: { code: 'index-foreign' },
    });
    for (const length of [16, 100, bytes.length - 8]) {
      expect(readIndexFile(bytes.subarray(0, length), 'cache/a.idx')).toMatchObject({
        problem: { code: 'index-damaged', path: 'cache/a.idx' },
      });
    }
  });

  it('numbers that point outside their tables are refused', () => {
    const index = example();
    const wrong = (change: (labels: DeliveryIndex['labels']) => void) => {
      const copy = structuredClone(index);
      change(copy.labels);
      return readIndexFile(writeIndexFile(copy));
    };
    const changes: ((labels: DeliveryIndex['labels']) => void)[] = [
      ({ cuboids }) => cuboids.frame.fill(99),
      ({ cuboids }) => cuboids.classIndex.fill(1),
      ({ cuboids }) => cuboids.track.fill(2),
      ({ cuboids }) => cuboids.attributes.fill(77),
      ({ cuboids }) => cuboids.frameStart.fill(0),
      ({ boxes2d }) => boxes2d.camera.fill(1),
      ({ boxes2d }) => boxes2d.cuboid.fill(-2),
      ({ boxes2d }) => boxes2d.cuboid.fill(24),
    ];
    for (const change of changes) expect(wrong(change)).toMatchObject({ problem: { code: 'index-damaged' } });
  });

  it('seeded damage never throws', () => {
    const original = writeIndexFile(example());
    for (let seed = 1; seed <= 1500; seed++) {
      const random = seededRandom(seed);
      const cut = random.integer(0, 3) === 0 ? random.integer(0, original.length) : original.length;
      const bytes = original.slice(0, cut);
      for (let flips = random.integer(0, 6); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
      }
      expect(() => walk(bytes), `seed ${seed}`).not.toThrow();
    }
  });

  it('nesting beyond the stack is damage', () => {
    const index = example();
    let deep: AttributeValue = null;
    for (let level = 0; level < 3000; level++) deep = [deep];
    const sets = [...index.labels.attributeSets, { deep }];
    const bytes = writeIndexFile({ ...index, labels: { ...index.labels, attributeSets: sets } });
    expect(readIndexFile(bytes)).toMatchObject({ problem: { code: 'index-damaged' } });
  });
});
