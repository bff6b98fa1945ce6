/** What a decoder must be told of a film: its codec string (RFC 6381 and the codecs' own rules) and its settings. */
import type { Mp4Box } from './mp4Boxes.ts';
import { BoxDamage, boxesIn } from './mp4Boxes.ts';

export interface VideoCodec {
  readonly codec: string;
  /** The decoder's settings as the file holds them (`avcC`, `hvcC`, `av1C` contents); absent where none are needed. */
  readonly description?: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Bytes of a visual sample entry before its boxes. */
const ENTRY_BYTES = 78;

const hex = (value: number) => value.toString(16).padStart(2, '0').toUpperCase();
const two = (value: number) => value.toString().padStart(2, '0');

function avc(entry: string, view: DataView, { start }: Mp4Box): string {
  return `${entry}.${[1, 2, 3].map((i) => hex(view.getUint8(start + i))).join('')}`;
}

function hevc(entry: string, view: DataView, { start }: Mp4Box): string {
  const first = view.getUint8(start + 1);
  const space = ['', 'A', 'B', 'C'][first >> 6]!;
  let compatibility = 0;
  for (let bit = 0, flags = view.getUint32(start + 2); bit < 32; bit++, flags >>>= 1) {
    compatibility = compatibility * 2 + (flags & 1);
  }
  const constraints = Array.from({ length: 6 }, (_, i) => view.getUint8(start + 6 + i));
  while (constraints.at(-1) === 0) constraints.pop();
  const tier = (first & 0x20) === 0 ? 'L' : 'H';
  const level = view.getUint8(start + 12);
  const parts = [
    `${entry}`,
    `${space}${first & 0x1f}`,
    compatibility.toString(16).toUpperCase(),
    `${tier}${level}`,
  ];
  return [...parts, ...constraints.map((value) => value.toString(16).toUpperCase())].join('.');
}

/** A full box: version and flags come first. */
function vp9(entry: string, view: DataView, { start }: Mp4Box): string {
  const at = start + 4;
  const depth = view.getUint8(at + 2) >> 4;
  return `${entry}.${two(view.getUint8(at))}.${two(view.getUint8(at + 1))}.${two(depth)}`;
}

function av1(entry: string, view: DataView, { start }: Mp4Box): string {
  const second = view.getUint8(start + 1);
  const third = view.getUint8(start + 2);
  const profile = second >> 5;
  const isHigh = (third & 0x40) !== 0;
  const depth = profile === 2 && isHigh && third & 0x20 ? 12 : isHigh ? 10 : 8;
  return `${entry}.${profile}.${two(second & 0x1f)}${third & 0x80 ? 'H' : 'M'}.${two(depth)}`;
}

const settingsBoxes: Readonly<
  Record<string, { box: string; name: typeof avc; isDescribed: boolean; bytes: number }>
> = {
  avc1: { box: 'avcC', name: avc, isDescribed: true, bytes: 7 },
  avc3: { box: 'avcC', name: avc, isDescribed: true, bytes: 7 },
  hvc1: { box: 'hvcC', name: hevc, isDescribed: true, bytes: 23 },
  hev1: { box: 'hvcC', name: hevc, isDescribed: true, bytes: 23 },
  vp08: { box: 'vpcC', name: vp9, isDescribed: false, bytes: 12 },
  vp09: { box: 'vpcC', name: vp9, isDescribed: false, bytes: 12 },
  av01: { box: 'av1C', name: av1, isDescribed: true, bytes: 4 },
};

/** Of the first sample entry of a `stsd` box. Null for a codec that is not known here, whose letters are in `entry`. */
export function videoCodec(view: DataView, stsd: Mp4Box): { entry: string; codec: VideoCodec | null } {
  const [sample] = boxesIn(view, stsd.start + 8, stsd.end);
  if (!sample || sample.end - sample.start < ENTRY_BYTES) throw new BoxDamage('stsd');
  const known = Object.hasOwn(settingsBoxes, sample.type) ? settingsBoxes[sample.type]! : null;
  const boxes = boxesIn(view, sample.start + ENTRY_BYTES, sample.end);
  const settings = known && boxes.find(({ type }) => type === known.box);
  if (!known || !settings) return { entry: sample.type, codec: null };
  if (settings.end - settings.start < known.bytes) throw new BoxDamage(known.box);
  const bytes = new Uint8Array(view.buffer, view.byteOffset + settings.start, settings.end - settings.start);
  return {
    entry: sample.type,
    codec: {
      codec: known.name(sample.type, view, settings),
      ...(known.isDescribed ? { description: Uint8Array.from(bytes) } : {}),
      width: view.getUint16(sample.start + 24),
      height: view.getUint16(sample.start + 26),
    },
  };
}
