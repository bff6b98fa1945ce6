/** PandaSet's tables, pickled by pandas or written as a JSON list of records, read row by row under the same names. */
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done, failed, ProblemError } from '../../base/problem.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asRecord } from '../jsonValues.ts';
import type { DataFrame, FrameColumn } from '../pickle/readPandas.ts';
import { readPandas } from '../pickle/readPandas.ts';
import { decodeText, parseJson } from '../textFile.ts';

/** Names of a table in any of the spellings: `00.pkl.gz`, `00.pkl`, `00.json`. */
const TABLE = /(?:^|\/)(\d{1,9})\.(pkl\.gz|pkl|json)$/;

/** The digits a table's file is named with, or null for other files. */
export function tableStem(path: string): string | null {
  return TABLE.exec(path)?.[1] ?? null;
}

/** A data frame is larger than this only by mistake; the whole file must be in memory to be read. */
const LARGEST_FILE = 1 << 27;

async function readWhole(open: () => Promise<ByteSource>, path: string): Promise<Result<Uint8Array>> {
  try {
    const source = await open();
    if (source.length > LARGEST_FILE) {
      return failed({ code: 'text-too-large', severity: 'error', path, params: { bytes: LARGEST_FILE } });
    }
    return done(await source.slice(0, source.length));
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

/** Fails with the problems of `readPandas`, or the source's own. */
export async function readFrameFile(
  open: () => Promise<ByteSource>,
  path: string,
): Promise<Result<DataFrame>> {
  const bytes = await readWhole(open, path);
  return bytes.ok ? readPandas(bytes.value, path) : bytes;
}

/** pandas marks what is missing with NaN, also among texts. */
function plainCell(cell: FrameColumn[number] | undefined): unknown {
  if (typeof cell === 'bigint') return Number.isSafeInteger(Number(cell)) ? Number(cell) : String(cell);
  return typeof cell === 'number' && Number.isNaN(cell) ? null : (cell ?? null);
}

function rowsOf({ rows, columns }: DataFrame): JsonRecord[] {
  return Array.from({ length: rows }, (_, row) =>
    // Entries, not assignments: a column may be named like something every object has.
    Object.fromEntries([...columns].map(([name, column]) => [name, plainCell(column[row])])),
  );
}

/** Rows of a table; null stands for an entry that is no record. Fails with `pandaset-table-bad`. */
export async function readTable(
  open: () => Promise<ByteSource>,
  path: string,
): Promise<Result<(JsonRecord | null)[]>> {
  if (!path.endsWith('.json')) {
    const frame = await readFrameFile(open, path);
    return frame.ok ? done(rowsOf(frame.value)) : frame;
  }
  const bytes = await readWhole(open, path);
  if (!bytes.ok) return bytes;
  const json = parseJson(decodeText(bytes.value), path);
  if (!json.ok) return json;
  if (!Array.isArray(json.value)) return failed({ code: 'pandaset-table-bad', severity: 'error', path });
  return done(json.value.map(asRecord));
}
