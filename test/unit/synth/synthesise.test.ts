import { describe, expect, it } from 'vitest';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import { samplePreset, synthOptions } from '../../../shared/synth/options.ts';
import { synthesise } from '../../../shared/synth/synthesise.ts';
import {
  cuboidsOf,
  folderOf,
  hashOf,
  json,
  makeAfresh,
  makeDelivery,
  type OpenLabelFile,
  smallOptions,
} from './makeDelivery.ts';
import { readPcd } from './readPcd.ts';

describe('a made delivery', () => {
  it('is the same bytes for the same seed, and other bytes for another', async () => {
    const spoiled = { defects: 0.2 };
    expect(hashOf(await makeAfresh(spoiled))).toBe(hashOf(await makeAfresh(spoiled)));
    expect(hashOf(await makeDelivery({ seed: 12 }))).not.toBe(hashOf(await makeDelivery()));
  });

  it('reads without a single problem and with every label in it', async () => {
    const files = await makeDelivery({ scenes: 2 });
    const opened = await openDelivery(folderOf(files));
    if (!opened.ok) throw new Error(opened.problem.code);
    const { delivery, labels, problems } = opened.value;
    expect(problems).toEqual([]);
    expect(delivery.format).toBe('openlabel');
    expect(delivery.scenes.map(({ id }) => id)).toEqual(['scene-0001', 'scene-0002']);
    expect(delivery.frames).toHaveLength(6);
    for (const frame of delivery.frames) {
      expect(frame.sweeps).toHaveLength(1);
      expect(frame.images).toHaveLength(2);
      expect(frame.worldFromSpace).toBeDefined();
    }
    let cuboids = 0;
    for (const scene of ['scene-0001', 'scene-0002']) {
      const file = json<OpenLabelFile>(files, `labels/${scene}.json`);
      for (const frame of Object.keys(file.openlabel.frames)) cuboids += cuboidsOf(file, Number(frame)).size;
    }
    expect(labels.cuboids.count).toBe(cuboids);
    expect(labels.boxes2d.count).toBeGreaterThan(10);
    for (const row of labels.boxes2d.cuboid) expect(row).toBeGreaterThanOrEqual(0);
  });

  it('states the points inside each cuboid as a recount finds them', async () => {
    const files = await makeDelivery({ defects: 0.2 });
    const file = json<OpenLabelFile>(files, 'labels/scene-0001.json');
    for (const frame of [0, 1, 2]) {
      const { rows, count } = readPcd(files.get(`sensors/scene-0001/LIDAR_TOP/00000${frame}.pcd`)!);
      for (const { center, size, yaw, points } of cuboidsOf(file, frame).values()) {
        let inside = 0;
        for (let i = 0; i < count; i++) {
          const [dx, dy] = [rows[6 * i]! - center[0], rows[6 * i + 1]! - center[1]];
          const along = Math.abs(Math.cos(yaw) * dx + Math.sin(yaw) * dy);
          const across = Math.abs(-Math.sin(yaw) * dx + Math.cos(yaw) * dy);
          const up = Math.abs(rows[6 * i + 2]! - center[2]);
          if (along <= size[0] / 2 && across <= size[1] / 2 && up <= size[2] / 2) inside++;
        }
        expect(points).toBe(inside);
      }
    }
  });

  it('tells its progress and stops when asked', async () => {
    const options = synthOptions({ ...smallOptions, cameras: 0 });
    if (!options.ok) throw new Error(options.problem.code);
    const steps: number[] = [];
    await synthesise(options.value, { write: async () => {} }, { progress: ({ done }) => steps.push(done) });
    expect(steps).toEqual([1, 2, 3]);
    const stop = new AbortController();
    let written = 0;
    const run = synthesise(
      options.value,
      {
        write: async () => {
          written++;
          stop.abort(new Error('enough'));
        },
      },
      { signal: stop.signal },
    );
    await expect(run).rejects.toThrow('enough');
    expect(written).toBe(1);
  });

  it('passes on what the sink cannot do', async () => {
    const options = synthOptions({ ...smallOptions, cameras: 0 });
    if (!options.ok) throw new Error(options.problem.code);
    const sink = { write: () => Promise.reject(new Error('disk full')) };
    await expect(synthesise(options.value, sink)).rejects.toThrow('disk full');
  });
});

describe('options', () => {
  it('are those of the sample where nothing is said', () => {
    expect(synthOptions()).toEqual({ ok: true, value: samplePreset });
  });

  it.each([
    [{ scenes: 0 }, 'scenes'],
    [{ frames: 1.5 }, 'frames'],
    [{ seed: -1 }, 'seed'],
    [{ cameras: 6 }, 'cameras'],
    [{ defects: 1.2 }, 'defects'],
    [{ defects: { ghost: -1 } }, 'ghost'],
    [{ imageWidth: Number.NaN }, 'imageWidth'],
    [{ lidar: { rings: 2, columns: 600, rangeMeters: 100 } }, 'rings'],
  ])('%j is refused with a reason', (given, name) => {
    const result = synthOptions(given);
    expect(result.ok).toBe(false);
    if (!result.ok)
      expect(result.problem).toMatchObject({ code: 'synth-option-out-of-range', params: { name } });
  });
});
