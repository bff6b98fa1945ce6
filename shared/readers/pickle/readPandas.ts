/** The one door to pickled data frames: bytes in, columns out, or one problem that says what was refused and where. */
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import type { DataFrame } from './dataFrame.ts';
import { dataFrameOf } from './dataFrame.ts';
import { inflate, isGzip } from './inflate.ts';
import type { PickleFault } from './pickleValues.ts';
import { PickleError } from './pickleValues.ts';
import { unpickle } from './unpickle.ts';

export type { DataFrame, FrameColumn } from './dataFrame.ts';

function problemOf(fault: PickleFault, path: string): Problem {
  const problem = { code: fault.code, severity: 'error' as const, path };
  switch (fault.code) {
    case 'pickle-layout-unknown':
      return { ...problem, params: { part: fault.part } };
    case 'pickle-global-refused':
      return { ...problem, place: `byte ${fault.byte}`, params: { name: fault.name } };
    default:
      return { ...problem, place: `byte ${fault.byte}` };
  }
}

/**
 * The data frame in `bytes`, gzipped or not. Nothing in the file is ever run. Fails with `gzip-broken`,
 * `gzip-too-large`, `pickle-broken`, `pickle-too-large`, `pickle-global-refused` (the file names a class or function
 * that no data frame needs) or `pickle-layout-unknown`.
 */
export function readPandas(bytes: Uint8Array, path: string): Result<DataFrame> {
  const unpacked = isGzip(bytes) ? inflate(bytes, path) : done(bytes);
  if (!unpacked.ok) return unpacked;
  try {
    return done(dataFrameOf(unpickle(unpacked.value), unpacked.value.length));
  } catch (error) {
    if (error instanceof PickleError) return failed(problemOf(error.fault, path));
    throw error;
  }
}
