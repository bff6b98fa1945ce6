/** Entry of the worker that owns point clouds: fetches, decodes and indexes them, and answers questions about points. */
import { createBufferPool } from '../../shared/readers/clouds/bufferPool.ts';
import { serveOperations, type WorkerPort } from './serveOperations.ts';
import { createSweepHandlers } from './sweepShelf.ts';

const pool = createBufferPool();
// Two at once: the next sweep's bytes arrive while this one is decoded.
serveOperations(self as unknown as WorkerPort, createSweepHandlers(pool), 2, (buffer) =>
  pool.release(buffer),
);
