/** Messages of Arrow's IPC format: schema, record batches and dictionaries, from a file's footer or one after another. */
import type { ByteSource } from '../../base/bytes.ts';
import type { ArrowSchema } from './arrowSchema.ts';
import { parseSchema } from './arrowSchema.ts';
import { demand } from './damage.ts';
import { FlatTable } from './flatTable.ts';

export type Compression = 'none' | 'lz4' | 'zstd';

/** Where the buffers of one batch lie. Offsets are absolute in the source. */
export interface ArrowBatch {
  readonly part: string;
  readonly rows: number;
  /** Rows and nulls of every column and child, depth first. */
  readonly nodes: readonly { readonly rows: number; readonly nulls: number }[];
  readonly buffers: readonly { readonly offset: number; readonly length: number }[];
  readonly compression: Compression;
  /** How many buffers each view column has beyond its own two. */
  readonly variadic: readonly number[];
}

export interface ArrowDictionary {
  readonly id: number;
  /** Adds to the dictionary rather than taking its place. */
  readonly isDelta: boolean;
  /** Record batches before it: a stream may state a dictionary anew for those that follow. 0 in a file. */
  readonly after: number;
  readonly batch: ArrowBatch;
}

export interface ArrowContents {
  readonly schema: ArrowSchema;
  readonly batches: readonly ArrowBatch[];
  readonly dictionaries: readonly ArrowDictionary[];
}

const CONTINUATION = 0xffff_ffff;
const MESSAGE = { schema: 1, dictionary: 2, batch: 3 } as const;

interface Message {
  readonly type: number;
  readonly header: FlatTable;
  readonly bodyStart: number;
  readonly bodyLength: number;
}

/** The message at `at`, or null at the stream's end. `limit`: where the last message must end. */
async function readMessage(
  source: ByteSource,
  at: number,
  limit: number,
  part: string,
): Promise<Message | null> {
  const prefix = await source.slice(at, Math.min(at + 8, limit));
  if (prefix.length < 4) return null;
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength);
  // Files written before Arrow 0.15 have no continuation mark.
  const isMarked = view.getUint32(0, true) === CONTINUATION;
  demand(!isMarked || prefix.length === 8, part);
  const length = view.getInt32(isMarked ? 4 : 0, true);
  if (length === 0) return null;
  const start = at + (isMarked ? 8 : 4);
  demand(length > 0 && start + length <= limit, part);
  const table = FlatTable.root(await source.slice(start, start + length), part);
  const header = table.table(2);
  const bodyLength = table.int64(3);
  const bodyStart = start + length;
  demand(header !== null && bodyLength >= 0 && bodyStart + bodyLength <= limit, part);
  return { type: table.uint8(1), header, bodyStart, bodyLength };
}

function parseBatch(table: FlatTable, message: Message, part: string): ArrowBatch {
  const rows = table.int64(0);
  demand(rows >= 0, part);
  const pairs = (slot: number): [number, number][] => {
    const { start, count } = table.vector(slot, 16);
    return Array.from({ length: count }, (_, i) => [
      table.int64At(start + 16 * i),
      table.int64At(start + 16 * i + 8),
    ]);
  };
  const nodes = pairs(1).map(([length, nulls]) => {
    demand(length >= 0 && nulls >= 0, part);
    return { rows: length, nulls };
  });
  const buffers = pairs(2).map(([offset, length]) => {
    demand(offset >= 0 && length >= 0 && offset + length <= message.bodyLength, part);
    return { offset: message.bodyStart + offset, length };
  });
  const codec = table.table(3);
  const compression = codec === null ? 'none' : (['lz4', 'zstd'] as const)[codec.uint8(0)];
  demand(compression !== undefined, part);
  const counts = table.vector(4, 8);
  const variadic = Array.from({ length: counts.count }, (_, i) => table.int64At(counts.start + 8 * i));
  return { part, rows, nodes, buffers, compression, variadic };
}

