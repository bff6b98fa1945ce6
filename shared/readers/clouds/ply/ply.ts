/** PLY as a carrier: the element `vertex` is the cloud, everything before it is stepped over, the rest is not read. */
import type { ByteSource } from '../../../base/bytes.ts';
import type { Problem, Result } from '../../../base/problem.ts';
import { done, failed } from '../../../base/problem.ts';
import type { Sweep } from '../../../model/sweep.ts';
import type { BufferPool } from '../bufferPool.ts';
import { readerOf } from '../byteColumns.ts';
import type { ReadCarrier } from '../carrier.ts';
import { pointFields, sweepFromRows } from '../fieldRows.ts';
import type { SweepReading } from '../sweepRows.ts';
import { sweepFromDoubles } from '../sweepRows.ts';
import { asciiVertices } from './plyAscii.ts';
import { elementEnd, ListRows, leastRowBytes, placedFields, rowBytesOf } from './plyBody.ts';
import type { PlyElement, PlyHeader, PlyProperty } from './plyHeader.ts';
import { PLY_HEADER_LIMIT, parsePlyHeader } from './plyHeader.ts';

const VERTEX_NAMES = ['vertex', 'point'];

class PlyReading {
  readonly #source: ByteSource;
  readonly #header: PlyHeader;
  readonly #before: readonly PlyElement[];
  readonly #vertex: PlyElement;
  readonly #path: string;
  readonly #pool: BufferPool;
  readonly #problems: Problem[] = [];

  constructor(source: ByteSource, header: PlyHeader, vertexIndex: number, path: string, pool: BufferPool) {
    this.#source = source;
    this.#header = header;
    this.#before = header.elements.slice(0, vertexIndex);
    this.#vertex = header.elements[vertexIndex]!;
    this.#path = path;
    this.#pool = pool;
  }

  async read(): Promise<Result<SweepReading>> {
    const wanted = pointFields(this.#vertex.properties.filter(({ length }) => length === null));
    if (!wanted) return failed(fieldsMissing(this.#vertex, this.#path));
    const slots = [wanted.x, wanted.y, wanted.z, wanted.intensity];
    const slotOf = (property: PlyProperty) => slots.indexOf(property);
    let sweep: Sweep;
    if (this.#header.encoding === 'ascii') sweep = await this.#ascii(slotOf, wanted.intensity !== null);
    else if (rowBytesOf(this.#vertex) !== null) sweep = await this.#fixedRows();
    else sweep = await this.#listRows(slotOf, wanted.intensity !== null);
    return done({ sweep, problems: this.#problems, viewpoint: null });
  }

  get #isBigEndian(): boolean {
    return this.#header.encoding === 'binary_big_endian';
  }

  #truncated(found: number): void {
    const params = { stated: this.#vertex.statedCount, found };
    this.#problems.push({ code: 'ply-body-truncated', severity: 'error', path: this.#path, params });
  }

  async #ascii(slotOf: (property: PlyProperty) => number, hasIntensity: boolean): Promise<Sweep> {
    const body = await this.#source.slice(this.#header.bodyOffset, this.#source.length);
    const linesBefore = this.#before.reduce((sum, { statedCount }) => sum + statedCount, 0);
    const vertices = asciiVertices(body, linesBefore, this.#vertex, slotOf, hasIntensity, this.#pool);
    this.#problems.push(...vertices.problems.map((problem) => ({ ...problem, path: this.#path })));
    const sweep = sweepFromDoubles(vertices.rows, this.#pool);
    this.#pool.release(vertices.scratch);
    return sweep;
  }

  /** Where the vertices start in the file; its length where what stands before them does not end in it. */
  async #vertexStart(): Promise<number> {
    let at = this.#header.bodyOffset;
    for (const element of this.#before) {
      const rowBytes = rowBytesOf(element);
      if (rowBytes !== null) {
        at += rowBytes * element.statedCount;
        continue;
      }
      if (at >= this.#source.length) break;
      const bytes = await this.#source.slice(at, this.#source.length);
      const end = elementEnd(viewOf(bytes), element, this.#isBigEndian, 0);
      if (end < 0) return this.#source.length;
      at += end;
    }
    return Math.min(at, this.#source.length);
  }

  /** The vertices are read on their own, so that they start at the front of their buffer: aligned. */
  async #fixedRows(): Promise<Sweep> {
    const rowBytes = rowBytesOf(this.#vertex)!;
    const start = await this.#vertexStart();
    const found = Math.floor((this.#source.length - start) / rowBytes);
    const count = Math.min(found, this.#vertex.statedCount);
    const bytes = await this.#source.slice(start, start + count * rowBytes);
    const whole = Math.min(count, Math.floor(bytes.length / rowBytes));
    if (whole < this.#vertex.statedCount) this.#truncated(whole);
    const fields = pointFields(placedFields(this.#vertex))!;
    return sweepFromRows(bytes, { ...fields, rowBytes, isBigEndian: this.#isBigEndian }, whole, this.#pool);
  }

  async #listRows(slotOf: (property: PlyProperty) => number, hasIntensity: boolean): Promise<Sweep> {
    const start = await this.#vertexStart();
    const bytes = await this.#source.slice(start, this.#source.length);
    const view = viewOf(bytes);
    const { statedCount, properties } = this.#vertex;
    const capacity = Math.min(statedCount, Math.floor(bytes.length / leastRowBytes(this.#vertex)));
    const stride = hasIntensity ? 4 : 3;
    const scratch = this.#pool.acquire(capacity * stride * 8);
    const values = new Float64Array(scratch, 0, capacity * stride);
    const rows = new ListRows(view, this.#vertex, this.#isBigEndian);
    const isBigEndian = this.#isBigEndian;
    const reads = properties.map((property) => readerOf(view, { ...property, isBigEndian }));
    const slots = properties.map(slotOf);
    const starts: number[] = [];
    let count = 0;
    for (let at = 0; count < capacity; count++) {
      at = rows.next(at, starts);
      if (at < 0) break;
      for (const [index, slot] of slots.entries()) {
        if (slot >= 0) values[count * stride + slot] = reads[index]!(starts[index]!);
      }
    }
    if (count < statedCount) this.#truncated(count);
    const intensity = hasIntensity ? 3 : -1;
    const sweep = sweepFromDoubles({ values, count, stride, position: 0, intensity }, this.#pool);
    this.#pool.release(scratch);
    return sweep;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function fieldsMissing(vertex: PlyElement | undefined, path: string): Problem {
  const fields = vertex?.properties.map(({ name }) => name).join(' ') ?? '';
  return { code: 'ply-fields-missing', severity: 'error', path, params: { fields: fields.slice(0, 200) } };
}

/**
 * Reads the vertices of one file. Fails where the header cannot be read or no element has x, y and z; a body that ends
 * early gives the whole vertices it holds and a problem.
 */
export async function readPly(
  source: ByteSource,
  path: string,
  pool: BufferPool,
): Promise<Result<SweepReading>> {
  const header = parsePlyHeader(await source.slice(0, PLY_HEADER_LIMIT), path);
  if (!header.ok) return header;
  const { elements } = header.value;
  const vertexIndex = elements.findIndex(({ name }) => VERTEX_NAMES.includes(name.toLowerCase()));
  if (vertexIndex < 0) return failed(fieldsMissing(undefined, path));
  return new PlyReading(source, header.value, vertexIndex, path, pool).read();
}

export const read: ReadCarrier = async (ref, { open, pool }) => readPly(await open(ref), ref.path, pool);
