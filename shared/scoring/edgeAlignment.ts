/**
 * Whether the lidar's depth edges lie on the picture's edges, after Levinson and Thrun (2013): points in front of
 * something far behind them should fall where the picture changes. The score says how much stronger the picture's
 * edges are there than on average; what matters is where it peaks as the calibration is varied.
 */
import type { ImageCalibration } from '../geometry/imageCalibration.ts';
import { type ImageSize, lensOf, rayThroughPixel } from '../geometry/lens.ts';
import { transformPoint } from '../geometry/matrix.ts';
import { projectorOf } from '../geometry/projector.ts';
import type { Mat4, Vec3 } from '../model/pose.ts';

/** Nearness to an edge of the picture, 0..1, on a grid that may be coarser than the picture. */
export interface EdgeField {
  readonly width: number;
  readonly height: number;
  /** Field cells a picture pixel. */
  readonly scale: number;
  readonly values: Float32Array;
  readonly mean: number;
}

/** How much an edge's nearness falls with each cell: half of it is left after some eight. */
const decay = 0.92;
/** Share of the field that the spread makes up; the rest is the edge itself. */
const spreadShare = 2 / 3;
/** Gradients beyond this share of all are as strong as an edge gets. */
const strongShare = 0.98;

/** `grey`: one brightness a cell, row by row; `scale`: cells a picture pixel. */
export function edgeField(grey: ArrayLike<number>, width: number, height: number, scale: number): EdgeField {
  const edges = gradients(grey, width, height);
  const strong = Math.max(1e-6, quantile(edges, strongShare));
  const values = edges.map((edge) => Math.min(1, edge / strong));
  const spread = values.slice();
  spreadOut(spread, width, height);
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    values[at] = (1 - spreadShare) * values[at]! + spreadShare * spread[at]!;
    sum += values[at]!;
  }
  return { width, height, scale, values, mean: sum / Math.max(1, values.length) };
}

/** Sobel's operator; 0 at the border. */
function gradients(grey: ArrayLike<number>, width: number, height: number): Float32Array {
  const edges = new Float32Array(width * height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const [above, below] = [at - width, at + width];
      const across =
        grey[above + 1]! -
        grey[above - 1]! +
        2 * (grey[at + 1]! - grey[at - 1]!) +
        grey[below + 1]! -
        grey[below - 1]!;
      const down =
        grey[below - 1]! -
        grey[above - 1]! +
        2 * (grey[below]! - grey[above]!) +
        grey[below + 1]! -
        grey[above + 1]!;
      edges[at] = Math.hypot(across, down);
    }
  }
  return edges;
}

function quantile(values: Float32Array, share: number): number {
  const sample = Float32Array.from({ length: Math.min(values.length, 20_000) }, (_, at) => {
    const step = values.length / Math.min(values.length, 20_000);
    return values[Math.floor(at * step)]!;
  }).sort();
  return sample[Math.floor(share * (sample.length - 1))] ?? 0;
}

/** Every cell takes the strongest of its own edge and its neighbours' faded ones; there and back over the picture. */
function spreadOut(values: Float32Array, width: number, height: number): void {
  const diagonal = decay ** Math.SQRT2;
  const take = (at: number, from: number, factor: number): void => {
    const faded = values[from]! * factor;
    if (faded > values[at]!) values[at] = faded;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (x > 0) take(at, at - 1, decay);
      if (y > 0) take(at, at - width, decay);
      if (x > 0 && y > 0) take(at, at - width - 1, diagonal);
      if (x < width - 1 && y > 0) take(at, at - width + 1, diagonal);
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const at = y * width + x;
      if (x < width - 1) take(at, at + 1, decay);
      if (y < height - 1) take(at, at + width, decay);
      if (x < width - 1 && y < height - 1) take(at, at + width + 1, diagonal);
      if (x > 0 && y < height - 1) take(at, at + width - 1, diagonal);
    }
  }
}

/** Points that stand in front of something, in camera axes. */
export interface DepthEdges {
  readonly points: readonly Vec3[];
  /** How far the background is behind, saturated: 0..1. */
  readonly weights: readonly number[];
}

/** Neighbours along a ring: at most this share of the width away, and this of the height off its row. */
const besideShare = 0.015;
const rowShare = 0.0025;
/** A gap counts from here on, metres and share of the depth, and counts in full at `fullGap`. */
const leastGap = 0.4;
const leastGapShare = 0.04;
const fullGap = 3;

/**
 * `projected`: u, v, depth of the points inside the picture, one after another, as the calibration sees them (depth
 * along the axis, or from the camera's centre where the lens sees behind its plane).
 */
export function depthEdges(
  projected: Float32Array,
  count: number,
  calibration: ImageCalibration,
  imageSize: ImageSize,
): DepthEdges {
  const lens = lensOf(calibration.model, imageSize);
  const points: Vec3[] = [];
  const weights: number[] = [];
  if (!lens) return { points, weights };
  const gaps = gapsBehind(projected, count, imageSize);
  for (let at = 0; at < count; at++) {
    const depth = projected[3 * at + 2]!;
    const gap = gaps[at]!;
    if (gap < leastGap + leastGapShare * depth) continue;
    const ray = rayThroughPixel(calibration.model, [projected[3 * at]!, projected[3 * at + 1]!]);
    if (!ray) continue;
    const range = lens.isByAngle ? depth : depth / ray[2];
    points.push([range * ray[0], range * ray[1], range * ray[2]]);
    weights.push(Math.min(1, gap / fullGap));
  }
  return { points, weights };
}

