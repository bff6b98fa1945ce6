/** LAS, LAZ and COPC as a carrier: the header is read first, then the points in bounded pieces, whatever it promises. */
import type { ByteSource } from '../../../base/bytes.ts';
import type { Problem, Result } from '../../../base/problem.ts';
import { done, failed } from '../../../base/problem.ts';
import type { Codecs } from '../../codecs.ts';
import type { BufferPool } from '../bufferPool.ts';
import type { ReadCarrier } from '../carrier.ts';
import type { SweepReading } from '../sweepRows.ts';
import { readCopcChunks } from './copc.ts';
import type { LasHeader } from './lasHeader.ts';
import { LAS_HEADER_LIMIT, parseLasHeader } from './lasHeader.ts';
import { LasRows } from './lasRows.ts';
import type { LazChunk } from './laszip.ts';
import { lazLayout, readChunks } from './laszip.ts';
import { createLazPerf } from './lazPerf.ts';
import { readVariableRecords } from './variableRecords.ts';

export interface LasTools {
  readonly pool: BufferPool;
  readonly codecs: Codecs;
}

/** Bytes of uncompressed points read at once. */
const BLOCK_BYTES = 8 << 20;
/** Clouds of more points are opened at the level of detail that fits, where the file has levels (COPC). */
export const WHOLE_POINTS = 20_000_000;
/**
 * Real clouds take two to eight bytes a point, repeated ones half a byte; a header that claims more points than this
 * for each compressed byte is not believed.
 */
const POINTS_PER_BYTE = 16;
/** Room made before a compressed cloud's points have shown that they exist. */
const TRUSTED_POINTS = 1 << 20;

class LasReading {
  readonly #source: ByteSource;
  readonly #header: LasHeader;
  readonly #path: string;
  readonly #tools: LasTools;
  readonly #problems: Problem[] = [];

  constructor(source: ByteSource, header: LasHeader, path: string, tools: LasTools) {
    this.#source = source;
    this.#header = header;
    this.#path = path;
    this.#tools = tools;
  }

  async read(): Promise<Result<SweepReading>> {
    const rows = this.#header.isCompressed ? await this.#compressedRows() : done(await this.#plainRows());
    if (!rows.ok) return rows;
    const sweep = rows.value.finish();
    this.#compareBounds(sweep.count, sweep.bounds);
    return done({ sweep, problems: this.#problems, viewpoint: null });
  }

  #report(code: string, severity: Problem['severity'], params: Problem['params']): void {
    this.#problems.push({ code, severity, path: this.#path, params });
  }

  async #plainRows(): Promise<LasRows> {
    const { pointOffset, pointsEnd, rowBytes, statedPoints } = this.#header;
    const end = Math.min(this.#source.length, pointsEnd ?? this.#source.length);
    const found = Math.max(0, Math.floor((end - pointOffset) / rowBytes));
    const points = Math.min(found, statedPoints);
    if (found < statedPoints) this.#report('las-body-truncated', 'error', { stated: statedPoints, found });
    if (found > statedPoints) this.#report('las-body-longer', 'warning', { stated: statedPoints, found });
    const rows = new LasRows(this.#header, points, this.#tools.pool);
    const blockPoints = Math.max(1, Math.floor(BLOCK_BYTES / rowBytes));
    for (let done = 0; done < points; ) {
      const wanted = Math.min(blockPoints, points - done);
      const start = pointOffset + done * rowBytes;
      const bytes = await this.#source.slice(start, start + wanted * rowBytes);
      const count = Math.floor(bytes.length / rowBytes);
      rows.add(bytes, count);
      done += count;
      if (count < wanted) {
        // The file has become shorter while it was read.
        this.#report('las-body-truncated', 'error', { stated: statedPoints, found: done });
        break;
      }
    }
    return rows;
  }

  async #compressedRows(): Promise<Result<LasRows>> {
    const problem = (code: string, params: Problem['params'] = {}) =>
      failed({ code, severity: 'error', path: this.#path, params });
    const { format, pointOffset, statedPoints } = this.#header;
    const records = await readVariableRecords(this.#source, this.#header);
    const layout = lazLayout(records, format);
    if (!layout) return problem('laz-record-missing');
    if (!layout.isSupported) return problem('laz-format-unsupported', { format });
    const most = POINTS_PER_BYTE * Math.max(0, this.#source.length - pointOffset);
    if (statedPoints > most) return problem('las-header-bad', { key: `${statedPoints} points` });
    if (!layout.isChunked) {
      return this.#decodeChunks([{ start: pointOffset, end: this.#source.length, points: statedPoints }]);
    }
    const levels =
      statedPoints > WHOLE_POINTS ? await readCopcChunks(this.#source, records, WHOLE_POINTS) : null;
    if (levels) {
      const shown = levels.reduce((sum, { points }) => sum + points, 0);
      this.#report('copc-levels-left-out', 'info', { shown, points: statedPoints });
      return this.#decodeChunks(levels);
    }
    const { chunks, isWhole } = await readChunks(this.#source, this.#header, layout, statedPoints);
    if (!isWhole) this.#report('laz-chunks-unknown', 'error', {});
    return this.#decodeChunks(chunks);
  }

  async #decodeChunks(chunks: readonly LazChunk[]): Promise<Result<LasRows>> {
    const { format, rowBytes } = this.#header;
    const { pool, codecs } = this.#tools;
    const stated = chunks.reduce((sum, { points }) => sum + points, 0);
    const rows = new LasRows(this.#header, Math.min(stated, TRUSTED_POINTS), pool);
    for (const { start, end, points } of chunks) {
      const bytes = await this.#source.slice(start, end);
      // Asked for anew: another cloud that is read meanwhile may have broken the one before.
      const codec = await createLazPerf(await codecs.wasm('laz-perf'));
      codec.decodeChunk(bytes, format, rowBytes, points, (block, count) => rows.add(block, count));
      if (!codec.isBroken) continue;
      const params = { stated: this.#header.statedPoints, found: rows.count };
      this.#problems.push({
        code: 'laz-damaged',
        severity: 'error',
        path: this.#path,
        place: `byte ${start}`,
        params,
      });
      break;
    }
    return done(rows);
  }

  /** The header repeats the bounds, so that damage which still decodes shows itself. */
  #compareBounds(count: number, bounds: readonly number[]): void {
    if (count === 0 || this.#problems.some(({ severity }) => severity !== 'warning')) return;
    const { scale, least, most } = this.#header;
    const isOutside = [0, 1, 2].some((axis) => {
      // Writers round the bounds they state, some of them to float32.
      const slack =
        2 * Math.abs(scale[axis]!) + 1e-6 * Math.max(Math.abs(least[axis]!), Math.abs(most[axis]!));
      return !(bounds[axis]! >= least[axis]! - slack && bounds[axis + 3]! <= most[axis]! + slack);
    });
    if (isOutside)
      this.#report('las-bounds-differ', 'warning', {
        bounds: bounds.map((value) => value.toFixed(3)).join(' '),
      });
  }
}

/**
 * Reads the points of one file. Fails where the header or the compressor's record cannot be used; a body that is cut
 * short or damaged gives the points before the damage and a problem.
 */
export async function readLas(
  source: ByteSource,
  path: string,
  tools: LasTools,
): Promise<Result<SweepReading>> {
  const header = parseLasHeader(await source.slice(0, LAS_HEADER_LIMIT), path);
  return header.ok ? new LasReading(source, header.value, path, tools).read() : header;
}

export const read: ReadCarrier = async (ref, { open, pool, codecs }) =>
  readLas(await open(ref), ref.path, { pool, codecs });
