/** The strokes that explain a label: its own edges and heading, its tolerance shell, a measured gap. */
import { type CuboidShape, cornerSigns, cuboidEdges } from '../../shared/geometry/cuboid.ts';
import { rotationFromQuaternion } from '../../shared/geometry/rotation.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import type { StrokeStyle, Strokes } from './gpu/strokes.ts';

/** A place given along the label's own axes from its centre, in the space of the shape. */
export function inLabel(shape: CuboidShape, along: number, across: number, up: number): Vec3 {
  const r = rotationFromQuaternion(shape.rotation);
  return [
    shape.center[0] + r[0]! * along + r[1]! * across + r[2]! * up,
    shape.center[1] + r[3]! * along + r[4]! * across + r[5]! * up,
    shape.center[2] + r[6]! * along + r[7]! * across + r[8]! * up,
  ];
}

export function addLine(strokes: Strokes, a: Vec3, b: Vec3, style: StrokeStyle): void {
  strokes.add(a[0], a[1], a[2], b[0], b[1], b[2], style);
}

/** The twelve edges of the shape grown by `margin` metres on every face. */
export function addBox(strokes: Strokes, shape: CuboidShape, margin: number, style: StrokeStyle): void {
  const half = shape.size.map((extent) => extent / 2 + margin) as [number, number, number];
  const corners = cornerSigns.map(([x, y, z]) => inLabel(shape, x * half[0], y * half[1], z * half[2]));
  for (const [from, to] of cuboidEdges) addLine(strokes, corners[from]!, corners[to]!, style);
}

/** A stem out of the front face: the mark of the heading. */
export function addHeading(strokes: Strokes, shape: CuboidShape, style: StrokeStyle): void {
  const front = shape.size[0] / 2;
  const reach = front + Math.min(0.7, Math.max(0.2, 0.16 * shape.size[0]));
  addLine(strokes, inLabel(shape, front, 0, 0), inLabel(shape, reach, 0, 0), style);
}

/**
 * The plane a face would have to move to: a rectangle across the label, `gap` metres inside the face (outside for
 * negative gaps). `face` counts as in `faceNames`.
 */
export function addGapPlane(
  strokes: Strokes,
  shape: CuboidShape,
  face: number,
  gap: number,
  style: StrokeStyle,
): void {
  const axis = face >> 1;
  const sign = face % 2 === 0 ? 1 : -1;
  const [a, b] = [(axis + 1) % 3, (axis + 2) % 3];
  const corner = (u: number, v: number): Vec3 => {
    const place: [number, number, number] = [0, 0, 0];
    place[axis] = sign * (shape.size[axis]! / 2 - gap);
    place[a] = (u * shape.size[a]!) / 2;
    place[b] = (v * shape.size[b]!) / 2;
    return inLabel(shape, ...place);
  };
  const ring = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  for (const [at, place] of ring.entries()) addLine(strokes, place, ring[(at + 1) % 4]!, style);
}

/** Where the words of a gap stand: beside the label, in the view that sees the face from aside. */
export function gapTagPlace(
  shape: CuboidShape,
  face: number,
  gap: number,
  beside: number,
): { from: Vec3; to: Vec3 } {
  const axis = face >> 1;
  const sign = face % 2 === 0 ? 1 : -1;
  const place: [number, number, number] = [0, 0, 0];
  place[axis] = sign * (shape.size[axis]! / 2 - gap);
  // Front, rear, top and bottom: to the right of the label; left and right: before its front.
  const aside = axis === 1 ? 0 : 1;
  const direction = axis === 1 ? 1 : -1;
  const edge = (direction * shape.size[aside]!) / 2;
  const from: [number, number, number] = [...place];
  const to: [number, number, number] = [...place];
  from[aside] = edge;
  to[aside] = edge + direction * beside;
  return { from: inLabel(shape, ...from), to: inLabel(shape, ...to) };
}
