/** Gets a delivery's index through a worker: fetched and checked there, so that the window only lays views over it. */
import { ProblemError } from '../../shared/base/problem.ts';
import { readIndexFile } from '../../shared/readers/indexFile.ts';
import type { IndexOperations } from '../workers/protocol.ts';
import { openWorkerChannel } from '../workers/workerChannel.ts';
import type { FetchIndex } from './deliveryOpener.ts';

export function createIndexLoader(): FetchIndex {
  return async (address, signal) => {
    // One delivery is opened now and then: the thread and what it held are gone afterwards.
    const worker = openWorkerChannel<IndexOperations>(
      new Worker(new URL('../workers/index.worker.ts', import.meta.url), { type: 'module' }),
    );
    try {
      const url = new URL(address, document.baseURI).href;
      const { bytes, arrival } = await worker.call('read', { address: url }, { signal });
      const index = readIndexFile(bytes, '', true);
      if (!index.ok) throw new ProblemError(index.problem);
      return { index: index.value, arrival };
    } finally {
      worker.close();
    }
  };
}