/** For each point, how much deeper its nearest neighbour to the left or to the right lies, metres; 0 for none. */
function gapsBehind(projected: Float32Array, count: number, [width, height]: ImageSize): Float32Array {
  const beside = besideShare * width;
  const rowTolerance = Math.max(1, rowShare * height);
  const bands = Math.ceil(height / rowTolerance) + 2;
  const byBand: number[][] = Array.from({ length: bands }, () => []);
  const bandOf = (v: number): number => Math.min(bands - 1, Math.max(0, Math.floor((v + 1) / rowTolerance)));
  for (let at = 0; at < count; at++) byBand[bandOf(projected[3 * at + 1]!)]!.push(at);
  for (const band of byBand) band.sort((a, b) => projected[3 * a]! - projected[3 * b]!);
  const gaps = new Float32Array(count);
  for (let band = 0; band < bands; band++) {
    const neighbours = [band - 1, band, band + 1].flatMap((other) => byBand[other] ?? []);
    neighbours.sort((a, b) => projected[3 * a]! - projected[3 * b]!);
    for (const [place, at] of neighbours.entries()) {
      if (bandOf(projected[3 * at + 1]!) !== band) continue;
      for (const way of [-1, 1]) {
        const other = nextInRow(projected, neighbours, place, way, rowTolerance);
        if (other === null) continue;
        const isBeside = Math.abs(projected[3 * other]! - projected[3 * at]!) <= beside;
        const gap = projected[3 * other + 2]! - projected[3 * at + 2]!;
        if (isBeside && gap > gaps[at]!) gaps[at] = gap;
      }
    }
  }
  return gaps;
}

function nextInRow(
  projected: Float32Array,
  ordered: readonly number[],
  place: number,
  way: number,
  tolerance: number,
): number | null {
  const at = ordered[place]!;
  for (let next = place + way; next >= 0 && next < ordered.length; next += way) {
    const other = ordered[next]!;
    if (Math.abs(projected[3 * other + 1]! - projected[3 * at + 1]!) <= tolerance) return other;
  }
  return null;
}

/**
 * For each move (new camera axes from the old ones) the mean nearness to an edge at the depth edges, over that of the
 * whole picture: 1 is chance. NaN where nothing falls into the picture.
 */
export function alignmentScores(
  field: EdgeField,
  edges: DepthEdges,
  calibration: ImageCalibration,
  imageSize: ImageSize,
  moves: readonly Mat4[],
): number[] {
  const projector = projectorOf(
    { model: calibration.model, cameraFromSpace: calibration.cameraFromSpace },
    imageSize,
  );
  const pixel = new Float64Array(2);
  return moves.map((move) => {
    let [sum, total] = [0, 0];
    for (const [at, point] of edges.points.entries()) {
      const [x, y, z] = transformPoint(move, point);
      if (!projector?.project(x, y, z, pixel, 0)) continue;
      const near = nearness(field, pixel[0]!, pixel[1]!);
      if (near === null) continue;
      sum += edges.weights[at]! * near;
      total += edges.weights[at]!;
    }
    return sum / total / field.mean;
  });
}

/** Between the four cells around a picture pixel; `null` outside. */
function nearness({ width, height, scale, values }: EdgeField, u: number, v: number): number | null {
  const [x, y] = [(u + 0.5) * scale - 0.5, (v + 0.5) * scale - 0.5];
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (!(left >= 0 && top >= 0 && left < width - 1 && top < height - 1)) return null;
  const [a, b] = [x - left, y - top];
  const at = top * width + left;
  return (
    (1 - b) * ((1 - a) * values[at]! + a * values[at + 1]!) +
    b * ((1 - a) * values[at + width]! + a * values[at + width + 1]!)
  );
}

export interface CurvePeak {
  /** Where the score is best, in the unit of the steps. */
  readonly at: number;
  /** By how much the best score exceeds that of the delivery as it is, as a share of the latter. */
  readonly gain: number;
  /** The top lies inside the range, and the curve falls away from it on both sides. */
  readonly isClear: boolean;
}

/** A curve that rises by less than this share of its foot is noise. */
const leastRise = 0.02;
/** On either side of a top the curve falls by at least this share of its height: else it is an edge of a plateau. */
const leastFall = 0.15;

/** `steps` ascend and hold 0. `null` where scores are missing. */
export function peakOf(steps: readonly number[], scores: readonly number[]): CurvePeak | null {
  if (scores.length < 3 || scores.some((score) => !Number.isFinite(score))) return null;
  const best = scores.indexOf(Math.max(...scores));
  const still = scores[steps.indexOf(0)]!;
  const foot = Math.min(...scores);
  const isInside = best > 0 && best < scores.length - 1;
  const [before, top, after] = [scores[best - 1] ?? 0, scores[best]!, scores[best + 1] ?? 0];
  const bend = before - 2 * top + after;
  const offset = isInside && bend < 0 ? (before - after) / (2 * bend) : 0;
  const width = isInside ? (steps[best + 1]! - steps[best - 1]!) / 2 : 0;
  return {
    at: steps[best]! + offset * width,
    gain: top / still - 1,
    isClear:
      isInside &&
      top > foot * (1 + leastRise) &&
      top - Math.min(...scores.slice(0, best)) >= leastFall * (top - foot) &&
      top - Math.min(...scores.slice(best + 1)) >= leastFall * (top - foot),
  };
}
