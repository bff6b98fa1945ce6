/** The columns an Arrow file states: names, types and how many buffers each takes in a record batch. */
import { demand } from './damage.ts';
import type { FlatTable } from './flatTable.ts';

/** What a column's values are. `other`: a type that is passed over, never decoded. */
export type ArrowType =
  | { readonly kind: 'null' }
  | { readonly kind: 'int'; readonly bits: 8 | 16 | 32 | 64; readonly isSigned: boolean }
  | { readonly kind: 'float'; readonly bits: 16 | 32 | 64 }
  | { readonly kind: 'bool' }
  | { readonly kind: 'text'; readonly offsetBits: 32 | 64 }
  | { readonly kind: 'other'; readonly name: string };

export interface ArrowField {
  readonly name: string;
  /** Of the values; a dictionary-encoded column's batches hold `indices` instead. */
  readonly type: ArrowType;
  readonly dictionary: { readonly id: number; readonly indices: ArrowType } | null;
  readonly children: readonly ArrowField[];
  /** Buffers of the column itself in a batch, its children's not counted; views add a variable number. */
  readonly buffers: number;
  readonly isView: boolean;
}

/** Numbers of the union `Type` in Arrow's Schema.fbs, with the buffers an array of each has. */
const TYPES: Readonly<Record<number, readonly [name: string, buffers: number]>> = {
  1: ['null', 0],
  2: ['int', 2],
  3: ['float', 2],
  4: ['binary', 3],
  5: ['utf8', 3],
  6: ['bool', 2],
  7: ['decimal', 2],
  8: ['date', 2],
  9: ['time', 2],
  10: ['timestamp', 2],
  11: ['interval', 2],
  12: ['list', 2],
  13: ['struct', 1],
  14: ['union', 1],
  15: ['fixed-size-binary', 2],
  16: ['fixed-size-list', 1],
  17: ['map', 2],
  18: ['duration', 2],
  19: ['large-binary', 3],
  20: ['large-utf8', 3],
  21: ['large-list', 2],
  22: ['run-end-encoded', 0],
  23: ['binary-view', 2],
  24: ['utf8-view', 2],
  25: ['list-view', 3],
  26: ['large-list-view', 3],
};

/** Real tables have tens of columns; offsets that share their target could make any number of them. */
const MOST_FIELDS = 10_000;
const DEEPEST = 32;
const PART = 'schema';

function intType(table: FlatTable | null): ArrowType {
  const bits = table?.int32(0) ?? 0;
  demand(bits === 8 || bits === 16 || bits === 32 || bits === 64, PART);
  return { kind: 'int', bits, isSigned: (table?.uint8(1) ?? 0) !== 0 };
}

/** Dates and times are whole numbers of a unit that the column's name has to tell. */
function typeOf(code: number, name: string, table: FlatTable | null): ArrowType {
  const whole = (bits: 32 | 64): ArrowType => ({ kind: 'int', bits, isSigned: true });
  switch (name) {
    case 'null':
    case 'bool':
      return { kind: name };
    case 'int':
      return intType(table);
    case 'float': {
      const bits = ([16, 32, 64] as const)[table?.int16(0) ?? 0];
      demand(bits !== undefined, PART);
      return { kind: 'float', bits };
    }
    case 'utf8':
    case 'large-utf8':
      return { kind: 'text', offsetBits: code === 20 ? 64 : 32 };
    case 'date':
      return whole(table?.int16(0, 1) === 0 ? 32 : 64);
    case 'time':
      return whole(table?.int32(1, 32) === 64 ? 64 : 32);
    case 'timestamp':
    case 'duration':
      return whole(64);
    default:
      return { kind: 'other', name };
  }
}

/** A dense union has offsets beside its types; its mode is the first field. */
function bufferCount(name: string, stated: number, table: FlatTable | null): number {
  return name === 'union' && table?.int16(0) === 1 ? 2 : stated;
}

function fieldOf(table: FlatTable, depth: number, budget: { left: number }): ArrowField {
  demand(depth < DEEPEST && budget.left-- > 0, PART);
  const code = table.uint8(2);
  const [name, stated] = TYPES[code] ?? [];
  demand(name !== undefined && stated !== undefined, PART);
  const details = table.table(3);
  const encoding = table.table(4);
  const dictionary = encoding && {
    id: encoding.int64(0),
    indices: encoding.table(1)
      ? intType(encoding.table(1))
      : ({ kind: 'int', bits: 32, isSigned: true } as const),
  };
  return {
    name: table.text(0),
    type: typeOf(code, name, details),
    dictionary,
    // The children of a dictionary-encoded column are in the dictionary, not in the batches.
    children: table.tables(5).map((child) => fieldOf(child, depth + 1, budget)),
    buffers: bufferCount(name, stated, details),
    isView: name === 'binary-view' || name === 'utf8-view',
  };
}

export interface ArrowSchema {
  readonly fields: readonly ArrowField[];
  readonly isBigEndian: boolean;
}

/** Throws `Damage`. */
export function parseSchema(table: FlatTable): ArrowSchema {
  const budget = { left: MOST_FIELDS };
  return {
    isBigEndian: table.int16(0) === 1,
    fields: table.tables(1).map((field) => fieldOf(field, 0, budget)),
  };
}
