/** Normals of a triangle soup: flat, or smoothed over the faces of a group that meet gently. */
import { square } from '../portableMath.ts';

/** Cosine of the angle beyond which an edge stays sharp: about 50 degrees. */
const CREASE_COSINE = 0.64;

/**
 * Unit normals, 9 per triangle. Averages the area-weighted normals of faces of one group that share a corner and turn by less than
 * the crease; group 0 stays flat.
 */
export function smoothNormals(positions: Float64Array, groups: readonly number[]): Float64Array {
  const corners = 3 * groups.length;
  const areas = faceAreas(positions);
  const units = areas.slice();
  for (let face = 0; face < groups.length; face++) normalize(units, 3 * face);
  const next = chainEqualCorners(positions, groups);
  const normals = new Float64Array(3 * corners);
  for (let corner = 0; corner < corners; corner++) {
    const own = 3 * Math.floor(corner / 3);
    const at = 3 * corner;
    if (next[corner] === corner) {
      for (let axis = 0; axis < 3; axis++) normals[at + axis] = units[own + axis]!;
      continue;
    }
    let other = corner;
    do {
      const face = 3 * Math.floor(other / 3);
      const turn =
        units[face]! * units[own]! + units[face + 1]! * units[own + 1]! + units[face + 2]! * units[own + 2]!;
      if (turn > CREASE_COSINE)
        for (let axis = 0; axis < 3; axis++) normals[at + axis] = normals[at + axis]! + areas[face + axis]!;
      other = next[other]!;
    } while (other !== corner);
    normalize(normals, at);
  }
  return normals;
}

/** Per triangle the cross product of two edges: direction of the face, length of twice its area. */
function faceAreas(p: Float64Array): Float64Array {
  const areas = new Float64Array(p.length / 3);
  for (let face = 0; face < areas.length / 3; face++) {
    const i = 9 * face;
    const ax = p[i + 3]! - p[i]!;
    const ay = p[i + 4]! - p[i + 1]!;
    const az = p[i + 5]! - p[i + 2]!;
    const bx = p[i + 6]! - p[i]!;
    const by = p[i + 7]! - p[i + 1]!;
    const bz = p[i + 8]! - p[i + 2]!;
    areas[3 * face] = ay * bz - az * by;
    areas[3 * face + 1] = az * bx - ax * bz;
    areas[3 * face + 2] = ax * by - ay * bx;
  }
  return areas;
}

/** Links the corners of one group that lie within a tenth of a millimetre into rings; a lone corner names itself. */
function chainEqualCorners(positions: Float64Array, groups: readonly number[]): Int32Array {
  const corners = 3 * groups.length;
  const cells = Int32Array.from(positions, (value) => Math.round(value * 1e4));
  let size = 16;
  while (size < 2 * corners) size *= 2;
  const table = new Int32Array(size).fill(-1);
  const next = Int32Array.from({ length: corners }, (_, corner) => corner);
  for (let corner = 0; corner < corners; corner++) {
    const group = groups[Math.floor(corner / 3)]!;
    if (group === 0) continue;
    const at = 3 * corner;
    const hash =
      Math.imul(cells[at]!, 73856093) ^
      Math.imul(cells[at + 1]!, 19349663) ^
      Math.imul(cells[at + 2]!, 83492791);
    for (let slot = (hash ^ Math.imul(group, 2654435)) & (size - 1); ; slot = (slot + 1) & (size - 1)) {
      const first = table[slot]!;
      if (first < 0) {
        table[slot] = corner;
        break;
      }
      const there = 3 * first;
      const isSame =
        groups[Math.floor(first / 3)] === group &&
        cells[there] === cells[at] &&
        cells[there + 1] === cells[at + 1] &&
        cells[there + 2] === cells[at + 2];
      if (!isSame) continue;
      next[corner] = next[first]!;
      next[first] = corner;
      break;
    }
  }
  return next;
}

/** Scales three numbers to length 1; a null vector becomes straight up. */
function normalize(values: Float64Array, at: number): void {
  const length = Math.sqrt(square(values[at]!) + square(values[at + 1]!) + square(values[at + 2]!));
  if (length < 1e-15) {
    values[at] = 0;
    values[at + 1] = 0;
    values[at + 2] = 1;
    return;
  }
  for (let axis = 0; axis < 3; axis++) values[at + axis] = values[at + axis]! / length;
}
