/** The one door to the points of a frame: whatever carries them, a `Sweep` ready for the GPU comes out. */
import type { Result } from '../../base/problem.ts';
import { failed, ProblemError } from '../../base/problem.ts';
import type { SweepEncoding, SweepRef } from '../../model/delivery.ts';
import type { CarrierTools, ReadCarrier } from './carrier.ts';
import { readSweep, type SweepReading } from './readSweep.ts';

const plain =
  (encoding: 'pcd' | 'bin4' | 'bin5'): ReadCarrier =>
  async (ref, { open, pool }) =>
    readSweep(await open(ref), encoding, ref.path, pool);

const partOfPcd: ReadCarrier = async (ref, tools) =>
  (await import('../pandaset/pcdPart.ts')).read(ref, tools);

/** Codecs and table readers are large: each is loaded when a delivery first needs it. */
const carriers: Partial<Readonly<Record<SweepEncoding, () => Promise<ReadCarrier>>>> = {
  pcd: async () => (ref, tools) => (ref.part?.only ? partOfPcd(ref, tools) : plain('pcd')(ref, tools)),
  bin4: async () => plain('bin4'),
  bin5: async () => plain('bin5'),
  ply: async () => (await import('./ply/ply.ts')).read,
  las: async () => (await import('./las/las.ts')).read,
  mcap: async () => (await import('../mcap/mcapSweep.ts')).read,
  draco: async () => (await import('../physicalAi/dracoSweep.ts')).read,
  'radar-table': async () => (await import('../physicalAi/radarTable.ts')).read,
  'ray-bundle': async () => (await import('../ncore/rayBundle.ts')).read,
  'json-points': async () => (await import('../scale/jsonPoints.ts')).read,
  feather: async () => (await import('../arrow/feather.ts')).read,
  pandas: async () => (await import('../pandaset/pandasSweep.ts')).read,
  'range-image': async () => (await import('../waymo/rangeImageSweep.ts')).read,
};

/**
 * Reads the points `ref` names. Fails with a problem where the file is missing, cannot be read, or holds no points in
 * a layout this version knows; never throws for what a file holds.
 */
export async function readPoints(ref: SweepRef, tools: CarrierTools): Promise<Result<SweepReading>> {
  const carrier = carriers[ref.encoding];
  if (!carrier) {
    const params = { encoding: ref.encoding };
    return failed({ code: 'cloud-encoding-unknown', severity: 'error', path: ref.path, params });
  }
  try {
    const read = await carrier();
    return await read(ref, tools);
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    // A buffer that the machine cannot give is trouble with this file; anything else thrown here is a bug.
    if (!(error instanceof RangeError)) throw error;
    return failed({ code: 'cloud-too-large', severity: 'error', path: ref.path });
  }
}
