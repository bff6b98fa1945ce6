/** Entry of the worker that compares the lidar's depth edges with a picture's edges. */
import { createBufferPool } from '../../shared/readers/clouds/bufferPool.ts';
import { alignPicture } from './alignPicture.ts';
import type { AlignOperations } from './protocol.ts';
import { serveOperations, type WorkerPort } from './serveOperations.ts';

const pool = createBufferPool();
serveOperations<AlignOperations>(
  self as unknown as WorkerPort,
  { align: (input, context) => alignPicture(input, pool, context) },
  1,
  (buffer) => pool.release(buffer),
);
