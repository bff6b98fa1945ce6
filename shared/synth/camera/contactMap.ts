/** How much of the sky vehicles and people hide from the ground beneath and beside them: soft footprints on a grid. */
import { cos, sin, square } from '../portableMath.ts';

const CELL_METERS = 0.2;
const SIZE = 700;

/** Footprint of a thing on the ground. */
export interface Footprint {
  readonly x: number;
  readonly y: number;
  readonly yaw: number;
  readonly length: number;
  readonly width: number;
  /** Height of its underside; a low one darkens more. */
  readonly clearance: number;
}

export class ContactMap {
  readonly #open = new Float32Array(SIZE * SIZE);
  #originX = 0;
  #originY = 0;

  draw(x: number, y: number, footprints: readonly Footprint[]): void {
    this.#originX = x - (SIZE / 2) * CELL_METERS;
    this.#originY = y - (SIZE / 2) * CELL_METERS;
    this.#open.fill(1);
    for (const footprint of footprints) this.#splat(footprint);
  }

  /** Share of the sky left at a place near the ground, 1 beyond the map. */
  openAt(x: number, y: number): number {
    const a = (x - this.#originX) / CELL_METERS - 0.5;
    const b = (y - this.#originY) / CELL_METERS - 0.5;
    const column = Math.floor(a);
    const row = Math.floor(b);
    if (column < 0 || row < 0 || column > SIZE - 2 || row > SIZE - 2) return 1;
    const at = row * SIZE + column;
    const fa = a - column;
    const fb = b - row;
    const open = this.#open;
    const low = open[at]! * (1 - fa) + open[at + 1]! * fa;
    const high = open[at + SIZE]! * (1 - fa) + open[at + SIZE + 1]! * fa;
    return low * (1 - fb) + high * fb;
  }

  #splat(footprint: Footprint): void {
    const { x, y, yaw, length, width, clearance } = footprint;
    const c = cos(yaw);
    const s = sin(yaw);
    const soft = 0.25 + Math.min(0.9, width * 0.35);
    const reach = (Math.sqrt(length * length + width * width) / 2 + soft) / CELL_METERS;
    const darkness = clearance < 0.5 ? 0.82 : 0.45;
    const a = (x - this.#originX) / CELL_METERS - 0.5;
    const b = (y - this.#originY) / CELL_METERS - 0.5;
    for (let row = Math.max(0, Math.floor(b - reach)); row <= Math.min(SIZE - 1, b + reach); row++)
      for (
        let column = Math.max(0, Math.floor(a - reach));
        column <= Math.min(SIZE - 1, a + reach);
        column++
      ) {
        const dx = (column - a) * CELL_METERS;
        const dy = (row - b) * CELL_METERS;
        const overX = Math.abs(dx * c + dy * s) - length / 2;
        const overY = Math.abs(-dx * s + dy * c) - width / 2;
        const outside =
          Math.sqrt(square(Math.max(0, overX)) + square(Math.max(0, overY))) +
          Math.min(0, Math.max(overX, overY));
        // 1 well inside, 0 at `soft` metres outside, half-way slope in between.
        const near = Math.max(0, Math.min(1, (soft - outside) / (soft + Math.min(0.45, width / 3))));
        const at = row * SIZE + column;
        this.#open[at] = this.#open[at]! * (1 - darkness * near * near * (3 - 2 * near));
      }
  }
}
