/** Label columns with the labels of some frames once more, for frames that stand behind the last one. */
import type { LabelTable } from '../../../../shared/model/labels.ts';
import { NO_LINK } from '../../../../shared/model/labels.ts';
import { stringsAndCopies } from './copiedStrings.ts';

/** Frames to be copied, in the order they stand behind the others. */
export type CopiedFrames = readonly number[];

/** The same labels, followed by copies of those in the frames named: copy f belongs to frame `frames + f`. */
export function labelsAndCopies(labels: LabelTable, frames: number, copied: CopiedFrames): LabelTable {
  const cuboids = rowsAndCopies(labels.cuboids, frames, copied);
  const boxes = rowsAndCopies(labels.boxes2d, frames, copied);
  const copyOfCuboid = new Map(Array.from(cuboids.source, (row, at) => [row, labels.cuboids.count + at]));
  const link = appended(labels.boxes2d.cuboid, boxes.source, 1);
  for (let row = labels.boxes2d.count; row < link.length; row++) {
    if (link[row] !== NO_LINK) link[row] = copyOfCuboid.get(link[row]!) ?? NO_LINK;
  }
  const { cuboids: from, boxes2d: fromBoxes } = labels;
  return {
    ...labels,
    cuboids: {
      ...cuboids.columns,
      classIndex: appended(from.classIndex, cuboids.source, 1),
      track: appended(from.track, cuboids.source, 1),
      center: appended(from.center, cuboids.source, 3),
      size: appended(from.size, cuboids.source, 3),
      rotation: appended(from.rotation, cuboids.source, 4),
      attributes: appended(from.attributes, cuboids.source, 1),
      flags: appended(from.flags, cuboids.source, 1),
      statedPoints: appended(from.statedPoints, cuboids.source, 1),
      id: stringsAndCopies(from.id, cuboids.source),
    },
    boxes2d: {
      ...boxes.columns,
      camera: appended(fromBoxes.camera, boxes.source, 1),
      classIndex: appended(fromBoxes.classIndex, boxes.source, 1),
      track: appended(fromBoxes.track, boxes.source, 1),
      ltrb: appended(fromBoxes.ltrb, boxes.source, 4),
      cuboid: link,
      attributes: appended(fromBoxes.attributes, boxes.source, 1),
      id: stringsAndCopies(fromBoxes.id, boxes.source),
    },
    shapes: [
      ...labels.shapes,
      ...copied.flatMap((frame, at) =>
        labels.shapes
          .filter((shape) => shape.frame === frame)
          .map((shape) => ({ ...shape, frame: frames + at })),
      ),
    ],
  };
}

interface FrameColumns {
  readonly count: number;
  readonly frame: Uint32Array;
  readonly frameStart: Uint32Array;
}

/** Which rows are copied, and the columns that say which row is of which frame. */
function rowsAndCopies(
  { count, frame, frameStart }: FrameColumns,
  frames: number,
  copied: CopiedFrames,
): { readonly source: Uint32Array; readonly columns: FrameColumns } {
  const lengths = copied.map((from) => frameStart[from + 1]! - frameStart[from]!);
  const source = new Uint32Array(lengths.reduce((sum, length) => sum + length, 0));
  const allFrames = new Uint32Array(count + source.length);
  allFrames.set(frame);
  const starts = new Uint32Array(frames + copied.length + 1);
  starts.set(frameStart.subarray(0, frames + 1));
  let at = 0;
  for (const [copy, from] of copied.entries()) {
    for (let row = frameStart[from]!; row < frameStart[from + 1]!; row++, at++) {
      source[at] = row;
      allFrames[count + at] = frames + copy;
    }
    starts[frames + copy + 1] = count + at;
  }
  return { source, columns: { count: count + source.length, frame: allFrames, frameStart: starts } };
}

type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** `width` numbers a row. */
function appended<Numbers extends Column>(column: Numbers, source: Uint32Array, width: number): Numbers {
  const all = new (column.constructor as new (length: number) => Numbers)(
    column.length + width * source.length,
  );
  all.set(column);
  for (const [at, row] of source.entries()) {
    const to = column.length + width * at;
    for (let part = 0; part < width; part++) all[to + part] = column[width * row + part]!;
  }
  return all;
}
