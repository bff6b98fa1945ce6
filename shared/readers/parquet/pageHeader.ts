/** The head of one page: what kind it is, how large, and how its values are written. */
import { ParquetError } from './broken.ts';
import { checkedCount } from './runs.ts';
import type { ThriftStruct, ThriftValue } from './thrift.ts';
import { ThriftError, ThriftReader } from './thrift.ts';

export interface PageHeader {
  readonly kind: 'data' | 'data2' | 'dictionary' | 'other';
  readonly headerBytes: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Values, nulls among them; entries of a dictionary. */
  readonly values: number;
  /** Id of the values' encoding. */
  readonly encoding: number;
  /** Rows that begin in a page of the second kind; 0 in others. */
  readonly rows: number;
  /** Of a page of the second kind: bytes of its levels, and whether its values are packed. */
  readonly repetitionBytes: number;
  readonly definitionBytes: number;
  readonly isPacked: boolean;
  /** Levels are written as runs; the older way of a page of the first kind is not read. */
  readonly hasRunLevels: boolean;
}

/** Most heads take some 30 bytes; statistics of long values can blow one up. */
const HEADER_STEPS = [256, 1 << 14, 1 << 20, 1 << 24];

/** Id of the encoding of levels. */
const RUNS = 3;

const kinds = ['data', 'other', 'dictionary', 'data2'] as const;

/** `take(length)`: up to `length` bytes from the page on. Throws ParquetError at `byte`. */
export async function readPageHeader(
  take: (length: number) => Promise<Uint8Array>,
  byte: number,
): Promise<PageHeader> {
  for (const length of HEADER_STEPS) {
    const bytes = await take(length);
    try {
      const reader = new ThriftReader(bytes);
      const fields = reader.struct();
      return headerOf(fields, reader.position, byte);
    } catch (error) {
      if (!(error instanceof ThriftError)) throw error;
      if (!error.isShort || bytes.length < length) break;
    }
  }
  throw new ParquetError('page-header', byte);
}

function headerOf(fields: ThriftStruct, headerBytes: number, byte: number): PageHeader {
  const size = (value: ThriftValue | undefined, otherwise = -1) => {
    const number = value === undefined ? otherwise : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) {
      throw new ParquetError('page-header', byte);
    }
    return number;
  };
  const kind = kinds[size(fields.get(1))] ?? 'other';
  const part = { data: 5, other: 6, dictionary: 7, data2: 8 }[kind];
  const inner = fields.get(part);
  const detail: ThriftStruct = inner instanceof Map ? inner : new Map<number, ThriftValue>();
  const isSecond = kind === 'data2';
  return {
    kind,
    headerBytes,
    packedBytes: size(fields.get(3)),
    unpackedBytes: size(fields.get(2)),
    values: kind === 'other' ? 0 : checkedCount(size(detail.get(1))),
    encoding: kind === 'other' ? 0 : size(detail.get(isSecond ? 4 : 2)),
    rows: isSecond ? size(detail.get(3)) : 0,
    repetitionBytes: isSecond ? size(detail.get(6), 0) : 0,
    definitionBytes: isSecond ? size(detail.get(5), 0) : 0,
    isPacked: detail.get(7) !== false,
    hasRunLevels: isSecond || (detail.get(3) === RUNS && detail.get(4) === RUNS),
  };
}
