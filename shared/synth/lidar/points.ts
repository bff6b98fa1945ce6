/** The points of a sweep while they are collected, one row each. */
import { roundTo } from '../portableMath.ts';
import type { Beams } from './beams.ts';

/** Floats per point: x, y, z, intensity, ring, time. */
export const POINT_FLOATS = 6;
/** Seconds per revolution. */
export const REVOLUTION_SECONDS = 0.1;

export class PointWriter {
  readonly #beams: Beams;
  #rows: Float32Array<ArrayBuffer>;
  #owner: Uint16Array<ArrayBuffer>;
  #count = 0;

  /** Room for so many at first; it grows where more come. */
  constructor(beams: Beams, room: number) {
    this.#beams = beams;
    this.#rows = new Float32Array(POINT_FLOATS * room);
    this.#owner = new Uint16Array(room);
  }

  /** An echo of `beam` after `reach` metres; `owner` is the object it comes from, 0 for anything else. */
  put(beam: number, reach: number, intensity: number, owner: number): void {
    if (this.#count === this.#owner.length) this.#grow();
    const { rings, columns, ringCosine, ringSine, columnCosine, columnSine } = this.#beams;
    const [column, ring] = [Math.floor(beam / rings), beam % rings];
    const level = ringCosine[ring]!;
    const at = POINT_FLOATS * this.#count;
    const rows = this.#rows;
    rows[at] = roundTo(columnCosine[column]! * level * reach, 3);
    rows[at + 1] = roundTo(columnSine[column]! * level * reach, 3);
    rows[at + 2] = roundTo(ringSine[ring]! * reach, 3);
    rows[at + 3] = Math.max(1, Math.min(255, Math.round(intensity)));
    rows[at + 4] = ring;
    rows[at + 5] = roundTo(((column + 0.5) / columns - 0.5) * REVOLUTION_SECONDS, 6);
    this.#owner[this.#count++] = owner;
  }

  written(): { rows: Float32Array<ArrayBuffer>; count: number; owner: Uint16Array } {
    const count = this.#count;
    return { rows: this.#rows.slice(0, POINT_FLOATS * count), count, owner: this.#owner.slice(0, count) };
  }

  #grow(): void {
    const rows = new Float32Array(2 * this.#rows.length + POINT_FLOATS);
    const owner = new Uint16Array(2 * this.#owner.length + 1);
    rows.set(this.#rows);
    owner.set(this.#owner);
    [this.#rows, this.#owner] = [rows, owner];
  }
}
