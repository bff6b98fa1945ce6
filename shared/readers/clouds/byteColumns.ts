/** Numbers of any kind out of binary bodies: in rows, or one array per field. */

/** Where one value per point stands: `offset` of the first, `stride` bytes to the next. */
export interface ByteColumn {
  /** Signed, unsigned or floating point. */
  readonly type: 'I' | 'U' | 'F';
  readonly size: number;
  readonly offset: number;
  readonly stride: number;
  readonly isBigEndian?: boolean;
}

/** Reads one number of a type and size at any byte. */
export function readerOf(
  view: DataView,
  { type, size, isBigEndian }: Pick<ByteColumn, 'type' | 'size' | 'isBigEndian'>,
): (at: number) => number {
  const isLittle = !isBigEndian;
  switch (`${type}${size}`) {
    case 'F4':
      return (at) => view.getFloat32(at, isLittle);
    case 'F8':
      return (at) => view.getFloat64(at, isLittle);
    case 'I1':
      return (at) => view.getInt8(at);
    case 'I2':
      return (at) => view.getInt16(at, isLittle);
    case 'I4':
      return (at) => view.getInt32(at, isLittle);
    case 'I8':
      return (at) => Number(view.getBigInt64(at, isLittle));
    case 'U1':
      return (at) => view.getUint8(at);
    case 'U2':
      return (at) => view.getUint16(at, isLittle);
    case 'U4':
      return (at) => view.getUint32(at, isLittle);
    default:
      return (at) => Number(view.getBigUint64(at, isLittle));
  }
}

/** Writes `count` values of a column to every `outStride`-th place of `out`, from `outOffset` on. */
export function copyColumn(
  view: DataView,
  column: ByteColumn,
  count: number,
  out: Float32Array | Float64Array,
  outOffset: number,
  outStride: number,
): void {
  let at = column.offset;
  let to = outOffset;
  if (column.type === 'F' && column.size === 4 && !column.isBigEndian) {
    // Written out: the common case stays one monomorphic loop.
    for (let i = 0; i < count; i++, at += column.stride, to += outStride) out[to] = view.getFloat32(at, true);
    return;
  }
  const read = readerOf(view, column);
  for (let i = 0; i < count; i++, at += column.stride, to += outStride) out[to] = read(at);
}

/** Do float32 numbers hold every value of this type? (Integers up to 2^24 fit; 32-bit ones do not.) */
export function fitsFloat32({ type, size }: Pick<ByteColumn, 'type' | 'size'>): boolean {
  return type === 'F' ? size === 4 : size <= 2;
}
