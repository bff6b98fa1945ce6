/** Files of the delivery as byte sources over the one origin: whole in a pooled buffer, or in ranges as they are asked for. */
import type { ByteSource } from '../../shared/base/bytes.ts';
import { ProblemError } from '../../shared/base/problem.ts';
import { fileAddress } from '../../shared/host/addresses.ts';
import type { FileRef } from '../../shared/model/delivery.ts';
import type { BufferPool } from '../../shared/readers/clouds/bufferPool.ts';
import { fetchIntoPool, fetchRange } from './fetchBytes.ts';

/** Where a delivery's bytes are. */
export interface DeliveryAddress {
  /** Absolute; the host's addresses are relative to it. */
  readonly base: string;
  readonly delivery: string;
}

export function addressOf({ base, delivery }: DeliveryAddress, file: FileRef): string {
  return new URL(fileAddress(delivery, file), base).href;
}

export interface WholeFiles {
  open(file: FileRef): Promise<ByteSource>;
  /** Gives back every buffer but the one that is still used. */
  releaseExcept(used: ArrayBuffer | null): void;
}

/** Each file is fetched once, whole. Slices are views: nothing is copied. */
export function wholeFiles(address: DeliveryAddress, pool: BufferPool, signal: AbortSignal): WholeFiles {
  const buffers: ArrayBuffer[] = [];
  return {
    async open(file) {
      const fetched = await fetchIntoPool(addressOf(address, file), file.path, pool, signal);
      if (!fetched.ok) throw new ProblemError(fetched.problem);
      const bytes = fetched.value;
      buffers.push(bytes.buffer);
      return { length: bytes.length, slice: async (start, end) => bytes.subarray(start, end) };
    },
    releaseExcept(used) {
      for (const buffer of buffers) if (buffer !== used) pool.release(buffer);
    },
  };
}

/** For carriers of many sweeps or pictures: only what is asked for travels. */
export async function rangedFile(
  address: DeliveryAddress,
  file: FileRef,
  signal: AbortSignal,
): Promise<ByteSource> {
  const url = addressOf(address, file);
  const first = await fetchRange(url, file.path, 0, 1, signal);
  if (!first.ok) throw new ProblemError(first.problem);
  const { total } = first.value;
  return {
    length: total,
    async slice(start, end) {
      const from = Math.max(0, start);
      const to = Math.min(end, total);
      if (to <= from) return new Uint8Array();
      const fetched = await fetchRange(url, file.path, from, to, signal);
      if (!fetched.ok) throw new ProblemError(fetched.problem);
      return fetched.value.bytes;
    },
  };
}
