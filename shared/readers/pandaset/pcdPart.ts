/** One lidar's points out of a binary PCD that two share, told apart by a field of their rows. */
import type { ByteSource } from '../../base/bytes.ts';
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { readerOf } from '../clouds/byteColumns.ts';
import type { ReadCarrier } from '../clouds/carrier.ts';
import { decodePcdBody } from '../clouds/pcdBody.ts';
import type { PcdField, PcdHeader } from '../clouds/pcdHeader.ts';
import { PCD_HEADER_LIMIT, parsePcdHeader } from '../clouds/pcdHeader.ts';

export async function pcdHeaderOf(source: ByteSource, path: string): Promise<Result<PcdHeader>> {
  return parsePcdHeader(await source.slice(0, PCD_HEADER_LIMIT), path);
}

/** The field by which a PCD can be split; null where it has none, or its rows do not lie one after another. */
export function splittingField({ encoding, fields }: PcdHeader, name: string): PcdField | null {
  if (encoding !== 'binary') return null;
  return fields.find((field) => field.name === name && field.count === 1) ?? null;
}

/** Fails as `decodePcdBody` does, and with `pandaset-columns-missing` where the file cannot be split. */
export const read: ReadCarrier = async (ref, { open, pool }) => {
  const { path, part } = ref;
  const source = await open(ref);
  const header = await pcdHeaderOf(source, path);
  if (!header.ok) return header;
  const { rowBytes, bodyOffset, statedPoints } = header.value;
  const field = part?.only ? splittingField(header.value, part.only.field) : null;
  if (!field) {
    const params = { columns: part?.only?.field ?? '' };
    return failed({ code: 'pandaset-columns-missing', severity: 'error', path, params });
  }
  const body = await source.slice(bodyOffset, source.length);
  const found = Math.floor(body.length / rowBytes);
  const stated = statedPoints ?? found;
  const problems: Problem[] = [];
  if (found < stated) {
    problems.push({ code: 'pcd-body-truncated', severity: 'error', path, params: { found, stated } });
  }
  const rows = rowsOf(body, header.value, field, Math.min(found, stated), part!.only!.equals);
  const points = rows.length / rowBytes;
  const partHeader = { ...header.value, statedPoints: points, statedGrid: points };
  const reading = decodePcdBody(partHeader, rows, path, pool);
  if (!reading.ok) return reading;
  return done({ ...reading.value, problems: [...problems, ...reading.value.problems] });
};

/** The rows whose field has the value, packed together at the front of a buffer of their own. */
function rowsOf(
  body: Uint8Array,
  { rowBytes }: PcdHeader,
  field: PcdField,
  count: number,
  wanted: number,
): Uint8Array {
  const value = readerOf(new DataView(body.buffer, body.byteOffset, body.byteLength), field);
  const rows = new Uint8Array(count * rowBytes);
  let to = 0;
  for (let row = 0; row < count; row++) {
    const from = row * rowBytes;
    if (value(from + field.offset) !== wanted) continue;
    rows.set(body.subarray(from, from + rowBytes), to);
    to += rowBytes;
  }
  return rows.subarray(0, to);
}
