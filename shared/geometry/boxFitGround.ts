/** The ground under a box, from the lowest points of the cells around it. */

export interface Ground {
  /** Up from the box's centre, metres; where it is not seen, the box's underside. */
  readonly height: number;
  /** Rise along and across, metres a metre. */
  readonly slope: readonly [along: number, across: number];
  readonly isSeen: boolean;
}

const cellMeters = 0.5;
/** How far from the box's underside ground is looked for, metres. */
const below = 0.9;
const above = 0.6;
const fewestCells = 5;
/** What a cell's lowest point may lie off a plane that it belongs to, metres. */
const roughness = 0.08;
/** Steeper than roads are. */
const steepest = 0.25;

/** `points`: along, across, up each, from the centre of a box of this size. */
export function groundUnder(
  points: Float32Array,
  size: readonly [length: number, width: number, height: number],
): Ground {
  const underside = -size[2] / 2;
  const unseen: Ground = { height: underside, slope: [0, 0], isSeen: false };
  const lowest = new Map<number, number>();
  for (let at = 0; at + 2 < points.length; at += 3) {
    const up = points[at + 2]!;
    if (up < underside - below || up > underside + above) continue;
    const key = Math.floor(points[at]! / cellMeters) * 4096 + Math.floor(points[at + 1]! / cellMeters);
    const known = lowest.get(key);
    if (known === undefined || up < points[known + 2]!) lowest.set(key, at);
  }
  const cells = [...lowest.values()];
  if (cells.length < fewestCells) return unseen;
  // Objects stand on the ground: begin with the lower half and let in what lies on its plane.
  const heights = cells.map((at) => points[at + 2]!).sort((a, b) => a - b);
  const start = heights[Math.floor(0.3 * heights.length)]!;
  let plane = { height: start, slope: [0, 0] as [number, number] };
  let members: number[] = [];
  for (let round = 0; round < 6; round++) {
    const band = round === 0 ? 0.3 : round < 3 ? 0.15 : roughness;
    members = cells.filter(
      (at) => Math.abs(points[at + 2]! - heightAt(plane, points[at]!, points[at + 1]!)) < band,
    );
    const fitted = members.length >= fewestCells ? planeThrough(points, members) : null;
    if (!fitted || Math.hypot(...fitted.slope) > steepest) break;
    plane = fitted;
  }
  const isSeen = members.length >= fewestCells && members.length >= 0.25 * cells.length;
  return isSeen && Math.abs(plane.height - underside) < below ? { ...plane, isSeen } : unseen;
}

export function heightAt(
  { height, slope }: Pick<Ground, 'height' | 'slope'>,
  along: number,
  across: number,
): number {
  return height + slope[0] * along + slope[1] * across;
}

/** Least squares over the members; null where they lie on a line. Flat where they surround too little. */
function planeThrough(
  points: Float32Array,
  members: readonly number[],
): { height: number; slope: [number, number] } | null {
  const n = members.length;
  let [x, y, z] = [0, 0, 0];
  for (const at of members) {
    x += points[at]! / n;
    y += points[at + 1]! / n;
    z += points[at + 2]! / n;
  }
  let [xx, xy, yy, xz, yz] = [0, 0, 0, 0, 0];
  for (const at of members) {
    const [dx, dy, dz] = [points[at]! - x, points[at + 1]! - y, points[at + 2]! - z];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
    xz += dx * dz;
    yz += dy * dz;
  }
  // A metre's worth of flatness on both axes keeps a thin strip from tilting.
  xx += n * 0.3;
  yy += n * 0.3;
  const determinant = xx * yy - xy * xy;
  if (!(determinant > 0)) return null;
  const a = (xz * yy - yz * xy) / determinant;
  const b = (yz * xx - xz * xy) / determinant;
  return { height: z - a * x - b * y, slope: [a, b] };
}
