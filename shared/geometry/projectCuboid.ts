/**
 * A cuboid as a camera sees it: its corners, its edges as polylines, and its outline in the picture. Edges are
 * cut at the near plane before they are projected, and where the lens model stops being valid; on lenses that
 * bend straight lines they are sampled.
 */
import type { Vec3 } from '../model/pose.ts';
import { type CuboidShape, cuboidCorners, cuboidEdges } from './cuboid.ts';
import { type ImageSize, nearPlaneMeters, type Pixel } from './lens.ts';
import { transformPoint } from './matrix.ts';
import { boundsOf, clipPolygon, clipPolyline, convexHull, type Ltrb } from './polygon.ts';
import { imageSizeOf, type ProjectableCalibration, type Projector, projectorOf } from './projector.ts';
import { lastValid } from './solve.ts';

export interface ProjectedCuboid {
  /** In the order of `cornerSigns`; `null` where behind the near plane, or beyond the angle that the lens states. */
  readonly corners: readonly (Pixel | null)[];
  /** Pieces of the twelve edges that are in front of the camera: `edge` indexes `cuboidEdges`. */
  readonly edges: readonly ProjectedEdge[];
  /** Corners u0, v0, u1, v1, ... of the convex outline, cut to the image where its size is known. */
  readonly outline: readonly number[];
  /** Bounds of `outline`, left, top, right, bottom; `null` where nothing of the cuboid is in the image. */
  readonly hull: Ltrb | null;
  /** At least one corner in front of the near plane, and the outline meets the image. */
  readonly visible: boolean;
}

export interface ProjectedEdge {
  readonly edge: number;
  /** u0, v0, u1, v1, ... */
  readonly points: readonly number[];
}

export interface ProjectOptions {
  /** Size of the decoded image; takes the place of what the calibration states. */
  readonly imageSize?: ImageSize;
  /** Cut the edges at the image border as well. */
  readonly clipEdges?: boolean;
  /** Pieces a bent edge is drawn in. */
  readonly samples?: number;
}

/** `null` where the camera's model is unknown: nothing can be said then. */
export function projectCuboid(
  calibration: ProjectableCalibration,
  cuboid: CuboidShape,
  options: ProjectOptions = {},
): ProjectedCuboid | null {
  const projector = projectorOf(calibration, options.imageSize);
  if (projector === null) return null;
  const inSpace = cuboidCorners(cuboid);
  const inCamera = Array.from({ length: 8 }, (_, corner) =>
    transformPoint(calibration.cameraFromSpace, [
      inSpace[3 * corner]!,
      inSpace[3 * corner + 1]!,
      inSpace[3 * corner + 2]!,
    ]),
  );
  const pieces = projector.isStraight ? 1 : Math.max(16, options.samples ?? 16);
  const edges = cuboidEdges.flatMap(([from, to], edge) =>
    projectSegment(projector, inCamera[from]!, inCamera[to]!, pieces).map((points) => ({ edge, points })),
  );
  const image = imageRectangle(imageSizeOf(calibration, options.imageSize));
  const hull = convexHull(edges.flatMap(({ points }) => points));
  const outline = image === null ? hull : clipPolygon(hull, image);
  const corners = inCamera.map((corner) => projector.pixelOf(corner));
  return {
    corners,
    edges:
      options.clipEdges && image !== null
        ? edges.flatMap(({ edge, points }) =>
            clipPolyline(points, image).map((piece) => ({ edge, points: piece })),
          )
        : edges,
    outline,
    hull: boundsOf(outline),
    visible: outline.length > 0 && corners.some((corner) => corner !== null),
  };
}

/** The image reaches half a pixel beyond the centres of its first and last pixels. */
function imageRectangle(size: ImageSize | undefined): Ltrb | null {
  return size ? [-0.5, -0.5, size[0] - 0.5, size[1] - 0.5] : null;
}

/**
 * A straight segment given in camera axes as polylines in the picture: `pieces` steps that are even in angle as the
 * camera sees them, kept where the point is in front and within the lens's reach, with the ends of each run found by
 * halving.
 */
export function projectSegment(projector: Projector, from: Vec3, to: Vec3, pieces: number): number[][] {
  const span = projector.isCutByPlane ? inFrontOfNearPlane(from[2], to[2]) : ([0, 1] as const);
  if (span === null) return [];
  const [first, last] = span;
  const pixel = new Float64Array(2);
  const project = (t: number): boolean => {
    const z = from[2] + t * (to[2] - from[2]);
    return projector.project(
      from[0] + t * (to[0] - from[0]),
      from[1] + t * (to[1] - from[1]),
      // Where the cut is, z must not fall short of the plane by rounding.
      projector.isCutByPlane ? Math.max(nearPlaneMeters, z) : z,
      pixel,
      0,
    );
  };
  const runs: number[][] = [];
  let run: number[] | null = null;
  const add = (t: number): void => {
    if (!project(t)) return;
    if (run === null) {
      run = [];
      runs.push(run);
    }
    run.push(pixel[0]!, pixel[1]!);
  };
  let before = first;
  for (const t of stepsAlong(from, to, first, last, pieces)) {
    const isValid = project(t);
    if (t > first && isValid !== (run !== null)) {
      add(isValid ? lastValid(project, t, before) : lastValid(project, before, t));
    }
    if (isValid) add(t);
    else run = null;
    before = t;
  }
  return runs.filter((points) => points.length >= 4);
}

/**
 * Parameters from `first` to `last` at which the direction from the origin has turned by equal shares: even steps in
 * length would leave most of the picture to one of them where a segment passes close by.
 */
function stepsAlong(from: Vec3, to: Vec3, first: number, last: number, pieces: number): number[] {
  const along: Vec3 = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
  const length = Math.hypot(...along);
  if (pieces === 1 || !(length > 0)) return [first, last];
  const nearest = -(from[0] * along[0] + from[1] * along[1] + from[2] * along[2]) / length ** 2;
  const height = Math.hypot(...from.map((value, axis) => value + nearest * along[axis]!));
  // Through the origin itself the direction turns at once; a centimetre spreads the steps.
  const unit = Math.max(height, 0.01) / length;
  const start = Math.atan((first - nearest) / unit);
  const end = Math.atan((last - nearest) / unit);
  const inner = Array.from(
    { length: pieces - 1 },
    (_, at) => nearest + unit * Math.tan(start + ((end - start) * (at + 1)) / pieces),
  );
  const isPassing = nearest > first && nearest < last && height < nearPlaneMeters;
  const steps = isPassing ? [...inner, nearest].sort((a, b) => a - b) : inner;
  return [first, ...steps.filter((t) => t > first && t < last), last];
}

/** The part [t0, t1] of a segment with z at or beyond the near plane. */
function inFrontOfNearPlane(zFrom: number, zTo: number): [number, number] | null {
  const crossing = (nearPlaneMeters - zFrom) / (zTo - zFrom);
  if (zFrom >= nearPlaneMeters) return zTo >= nearPlaneMeters ? [0, 1] : [0, crossing];
  return zTo >= nearPlaneMeters ? [crossing, 1] : null;
}
