/** Entry of the worker that fetches a delivery's index, checks all of it, and looks over what arrived. */
import { done } from '../../shared/base/problem.ts';
import { arrivalOf } from '../../shared/readers/arrival.ts';
import { freshBuffers } from '../../shared/readers/clouds/bufferPool.ts';
import { readIndexFile } from '../../shared/readers/indexFile.ts';
import { fetchIntoPool } from './fetchBytes.ts';
import type { IndexOperations } from './protocol.ts';
import { serveOperations, type WorkerPort } from './serveOperations.ts';

serveOperations<IndexOperations>(
  self as unknown as WorkerPort,
  {
    async read({ address }, context) {
      const fetched = await fetchIntoPool(address, 'index', freshBuffers, context.signal);
      if (!fetched.ok) return fetched;
      const bytes = fetched.value;
      const index = readIndexFile(bytes);
      if (!index.ok) return index;
      const arrival = arrivalOf(index.value);
      context.transfer(bytes.buffer);
      return done({ bytes, arrival });
    },
  },
  1,
  () => undefined,
);
