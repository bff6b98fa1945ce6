/** What a job is: heavy work on a delivery that runs in its own thread, told what to do and answering once. */
import type { Result } from '../../shared/base/problem.ts';
import type { Progress } from '../../shared/host/contract.ts';

export interface JobContext {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Hash of the program itself: what another version cached is not taken for ours. */
  readonly codeHash: string;
  /** The file threads of its own are started from. */
  readonly workerFile: URL;
}

export type Job<Input, Output> = (input: Input, context: JobContext) => Promise<Result<Output>>;

/** Where a delivery and its sensor data lie. */
export interface DeliveryRoots {
  readonly path: string;
  readonly sensorsPath: string | null;
}

/** The same once indexed: what any process needs to read their bytes. */
export interface RealRoots {
  /** Real absolute path of the folder, or of the archive that is read in place of one. */
  readonly root: string;
  readonly sensorsRoot: string | null;
  readonly cacheFolder: string;
  /** Name of the delivery's own folder in the cache. */
  readonly key: string;
}
