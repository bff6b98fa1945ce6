/**
 * Buffers that are used again. A fresh ArrayBuffer costs several times the copy that fills it (page faults), and a
 * sweep of every frame needs one of nearly the same size, so decoders take theirs from a pool and the consumer
 * hands them back, also across threads: a buffer that was transferred away is simply not released here.
 */
export interface BufferPool {
  /** A buffer of at least `byteLength` bytes, with unspecified contents. */
  acquire(byteLength: number): ArrayBuffer;
  /** Gives a buffer back. One that was transferred meanwhile (length 0) is ignored. */
  release(buffer: ArrayBuffer): void;
}

/** No reuse: exact buffers, left to the garbage collector. For one-off reads. */
export const freshBuffers: BufferPool = {
  acquire: (byteLength) => new ArrayBuffer(byteLength),
  release: () => undefined,
};

const SMALLEST = 1 << 16;

/** Rounds up in steps of an eighth of the next power of two, so that sweeps of nearly equal size share buffers. */
function capacityFor(byteLength: number): number {
  if (byteLength <= SMALLEST) return SMALLEST;
  const step = 2 ** Math.ceil(Math.log2(byteLength)) / 8;
  return Math.ceil(byteLength / step) * step;
}

/** A pool that keeps at most `keepBytes` of idle buffers; what comes back beyond that is dropped. */
export function createBufferPool(keepBytes = 256 * 1024 * 1024): BufferPool {
  const idle: ArrayBuffer[] = [];
  let idleBytes = 0;
  return {
    acquire(byteLength) {
      let best = -1;
      for (let i = 0; i < idle.length; i++) {
        const size = idle[i]!.byteLength;
        // Up to twice the need: a huge buffer must not be spent on a small sweep.
        const fits = size >= byteLength && size <= Math.max(2 * byteLength, SMALLEST);
        if (fits && (best < 0 || size < idle[best]!.byteLength)) best = i;
      }
      if (best < 0) return new ArrayBuffer(capacityFor(byteLength));
      const [buffer] = idle.splice(best, 1);
      idleBytes -= buffer!.byteLength;
      return buffer!;
    },
    release(buffer) {
      if (buffer.byteLength === 0 || idleBytes + buffer.byteLength > keepBytes || idle.includes(buffer))
        return;
      idle.push(buffer);
      idleBytes += buffer.byteLength;
    },
  };
}
