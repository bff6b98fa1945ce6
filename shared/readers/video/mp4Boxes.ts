/** Boxes of ISO base media files (ISO/IEC 14496-12): a length, four letters, and what they hold. */

export interface Mp4Box {
  readonly type: string;
  /** What the box holds: bytes [start, end) of the view. */
  readonly start: number;
  readonly end: number;
}

export class BoxDamage extends Error {}

/** A box's own head at `at`: its letters, length of the head and of all; null where fewer than 8 bytes are left. */
export function boxHead(
  view: DataView,
  at: number,
  available: number,
): { type: string; headBytes: number; bytes: number } | null {
  if (at + 8 > view.byteLength) return null;
  const letters = [4, 5, 6, 7].map((i) => String.fromCharCode(view.getUint8(at + i)));
  const short = view.getUint32(at);
  const isLong = short === 1 && at + 16 <= view.byteLength;
  const headBytes = isLong ? 16 : 8;
  const bytes = isLong ? Number(view.getBigUint64(at + 8)) : short === 0 ? available : short;
  if (bytes < headBytes) throw new BoxDamage(`box ${letters.join('')} of ${bytes} bytes`);
  return { type: letters.join(''), headBytes, bytes };
}

/** Boxes that lie one after another in [start, end). A box that reaches past the end is cut there. */
export function boxesIn(view: DataView, start: number, end: number): Mp4Box[] {
  const boxes: Mp4Box[] = [];
  for (let at = start; at + 8 <= end; ) {
    const head = boxHead(view, at, end - at)!;
    boxes.push({ type: head.type, start: at + head.headBytes, end: Math.min(end, at + head.bytes) });
    at += head.bytes;
  }
  return boxes;
}

/** The first box along a path of letters. */
export function findBox(view: DataView, start: number, end: number, ...path: string[]): Mp4Box | null {
  let box: Mp4Box | null = null;
  let [from, to] = [start, end];
  for (const type of path) {
    box = boxesIn(view, from, to).find((candidate) => candidate.type === type) ?? null;
    if (!box) return null;
    [from, to] = [box.start, box.end];
  }
  return box;
}
