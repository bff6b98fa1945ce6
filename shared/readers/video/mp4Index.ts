/**
 * Where the pictures of an MP4 film lie: read from its `moov` box alone, by ranges, so that one picture of a film costs
 * its own bytes and those it is predicted from. Frames count in the order they are shown.
 */
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import type { VideoCodec } from './codecString.ts';
import { videoCodec } from './codecString.ts';
import { BoxDamage, boxesIn, boxHead, findBox } from './mp4Boxes.ts';
import { readSampleTable } from './sampleTable.ts';

export interface FilmIndex extends VideoCodec {
  /** Number of frames. */
  readonly frames: number;
  /** By sample, in the order they are decoded. */
  readonly offsets: Float64Array;
  readonly sizes: Uint32Array;
  readonly isKey: Uint8Array;
  /** Sample of each frame, in the order they are shown. */
  readonly sampleOfFrame: Uint32Array;
  /** Frame of each sample. */
  readonly frameOfSample: Uint32Array;
}

const HEAD_BYTES = 16;
/** Metadata of a film of many hours. */
const LARGEST_MOOV = 64 << 20;
const MOST_BOXES = 100_000;

/** Fails with `mp4-broken`, `mp4-codec-unknown` or `mp4-fragmented`. Rejects only as the source does. */
export async function readFilmIndex(source: ByteSource, path: string): Promise<Result<FilmIndex>> {
  const broken = (reason: string) =>
    failed({ code: 'mp4-broken', severity: 'error', path, params: { reason } });
  try {
    const moov = await findMoov(source);
    return moov ? indexOf(moov, source.length, path) : broken('no moov box');
  } catch (error) {
    if (!(error instanceof BoxDamage || error instanceof RangeError)) throw error;
    return broken(error.message);
  }
}

/** Heads of the boxes at the top, one small read each, until the one that matters. */
async function findMoov(source: ByteSource): Promise<DataView | null> {
  for (let at = 0, boxes = 0; at + 8 <= source.length && boxes < MOST_BOXES; boxes++) {
    const bytes = await source.slice(at, at + HEAD_BYTES);
    const head = boxHead(viewOf(bytes), 0, source.length - at);
    if (!head) return null;
    if (head.type === 'moov') {
      if (head.bytes > LARGEST_MOOV || at + head.bytes > source.length) throw new BoxDamage('moov');
      return viewOf(await source.slice(at + head.headBytes, at + head.bytes));
    }
    at += head.bytes;
  }
  return null;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The first track whose handler is video. */
function indexOf(view: DataView, fileBytes: number, path: string): Result<FilmIndex> {
  const boxes = boxesIn(view, 0, view.byteLength);
  for (const track of boxes.filter(({ type }) => type === 'trak')) {
    const media = findBox(view, track.start, track.end, 'mdia');
    const handler = media && findBox(view, media.start, media.end, 'hdlr');
    if (!handler || handler.end - handler.start < 12 || view.getUint32(handler.start + 8) !== 0x76696465)
      continue;
    const table = findBox(view, media.start, media.end, 'minf', 'stbl');
    const description = table && findBox(view, table.start, table.end, 'stsd');
    if (!table || !description) throw new BoxDamage('stbl');
    const { entry, codec } = videoCodec(view, description);
    if (!codec) {
      return failed({ code: 'mp4-codec-unknown', severity: 'error', path, params: { codec: entry } });
    }
    const samples = readSampleTable(view, table, fileBytes);
    if (samples.frames === 0 && boxes.some(({ type }) => type === 'mvex')) {
      return failed({ code: 'mp4-fragmented', severity: 'error', path });
    }
    return done({ ...codec, ...samples });
  }
  throw new BoxDamage('no video track');
}

/** The samples that must be decoded, in order, for a frame to appear: from the key sample before it. */
export function samplesForFrame(film: FilmIndex, frame: number): { first: number; last: number } | null {
  const sample = film.sampleOfFrame[frame];
  if (sample === undefined) return null;
  let first = sample;
  while (first > 0 && film.isKey[first] === 0) first--;
  return { first, last: sample };
}
