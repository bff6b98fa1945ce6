/** Writes a delivery index, part by part, so that the whole of a large one is never in memory twice. */
import type { Frame } from '../../model/delivery.ts';
import type { DeliveryIndex, LabelTable } from '../../model/labels.ts';
import { toByteStrings } from '../byteStrings.ts';
import type { IndexHeader, LabelPlaces, Place, TablePlaces } from './header.ts';
import {
  box2dLayout,
  COLUMN_ALIGNMENT,
  type Column,
  cuboidLayout,
  INDEX_MAGIC,
  INDEX_PREFIX_BYTES,
  INDEX_TRAILER_BYTES,
  INDEX_VERSION,
} from './layout.ts';

const encoder = new TextEncoder();

/** Hands parts on as they come and knows where each lies. */
class Blocks {
  length = 0;

  *add(column: Column): Generator<Uint8Array, Place> {
    const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
    const place = { offset: this.length, bytes: bytes.length };
    yield bytes;
    const padding = (COLUMN_ALIGNMENT - (bytes.length % COLUMN_ALIGNMENT)) % COLUMN_ALIGNMENT;
    if (padding > 0) yield new Uint8Array(padding);
    this.length += bytes.length + padding;
    return place;
  }

  *addJson(value: unknown): Generator<Uint8Array, Place> {
    return yield* this.add(encoder.encode(JSON.stringify(value)));
  }
}

function* addTable<Name extends string>(
  blocks: Blocks,
  table: Pick<LabelTable['cuboids'], 'count' | 'frameStart' | 'id'> & Readonly<Record<NoInfer<Name>, Column>>,
  layout: Readonly<Record<Name, unknown>>,
): Generator<Uint8Array, TablePlaces> {
  const columns: Record<string, Place> = {};
  for (const name of Object.keys(layout) as Name[]) columns[name] = yield* blocks.add(table[name]);
  const ids = toByteStrings(table.id);
  return {
    count: table.count,
    columns,
    frameStart: yield* blocks.add(table.frameStart),
    idText: yield* blocks.add(ids.text),
    idEnds: yield* blocks.add(ids.ends),
  };
}

function* addLabels(blocks: Blocks, labels: LabelTable): Generator<Uint8Array, LabelPlaces> {
  return {
    classes: [...labels.classes],
    tracks: yield* blocks.addJson(labels.tracks),
    attributeSets: yield* blocks.addJson(labels.attributeSets),
    cuboids: yield* addTable(blocks, labels.cuboids, cuboidLayout),
    boxes2d: yield* addTable(blocks, labels.boxes2d, box2dLayout),
    shapes: yield* blocks.addJson(labels.shapes),
  };
}

/** Frames as they are stored: what their place in the scene says is left out. */
function storedFrames(frames: readonly Frame[]): unknown {
  return frames.map(({ scene: _scene, index: _index, ...frame }) => frame);
}

/** The file in order, in parts of its own memory: write or copy each before taking the next. */
export function* indexFileParts(index: DeliveryIndex): Generator<Uint8Array, void> {
  const { labels, delivery, source, others, problems } = index;
  const { frames, frameIds, ...rest } = delivery;
  const prefix = new Uint8Array(INDEX_PREFIX_BYTES);
  prefix.set(encoder.encode(INDEX_MAGIC));
  new DataView(prefix.buffer).setUint32(8, INDEX_VERSION, true);
  yield prefix;
  const blocks = new Blocks();
  const ids = toByteStrings(frameIds);
  const frameTexts: Place[] = [];
  for (const { frameStart, frameCount } of delivery.scenes) {
    frameTexts.push(yield* blocks.addJson(storedFrames(frames.slice(frameStart, frameStart + frameCount))));
  }
  const header: IndexHeader = {
    delivery: rest as IndexHeader['delivery'],
    frames: frames.length,
    frameTexts,
    frameIdText: yield* blocks.add(ids.text),
    frameIdEnds: yield* blocks.add(ids.ends),
    problems: [...problems],
    source,
    labels: yield* addLabels(blocks, labels),
    others: [],
  };
  for (const { name, kind, labels: other } of others) {
    header.others.push({ name, kind, labels: yield* addLabels(blocks, other) });
  }
  const text = encoder.encode(JSON.stringify(header));
  yield text;
  const trailer = new Uint8Array(INDEX_TRAILER_BYTES);
  const view = new DataView(trailer.buffer);
  view.setBigUint64(0, BigInt(INDEX_PREFIX_BYTES + blocks.length), true);
  view.setUint32(8, text.length, true);
  yield trailer;
}

/** The whole file in memory: for small indexes and tests. */
export function writeIndexFile(index: DeliveryIndex): Uint8Array<ArrayBuffer> {
  const parts = Array.from(indexFileParts(index), (part) => part.slice());
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
