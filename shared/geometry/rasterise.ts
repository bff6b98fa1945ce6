/**
 * A small picture drawn on the processor: one primitive, the rectangle that covers pixels in part. Points are small
 * squares and lines along the axes are thin rectangles, which is all a label in its own axes needs.
 */

/** sRGB, 0..255 each. */
export type RasterColour = readonly [red: number, green: number, blue: number];

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Rows from the top; four bytes a pixel, opaque. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

export function createRaster(width: number, height: number, background: RasterColour): Raster {
  const rgba = new Uint8ClampedArray(4 * width * height);
  const [red, green, blue] = background;
  for (let at = 0; at < rgba.length; at += 4) {
    rgba[at] = red;
    rgba[at + 1] = green;
    rgba[at + 2] = blue;
    rgba[at + 3] = 255;
  }
  return { width, height, rgba };
}

/**
 * Lays a rectangle over the picture. Edges are in pixels from the upper left corner, whole numbers between pixels; a
 * pixel covered in part takes that part of the colour. `strength` 0..1. What lies outside is left out.
 */
export function fillRectangle(
  { width, height, rgba }: Raster,
  left: number,
  top: number,
  right: number,
  bottom: number,
  [red, green, blue]: RasterColour,
  strength: number,
): void {
  const firstColumn = Math.max(0, Math.floor(left));
  const lastColumn = Math.min(width, Math.ceil(right));
  const lastRow = Math.min(height, Math.ceil(bottom));
  for (let row = Math.max(0, Math.floor(top)); row < lastRow; row++) {
    const down = Math.min(bottom, row + 1) - Math.max(top, row);
    for (let column = firstColumn; column < lastColumn; column++) {
      const part = strength * down * (Math.min(right, column + 1) - Math.max(left, column));
      const at = 4 * (row * width + column);
      rgba[at] = rgba[at]! + part * (red - rgba[at]!);
      rgba[at + 1] = rgba[at + 1]! + part * (green - rgba[at + 1]!);
      rgba[at + 2] = rgba[at + 2]! + part * (blue - rgba[at + 2]!);
    }
  }
}

/** Lengths of stroke and gap, pixels; null = unbroken. */
export type Dash = readonly [stroke: number, gap: number] | null;

/** The outline of a rectangle, `line` pixels wide and centred on its edges. */
export function strokeRectangle(
  raster: Raster,
  [left, top, right, bottom]: readonly [number, number, number, number],
  line: number,
  colour: RasterColour,
  strength: number,
  dash: Dash = null,
): void {
  const half = line / 2;
  for (const y of [top, bottom]) {
    for (const [from, to] of pieces(left - half, right + half, dash)) {
      fillRectangle(raster, from, y - half, to, y + half, colour, strength);
    }
  }
  for (const x of [left, right]) {
    for (const [from, to] of pieces(top + half, bottom - half, dash)) {
      fillRectangle(raster, x - half, from, x + half, to, colour, strength);
    }
  }
}

function* pieces(from: number, to: number, dash: Dash): Generator<readonly [number, number]> {
  if (!dash) {
    yield [from, to];
    return;
  }
  const [stroke, gap] = dash;
  for (let at = from; at < to; at += stroke + gap) yield [at, Math.min(to, at + stroke)];
}
