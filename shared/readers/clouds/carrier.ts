/** What reads the points of a sweep out of the file, or the part of a file, that carries them. */
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import type { FileRef, SweepRef } from '../../model/delivery.ts';
import type { Codecs } from '../codecs.ts';
import type { BufferPool } from './bufferPool.ts';
import type { SweepReading } from './sweepRows.ts';

export interface CarrierTools {
  /** Opens the sweep's own file or a companion. Rejects with ProblemError where it cannot be read. */
  readonly open: (file: FileRef) => Promise<ByteSource>;
  readonly pool: BufferPool;
  readonly codecs: Codecs;
}

/**
 * Damage gives problems beside the whole points that exist; a file without a usable point layout fails. The buffer of
 * `sweep.interleaved` is released to the pool by whoever is done with the sweep.
 */
export type ReadCarrier = (ref: SweepRef, tools: CarrierTools) => Promise<Result<SweepReading>>;
