/**
 * Writes zarr v2 hierarchies, as folders and as `.itar`, from the published layouts and without the product's own
 * decoders: arrays in one chunk or a grid of them, metadata beside or consolidated, XZ with stored chunks, CBOR by a
 * library.
 */
import { encode } from 'cborg';

export interface FixtureArray {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly bytes: Uint8Array;
  readonly attributes?: object;
  /** Packs the one chunk; `id` and such go to `.zarray`. */
  readonly compressor?: { readonly config: object; readonly pack: (plain: Uint8Array) => Uint8Array };
}

export const floats = (shape: number[], values: readonly number[]): FixtureArray => ({
  shape,
  dtype: '<f4',
  bytes: new Uint8Array(Float32Array.from(values).buffer),
});

export const longs = (values: readonly number[]): FixtureArray => ({
  shape: [values.length],
  dtype: '<u8',
  bytes: new Uint8Array(BigUint64Array.from(values, BigInt).buffer),
});

export const octets = (bytes: Uint8Array): FixtureArray => ({ shape: [bytes.length], dtype: '|u1', bytes });

/** A 0-dimensional array of fixed-length bytes: how encoded pictures are stored. */
export const encodedImage = (bytes: Uint8Array, format: string): FixtureArray => ({
  shape: [],
  dtype: `|S${bytes.length}`,
  bytes,
  attributes: { format },
});

/** Blosc's container around bytes that were copied, not compressed. */
export function bloscCopied(plain: Uint8Array, elementBytes: number): Uint8Array {
  const out = new Uint8Array(16 + plain.length);
  out.set([2, 1, 0x02, elementBytes]);
  const view = new DataView(out.buffer);
  view.setUint32(4, plain.length, true);
  view.setUint32(8, plain.length, true);
  view.setUint32(12, out.length, true);
  out.set(plain, 16);
  return out;
}

const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

export class ZarrFixture {
  readonly records = new Map<string, Uint8Array>();
  readonly #documents: Record<string, object> = {};

  group(key: string, attributes: object = {}): this {
    const prefix = key === '' ? '' : `${key}/`;
    const parents = key.split('/').slice(0, -1);
    if (key !== '') this.#document('.zgroup', { zarr_format: 2 });
    for (let depth = 1; depth <= parents.length; depth++) {
      this.#document(`${parents.slice(0, depth).join('/')}/.zgroup`, { zarr_format: 2 });
    }
    this.#document(`${prefix}.zgroup`, { zarr_format: 2 });
    this.#document(`${prefix}.zattrs`, attributes);
    return this;
  }

  array(key: string, array: FixtureArray): this {
    const { shape, dtype, bytes, attributes, compressor } = array;
    const chunks = shape.map((size) => Math.max(1, size));
    this.#document(`${key}/.zarray`, {
      zarr_format: 2,
      shape,
      chunks,
      dtype,
      order: 'C',
      fill_value: dtype.startsWith('|S') ? '' : 0,
      filters: null,
      compressor: compressor?.config ?? null,
    });
    if (attributes) this.#document(`${key}/.zattrs`, attributes);
    const chunk = shape.length === 0 ? '0' : shape.map(() => 0).join('.');
    if (!shape.includes(0)) this.records.set(`${key}/${chunk}`, compressor ? compressor.pack(bytes) : bytes);
    return this;
  }

  #document(key: string, document: object): void {
    this.#documents[key] = document;
    this.records.set(key, text(document));
  }

  #consolidated(): Uint8Array {
    return storedXz(encode({ zarr_consolidated_format: 1, metadata: this.#documents }));
  }

  /** Files of a folder store; `onlyConsolidated` leaves the single documents out. */
  folder(path: string, onlyConsolidated = false): Record<string, Uint8Array> {
    const files: Record<string, Uint8Array> = {};
    for (const [key, bytes] of this.records) {
      const isDocument = /(^|\/)\.z(attrs|array)$/.test(key);
      if (!(onlyConsolidated && isDocument)) files[`${path}/${key}`] = bytes;
    }
    if (onlyConsolidated) files[`${path}/.zmetadata.cbor.xz`] = this.#consolidated();
    return files;
  }

  /** `index` may be bent before it is packed. */
  itar(bend: (index: ItarTable) => void = () => undefined): Uint8Array {
    const table: ItarTable = { items: [], offset_datas: [], sizes: [] };
    const parts: Uint8Array[] = [];
    let at = 0;
    const push = (bytes: Uint8Array) => {
      parts.push(bytes);
      at += bytes.length;
    };
    const pad = () => push(new Uint8Array((512 - (at % 512)) % 512));
    for (const [key, bytes] of [...this.records, ['.zmetadata.cbor.xz', this.#consolidated()] as const]) {
      push(tarHeader(key, bytes.length));
      table.items.push(key);
      table.offset_datas.push(at);
      table.sizes.push(bytes.length);
      push(bytes);
      pad();
    }
    push(new Uint8Array(1024));
    bend(table);
    const packed = storedXz(encode(table));
    const block = new Uint8Array(512);
    const view = new DataView(block.buffer);
    block.set(new TextEncoder().encode('itar'));
    view.setUint32(4, 1, true);
    view.setBigUint64(8, BigInt(at), true);
    view.setUint32(16, packed.length, true);
    push(packed);
    pad();
    push(block);
    return joined(parts);
  }
}

export interface ItarTable {
  readonly items: unknown[];
  readonly offset_datas: unknown[];
  readonly sizes: unknown[];
}

function tarHeader(name: string, size: number): Uint8Array {
  const header = new Uint8Array(512);
  const put = (value: string, at: number) => header.set(new TextEncoder().encode(value), at);
  put(name.slice(0, 99), 0);
  put(`${size.toString(8).padStart(11, '0')} `, 124);
  put('0', 156);
  put('ustar', 257);
  return header;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** An XZ stream of one block of LZMA2 chunks that store their bytes; checksums are zero, which nobody here reads. */
export function storedXz(plain: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0, 0, 0, 0, 0)];
  const block: Uint8Array[] = [Uint8Array.of(2, 0, 0x21, 1, 0x16, 0, 0, 0, 0, 0, 0, 0)];
  for (let at = 0; at < plain.length; at += 65_536) {
    const chunk = plain.subarray(at, at + 65_536);
    const size = chunk.length - 1;
    block.push(Uint8Array.of(at === 0 ? 1 : 2, size >> 8, size & 0xff), chunk);
  }
  block.push(Uint8Array.of(0));
  const whole = joined(block);
  parts.push(whole, new Uint8Array((4 - (whole.length % 4)) % 4));
  parts.push(Uint8Array.of(0, 0, 0, 0), new Uint8Array(12));
  return joined(parts);
}
