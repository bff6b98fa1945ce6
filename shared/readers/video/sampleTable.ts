/** The sample table of a track: sizes, chunks, key samples and times, checked against each other and the file. */
import type { Mp4Box } from './mp4Boxes.ts';
import { BoxDamage, findBox } from './mp4Boxes.ts';

export interface SampleTable {
  readonly frames: number;
  readonly offsets: Float64Array;
  readonly sizes: Uint32Array;
  readonly isKey: Uint8Array;
  readonly sampleOfFrame: Uint32Array;
  readonly frameOfSample: Uint32Array;
}

/** A table box after its version and flags: a count, then that many entries of equal length. */
interface Entries {
  readonly count: number;
  readonly start: number;
}

function entriesOf(view: DataView, box: Mp4Box, entryBytes: number): Entries {
  if (box.end - box.start < 8) throw new BoxDamage(box.type);
  const count = view.getUint32(box.start + 4);
  if (count * entryBytes > box.end - box.start - 8) throw new BoxDamage(`${box.type} of ${count} entries`);
  return { count, start: box.start + 8 };
}

function needed(view: DataView, table: Mp4Box, ...types: string[]): Mp4Box {
  for (const type of types) {
    const box = findBox(view, table.start, table.end, type);
    if (box) return box;
  }
  throw new BoxDamage(`no ${types.join(' or ')}`);
}

/** A file of `bytes` has no more samples than that: even one size for all of them is no reason to believe a count. */
function sizesOf(view: DataView, table: Mp4Box, fileBytes: number): Uint32Array {
  const box = needed(view, table, 'stsz', 'stz2');
  if (box.end - box.start < 12) throw new BoxDamage(box.type);
  const count = view.getUint32(box.start + 8);
  const single = box.type === 'stsz' ? view.getUint32(box.start + 4) : 0;
  const bits = box.type === 'stsz' ? 32 : view.getUint8(box.start + 7);
  if (![4, 8, 16, 32].includes(bits)) throw new BoxDamage('stz2');
  const isListed = single === 0;
  if (isListed ? (count * bits) / 8 > box.end - box.start - 12 : count * single > fileBytes) {
    throw new BoxDamage(`${box.type} of ${count} samples`);
  }
  const sizes = new Uint32Array(count);
  const at = box.start + 12;
  for (let i = 0; i < count; i++) {
    if (!isListed) sizes[i] = single;
    else if (bits === 32) sizes[i] = view.getUint32(at + 4 * i);
    else if (bits === 16) sizes[i] = view.getUint16(at + 2 * i);
    else if (bits === 8) sizes[i] = view.getUint8(at + i);
    else sizes[i] = (view.getUint8(at + (i >> 1)) >> (i % 2 === 0 ? 4 : 0)) & 15;
  }
  return sizes;
}

function offsetsOf(view: DataView, table: Mp4Box, sizes: Uint32Array): Float64Array {
  const chunkBox = needed(view, table, 'stco', 'co64');
  const isLong = chunkBox.type === 'co64';
  const chunks = entriesOf(view, chunkBox, isLong ? 8 : 4);
  const runs = entriesOf(view, needed(view, table, 'stsc'), 12);
  const offsets = new Float64Array(sizes.length);
  let sample = 0;
  for (let run = 0; run < runs.count && sample < sizes.length; run++) {
    const at = runs.start + 12 * run;
    const first = view.getUint32(at) - 1;
    const perChunk = view.getUint32(at + 4);
    const end = run + 1 < runs.count ? view.getUint32(at + 12) - 1 : chunks.count;
    if (first < 0 || end > chunks.count || perChunk === 0) throw new BoxDamage('stsc');
    for (let chunk = first; chunk < end && sample < sizes.length; chunk++) {
      const place = chunks.start + chunk * (isLong ? 8 : 4);
      let offset = isLong ? Number(view.getBigUint64(place)) : view.getUint32(place);
      for (let i = 0; i < perChunk && sample < sizes.length; i++, sample++) {
        offsets[sample] = offset;
        offset += sizes[sample]!;
      }
    }
  }
  if (sample < sizes.length) throw new BoxDamage('stsc');
  return offsets;
}

/** No list of key samples says that all are. */
function keysOf(view: DataView, table: Mp4Box, count: number): Uint8Array {
  const box = findBox(view, table.start, table.end, 'stss');
  const isKey = new Uint8Array(count);
  if (!box) return isKey.fill(1);
  const keys = entriesOf(view, box, 4);
  for (let i = 0; i < keys.count; i++) {
    const sample = view.getUint32(keys.start + 4 * i) - 1;
    if (sample >= 0 && sample < count) isKey[sample] = 1;
  }
  return isKey;
}

/** When each sample is shown, in the track's own ticks: when it is decoded, and an offset where frames are reordered. */
function shownAt(view: DataView, table: Mp4Box, count: number): Float64Array {
  const times = new Float64Array(count);
  const steps = entriesOf(view, needed(view, table, 'stts'), 8);
  let time = 0;
  for (let run = 0, sample = 0; run < steps.count; run++) {
    const end = Math.min(count, sample + view.getUint32(steps.start + 8 * run));
    const step = view.getUint32(steps.start + 8 * run + 4);
    for (; sample < end; sample++, time += step) times[sample] = time;
  }
  const box = findBox(view, table.start, table.end, 'ctts');
  if (!box) return times;
  const offsets = entriesOf(view, box, 8);
  for (let run = 0, sample = 0; run < offsets.count; run++) {
    const end = Math.min(count, sample + view.getUint32(offsets.start + 8 * run));
    // Signed also in version 0: writers use it so.
    const offset = view.getInt32(offsets.start + 8 * run + 4);
    for (; sample < end; sample++) times[sample]! += offset;
  }
  return times;
}

/**
 * Throws BoxDamage where the boxes are short, missing, or contradict each other. Samples may lie behind the end of a
 * file that was cut off: those before it are whole.
 */
export function readSampleTable(view: DataView, table: Mp4Box, fileBytes: number): SampleTable {
  const sizes = sizesOf(view, table, fileBytes);
  const frames = sizes.length;
  if (frames === 0) {
    const none = new Uint32Array(0);
    const isKey = new Uint8Array(0);
    return { frames, sizes, offsets: new Float64Array(0), isKey, sampleOfFrame: none, frameOfSample: none };
  }
  const offsets = offsetsOf(view, table, sizes);
  const isKey = keysOf(view, table, frames);
  const times = shownAt(view, table, frames);
  const sampleOfFrame = Uint32Array.from(times.keys()).sort((a, b) => times[a]! - times[b]! || a - b);
  const frameOfSample = new Uint32Array(frames);
  for (const [frame, sample] of sampleOfFrame.entries()) frameOfSample[sample] = frame;
  return { frames, sizes, offsets, isKey, sampleOfFrame, frameOfSample };
}
