/** Turns what the visibility buffer saw into a picture, blending the samples of each pixel. */

import { invertRigid } from '../../geometry/matrix.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { Road } from '../world/road.ts';
import type { Instance } from '../world/scenery.ts';
import { type Light, Shader } from './shader.ts';
import { toneByte } from './tone.ts';
import type { View } from './view.ts';
import { GRID, type VisibilityBuffer } from './visibility.ts';

/** RGB bytes, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array<ArrayBuffer>;
}

export function makeView(
  frame: { width: number; height: number; fx: number; fy: number; cx: number; cy: number },
  worldFromCamera: Mat4,
): View {
  const { width, height, fx, fy, cx, cy } = frame;
  return { width, height, fx, fy, cx, cy, worldFromCamera, cameraFromWorld: invertRigid(worldFromCamera) };
}

/** Shades every pixel of `buffer` into `picture`, which has the buffer's size in pixels. */
export function shade(
  picture: Picture,
  buffer: VisibilityBuffer,
  instances: readonly Instance[],
  view: View,
  road: Road,
  light: Light,
): void {
  const shader = new Shader(buffer, instances, view, road, light);
  const { owner, columns } = buffer;
  const { rgb, width, height } = picture;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const first = GRID * row * columns + GRID * column;
      const a = owner[first]!;
      const b = owner[first + 1]!;
      const c = owner[first + columns]!;
      const d = owner[first + columns + 1]!;
      let red: number;
      let green: number;
      let blue: number;
      if (a === b && b === c && c === d) {
        shader.at(a, column, row);
        red = toneByte(shader.ink.r);
        green = toneByte(shader.ink.g);
        blue = toneByte(shader.ink.b);
      } else {
        // Each triangle is shaded once, where one of its own samples lies, and weighs as many samples as it has.
        red = 0;
        green = 0;
        blue = 0;
        for (let k = 0; k < 4; k++) {
          const number = k === 0 ? a : k === 1 ? b : k === 2 ? c : d;
          if ((k > 0 && number === a) || (k > 1 && number === b) || (k > 2 && number === c)) continue;
          const weight =
            (number === a ? 1 : 0) + (number === b ? 1 : 0) + (number === c ? 1 : 0) + (number === d ? 1 : 0);
          shader.at(number, column + (k % 2) / 2 - 0.25, row + (k > 1 ? 0.25 : -0.25));
          red += weight * toneByte(shader.ink.r);
          green += weight * toneByte(shader.ink.g);
          blue += weight * toneByte(shader.ink.b);
        }
        red = (red + 2) >> 2;
        green = (green + 2) >> 2;
        blue = (blue + 2) >> 2;
      }
      const at = 3 * (row * width + column);
      rgb[at] = red;
      rgb[at + 1] = green;
      rgb[at + 2] = blue;
    }
}
