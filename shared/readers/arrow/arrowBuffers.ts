/** The bytes of a batch's buffers: fetched together where they lie close, then unpacked. */
import type { ByteSource } from '../../base/bytes.ts';
import type { ArrowBatch } from './arrowMessages.ts';
import { demand } from './damage.ts';
import { unpackLz4Frame } from './lz4Frame.ts';
import { unpackZstdFrame } from './zstdFrame.ts';

/** Buffers of one batch by their number in it. */
export type BatchBuffers = (index: number) => Uint8Array;

/** A gap of this many bytes costs less to read than a second request. */
const WORTH_BRIDGING = 256 * 1024;

/** LZ4 makes at most 255 bytes of one; constant columns under Zstandard make more, up to a bound nobody needs. */
const MOST_EXPANSION = 1000;
const ALWAYS_ALLOWED = 16 * 1024 * 1024;

const LENGTH_BYTES = 8;

/**
 * Bytes that one reading may still unpack. Buffers may lie over one another, so that a small file with many columns
 * could otherwise fill any memory.
 */
export interface Budget {
  left: number;
}

const LEAST_BUDGET = 256 * 1024 * 1024;
const BUDGET_PER_BYTE = 64;

export function budgetFor(source: ByteSource): Budget {
  return { left: Math.max(LEAST_BUDGET, BUDGET_PER_BYTE * source.length) };
}

function spent(bytes: Uint8Array, part: string, budget: Budget): Uint8Array {
  budget.left -= bytes.length;
  demand(budget.left >= 0, part);
  return bytes;
}

function unpacked(bytes: Uint8Array, { compression, part }: ArrowBatch, budget: Budget): Uint8Array {
  if (compression === 'none' || bytes.length === 0) return spent(bytes, part, budget);
  demand(bytes.length >= LENGTH_BYTES, part);
  const stated = new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true);
  const packed = bytes.subarray(LENGTH_BYTES);
  // -1: packing would not have made it shorter.
  if (stated === -1n) return spent(packed, part, budget);
  const most = Math.max(ALWAYS_ALLOWED, MOST_EXPANSION * packed.length);
  demand(stated >= 0n && stated <= BigInt(most), part);
  const length = Number(stated);
  if (length === 0) return new Uint8Array(0);
  budget.left -= length;
  demand(budget.left >= 0, part);
  return compression === 'lz4' ? unpackLz4Frame(packed, length, part) : unpackZstdFrame(packed, length, part);
}

/** Reads and unpacks the buffers `wanted` of a batch. Throws `Damage`, and what the source throws. */
export async function fetchBuffers(
  source: ByteSource,
  batch: ArrowBatch,
  wanted: readonly number[],
  budget: Budget,
): Promise<BatchBuffers> {
  const places = wanted.map((index) => {
    const place = batch.buffers[index];
    demand(place !== undefined, batch.part);
    return { index, start: place.offset, end: place.offset + place.length };
  });
  const inOrder = places.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  const runs: { start: number; end: number; members: typeof inOrder }[] = [];
  for (const place of inOrder) {
    const run = runs.at(-1);
    if (run && place.start - run.end <= WORTH_BRIDGING) {
      run.end = Math.max(run.end, place.end);
      run.members.push(place);
    } else runs.push({ start: place.start, end: place.end, members: [place] });
  }
  const buffers = new Map<number, Uint8Array>();
  for (const { start, end, members } of runs) {
    const bytes = await source.slice(start, end);
    demand(bytes.length === end - start, batch.part);
    for (const member of members) {
      const packed = bytes.subarray(member.start - start, member.end - start);
      buffers.set(member.index, unpacked(packed, batch, budget));
    }
  }
  return (index) => buffers.get(index) ?? new Uint8Array(0);
}
