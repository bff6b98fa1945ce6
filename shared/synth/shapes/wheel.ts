/** A road wheel seen from outside: tyre, rim face and the dark arch it sits in. */
import { cos, sin } from '../portableMath.ts';
import { Material } from './material.ts';
import type { MeshBuilder } from './mesh.ts';
import type { Point, Uv } from './vector.ts';

const SIDES = 18;

/** `y` is the outer face; its sign says which side of the vehicle. The rim's uv is the place on the unit disc. */
export function wheel(builder: MeshBuilder, x: number, y: number, radius: number, width: number): void {
  const inner = y > 0 ? y - width : y + width;
  builder.tube([x, inner, radius], [x, y, radius], radius, radius, SIDES, Material.rubber, 0, false);
  const at = (i: number, r: number): Point => {
    const angle = (2 * Math.PI * i) / SIDES;
    return [x + r * cos(angle), y, radius + r * sin(angle)];
  };
  const uvAt = (i: number): Uv => {
    const angle = (2 * Math.PI * i) / SIDES;
    return [cos(angle), sin(angle)];
  };
  for (let i = 0; i < SIDES; i++) {
    // Seen from the left side (+y) the disc's counter-clockwise order runs backwards.
    const [p, q] = y > 0 ? [i + 1, i] : [i, i + 1];
    builder.triangle([x, y, radius], at(p, radius), at(q, radius), Material.rim, 0, [0, 0], uvAt(p), uvAt(q));
  }
}

/** Dark half disc behind the wheel, `offset` metres outside the body's skin; `y` is the skin's side. */
export function wheelArch(
  builder: MeshBuilder,
  x: number,
  y: number,
  radius: number,
  archRadius: number,
): void {
  const steps = 14;
  const at = (i: number): Point => {
    const angle = -0.12 + ((Math.PI + 0.24) * i) / steps;
    return [x + archRadius * cos(angle), y, radius + archRadius * sin(angle)];
  };
  const center: Point = [x, y, radius];
  for (let i = 0; i < steps; i++) {
    if (y > 0) builder.triangle(center, at(i + 1), at(i), Material.rubber);
    else builder.triangle(center, at(i), at(i + 1), Material.rubber);
  }
}
