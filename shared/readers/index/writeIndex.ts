/** Writes a delivery index as one file. */
import type { DeliveryIndex } from '../../model/labels.ts';
import type { IndexHeader, Place, TablePlaces } from './header.ts';
import {
  aligned,
  box2dLayout,
  type Column,
  cuboidLayout,
  INDEX_MAGIC,
  INDEX_PREFIX_BYTES,
  INDEX_VERSION,
} from './layout.ts';

const encoder = new TextEncoder();

/** Lays blocks one after another, offsets counted from the first. */
class Blocks {
  readonly parts: { offset: number; bytes: Uint8Array }[] = [];
  length = 0;

  add(column: Column): Place {
    const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
    const offset = this.length;
    this.parts.push({ offset, bytes });
    this.length = aligned(offset + bytes.length);
    return { offset, bytes: bytes.length };
  }
}

function addTable(
  blocks: Blocks,
  table: { readonly count: number; readonly frameStart: Uint32Array; readonly id: readonly string[] },
  columns: Readonly<Record<string, Column>>,
): TablePlaces {
  const idEnds = new Uint32Array(table.count);
  let end = 0;
  for (const [row, id] of table.id.entries()) {
    end += id.length;
    idEnds[row] = end;
  }
  return {
    count: table.count,
    columns: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, blocks.add(column)])),
    frameStart: blocks.add(table.frameStart),
    idText: blocks.add(encoder.encode(table.id.join(''))),
    idEnds: blocks.add(idEnds),
  };
}

/** The columns that a layout names, in its order. */
function pick<Name extends string>(
  layout: Readonly<Record<Name, unknown>>,
  from: Readonly<Record<NoInfer<Name>, Column>>,
): Record<string, Column> {
  return Object.fromEntries((Object.keys(layout) as Name[]).map((name) => [name, from[name]]));
}

/** The whole file. Column offsets in the header count from the end of the header, rounded up to 8. */
export function writeIndexFile(index: DeliveryIndex): Uint8Array<ArrayBuffer> {
  const { labels, delivery, problems } = index;
  const blocks = new Blocks();
  const header: IndexHeader = {
    delivery: delivery as IndexHeader['delivery'],
    problems: [...problems],
    classes: [...labels.classes],
    tracks: [...labels.tracks],
    attributeSets: [...labels.attributeSets],
    cuboids: addTable(blocks, labels.cuboids, pick(cuboidLayout, labels.cuboids)),
    boxes2d: addTable(blocks, labels.boxes2d, pick(box2dLayout, labels.boxes2d)),
  };
  const text = encoder.encode(JSON.stringify(header));
  const columnsStart = aligned(INDEX_PREFIX_BYTES + text.length);
  const file = new Uint8Array(columnsStart + blocks.length);
  const view = new DataView(file.buffer);
  file.set(encoder.encode(INDEX_MAGIC));
  view.setUint32(8, INDEX_VERSION, true);
  view.setUint32(12, text.length, true);
  file.set(text, INDEX_PREFIX_BYTES);
  for (const { offset, bytes } of blocks.parts) file.set(bytes, columnsStart + offset);
  return file;
}
