/** A made delivery in memory, small enough for a unit test; the same request is made once. */
import { createHash } from 'node:crypto';
import type { FileEntry, Folder } from '../../../shared/base/bytes.ts';
import type { WrittenCuboid } from '../../../shared/synth/labels/label.ts';
import { type SynthOptions, synthOptions } from '../../../shared/synth/options.ts';
import { synthesise } from '../../../shared/synth/synthesise.ts';

export type Files = ReadonlyMap<string, Uint8Array>;

export const smallOptions: Partial<SynthOptions> = {
  scenes: 1,
  frames: 3,
  seed: 11,
  defects: 0,
  cameras: 2,
  imageWidth: 240,
  imageHeight: 150,
  lidar: { rings: 32, columns: 600, rangeMeters: 100 },
};

const made = new Map<string, Promise<Files>>();

export function makeDelivery(given: Partial<SynthOptions> = {}): Promise<Files> {
  const key = JSON.stringify(given);
  const known = made.get(key) ?? makeAfresh(given);
  made.set(key, known);
  return known;
}

export async function makeAfresh(given: Partial<SynthOptions> = {}): Promise<Files> {
  const options = synthOptions({ ...smallOptions, ...given });
  if (!options.ok) throw new Error(JSON.stringify(options.problem));
  const files = new Map<string, Uint8Array>();
  await synthesise(options.value, {
    write: async (path, bytes) => {
      if (files.has(path)) throw new Error(`written twice: ${path}`);
      files.set(path, bytes.slice());
    },
  });
  return files;
}

export function hashOf(files: Files, prefix = ''): string {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].filter((name) => name.startsWith(prefix)).sort())
    hash.update(path).update(files.get(path)!);
  return hash.digest('hex');
}

export function folderOf(files: Files): Folder {
  const entries: FileEntry[] = [...files]
    .map(([path, bytes]) => ({ path, size: bytes.length, modifiedMs: 0 }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    entries,
    open: async (path) => {
      const bytes = files.get(path)!;
      return { length: bytes.length, slice: async (start, end) => bytes.slice(start, end) };
    },
  };
}

export function json<Value>(files: Files, path: string): Value {
  return JSON.parse(new TextDecoder().decode(files.get(path)!)) as Value;
}

interface OpenLabelObject {
  object_data: {
    cuboid: { val: number[]; attributes: { num: { name: string; val: number }[] } }[];
    bbox?: { coordinate_system: string; val: number[] }[];
  };
}

export interface OpenLabelFile {
  openlabel: {
    objects: Record<string, { type: string; frame_intervals: { frame_start: number; frame_end: number }[] }>;
    frames: Record<string, { objects: Record<string, OpenLabelObject> }>;
  };
}

/** Cuboids of one frame by object id, in the shape the truth file uses. */
export function cuboidsOf(
  file: OpenLabelFile,
  frame: number,
): Map<string, WrittenCuboid & { points: number }> {
  const cuboids = new Map<string, WrittenCuboid & { points: number }>();
  for (const [id, object] of Object.entries(file.openlabel.frames[String(frame)]!.objects)) {
    const { val, attributes } = object.object_data.cuboid[0]!;
    const [x, y, z, qx, qy, qz, qw, l, w, h] = val as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    cuboids.set(id, {
      center: [x, y, z],
      rotation: [qx, qy, qz, qw],
      size: [l, w, h],
      yaw: 2 * Math.atan2(qz, qw),
      points: attributes.num.find(({ name }) => name === 'interior_points')!.val,
    });
  }
  return cuboids;
}