function parseDictionary(message: Message, part: string, after: number): ArrowDictionary {
  const { header } = message;
  const data = header.table(1);
  demand(data !== null, part);
  return {
    id: header.int64(0),
    isDelta: header.uint8(2) !== 0,
    after,
    batch: parseBatch(data, message, part),
  };
}

/** One message after another from `at` on, as a socket would give them; what follows a cut is `Damage`. */
export async function readStream(source: ByteSource, at: number): Promise<ArrowContents> {
  let schema: ArrowSchema | null = null;
  const batches: ArrowBatch[] = [];
  const dictionaries: ArrowDictionary[] = [];
  for (let next = at; ; ) {
    const part = schema === null ? 'schema' : `record batch ${batches.length}`;
    const message = await readMessage(source, next, source.length, part);
    if (message === null) break;
    if (message.type === MESSAGE.schema) schema ??= parseSchema(message.header);
    else if (message.type === MESSAGE.batch) batches.push(parseBatch(message.header, message, part));
    else if (message.type === MESSAGE.dictionary) {
      dictionaries.push(parseDictionary(message, part, batches.length));
    }
    next = message.bodyStart + message.bodyLength;
  }
  demand(schema !== null, 'schema');
  return { schema, batches, dictionaries };
}

const MAGIC_BYTES = 6;
/** Length of the footer and the closing magic. */
const TAIL_BYTES = 4 + MAGIC_BYTES;
const BLOCK_BYTES = 24;

/** The starts of the messages a footer lists. Blocks that overlap would let a small file claim any number of rows. */
function blocksOf(footer: FlatTable, slot: number, limit: number): number[] {
  const { start, count } = footer.vector(slot, BLOCK_BYTES);
  const blocks = Array.from({ length: count }, (_, i) => {
    const at = start + BLOCK_BYTES * i;
    const offset = footer.int64At(at);
    const end = offset + footer.view.getInt32(at + 8, true) + footer.int64At(at + 16);
    demand(offset >= 0 && end > offset && end <= limit, 'footer');
    return { offset, end };
  });
  const inOrder = [...blocks].sort((a, b) => a.offset - b.offset);
  for (let i = 1; i < inOrder.length; i++) demand(inOrder[i]!.offset >= inOrder[i - 1]!.end, 'footer');
  return blocks.map(({ offset }) => offset);
}

/** What the footer at the end of an `ARROW1` file lists. */
export async function readFile(source: ByteSource): Promise<ArrowContents> {
  const tail = await source.slice(source.length - TAIL_BYTES, source.length);
  demand(tail.length === TAIL_BYTES, 'footer');
  demand(new TextDecoder().decode(tail.subarray(4)) === 'ARROW1', 'footer');
  const length = new DataView(tail.buffer, tail.byteOffset).getInt32(0, true);
  const limit = source.length - TAIL_BYTES - length;
  demand(length > 0 && limit >= 8, 'footer');
  const footer = FlatTable.root(await source.slice(limit, limit + length), 'footer');
  const schemaTable = footer.table(1);
  demand(schemaTable !== null, 'footer');
  const schema = parseSchema(schemaTable);
  const dictionaries: ArrowDictionary[] = [];
  for (const [i, at] of blocksOf(footer, 2, limit).entries()) {
    const part = `dictionary ${i}`;
    const message = await readMessage(source, at, limit, part);
    demand(message?.type === MESSAGE.dictionary, part);
    dictionaries.push(parseDictionary(message, part, 0));
  }
  const batches: ArrowBatch[] = [];
  for (const [i, at] of blocksOf(footer, 3, limit).entries()) {
    const part = `record batch ${i}`;
    const message = await readMessage(source, at, limit, part);
    demand(message?.type === MESSAGE.batch, part);
    batches.push(parseBatch(message.header, message, part));
  }
  return { schema, batches, dictionaries };
}
