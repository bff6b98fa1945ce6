/**
 * A cuboid as a camera sees it: its corners, its edges as polylines, and its outline in the picture. Edges are
 * cut at the near plane before they are projected, and where the lens model stops being valid; on lenses that
 * bend straight lines they are sampled.
 */
import type { Calibration } from '../model/delivery.ts';
import type { Vec3 } from '../model/pose.ts';
import { type CuboidShape, cuboidCorners, cuboidEdges } from './cuboid.ts';
import {
  isWithinReach,
  type Lens,
  lensOf,
  nearPlaneMeters,
  type Pixel,
  projectInto,
  projectPoint,
} from './lens.ts';
import { transformPoint } from './matrix.ts';
import { boundsOf, clipPolygon, clipPolyline, convexHull, type Ltrb } from './polygon.ts';

export interface ProjectedCuboid {
  /** In the order of `cornerSigns`; `null` where behind the near plane. */
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
  readonly imageSize?: readonly [width: number, height: number];
  /** Cut the edges at the image border as well. */
  readonly clipEdges?: boolean;
  /** Pieces a bent edge is drawn in. */
  readonly samples?: number;
}

/** `null` where the camera's model is unknown: nothing can be said then. */
export function projectCuboid(
  calibration: Pick<Calibration, 'model' | 'cameraFromSpace' | 'width' | 'height'>,
  cuboid: CuboidShape,
  options: ProjectOptions = {},
): ProjectedCuboid | null {
  const lens = lensOf(calibration.model);
  if (lens === null) return null;
  const inSpace = cuboidCorners(cuboid);
  const inCamera = Array.from({ length: 8 }, (_, corner) =>
    transformPoint(calibration.cameraFromSpace, [
      inSpace[3 * corner]!,
      inSpace[3 * corner + 1]!,
      inSpace[3 * corner + 2]!,
    ]),
  );
  const pieces = lens.isStraight ? 1 : Math.max(16, options.samples ?? 16);
  const edges = cuboidEdges.flatMap(([from, to], edge) =>
    projectSegment(lens, inCamera[from]!, inCamera[to]!, pieces).map((points) => ({ edge, points })),
  );
  const image = imageRectangle(calibration, options);
  const hull = convexHull(edges.flatMap(({ points }) => points));
  const outline = image === null ? hull : clipPolygon(hull, image);
  const corners = inCamera.map((corner) => projectPoint(calibration.model, corner));
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
    visible: outline.length > 0 && inCamera.some((corner) => corner[2] >= nearPlaneMeters),
  };
}

/** The image reaches half a pixel beyond the centres of its first and last pixels. */
function imageRectangle(
  calibration: Pick<Calibration, 'width' | 'height'>,
  options: ProjectOptions,
): Ltrb | null {
  const width = options.imageSize?.[0] ?? calibration.width;
  const height = options.imageSize?.[1] ?? calibration.height;
  return width === undefined || height === undefined ? null : [-0.5, -0.5, width - 0.5, height - 0.5];
}

/**
 * A straight segment given in camera axes as polylines in the picture: `pieces` even steps, kept where the point
 * is in front of the near plane and within the lens's reach, with the ends of each run found by halving.
 */
export function projectSegment(lens: Lens, from: Vec3, to: Vec3, pieces: number): number[][] {
  const span = inFrontOfNearPlane(from[2], to[2]);
  if (span === null) return [];
  const [first, last] = span;
  const pixel = new Float64Array(2);
  const at = (t: number): Vec3 => [
    from[0] + t * (to[0] - from[0]),
    from[1] + t * (to[1] - from[1]),
    // Where the cut is, z must not fall short of the plane by rounding.
    Math.max(nearPlaneMeters, from[2] + t * (to[2] - from[2])),
  ];
  const reaches = (t: number): boolean => isWithinReach(lens, ...at(t));
  const runs: number[][] = [];
  let run: number[] | null = null;
  const add = (t: number): void => {
    if (run === null) {
      run = [];
      runs.push(run);
    }
    projectInto(lens, ...at(t), pixel, 0);
    run.push(pixel[0]!, pixel[1]!);
  };
  let before = first;
  for (let piece = 0; piece <= pieces; piece++) {
    const t = piece === pieces ? last : first + ((last - first) * piece) / pieces;
    const isValid = reaches(t);
    if (piece > 0 && isValid !== (run !== null)) {
      add(isValid ? limitOfReach(reaches, t, before) : limitOfReach(reaches, before, t));
    }
    if (isValid) add(t);
    else run = null;
    before = t;
  }
  return runs.filter((points) => points.length >= 4);
}

/** The part [t0, t1] of a segment with z at or beyond the near plane. */
function inFrontOfNearPlane(zFrom: number, zTo: number): [number, number] | null {
  const crossing = (nearPlaneMeters - zFrom) / (zTo - zFrom);
  if (zFrom >= nearPlaneMeters) return zTo >= nearPlaneMeters ? [0, 1] : [0, crossing];
  return zTo >= nearPlaneMeters ? [crossing, 1] : null;
}

/** Last parameter, coming from `valid`, that is still within reach. */
function limitOfReach(reaches: (t: number) => boolean, valid: number, invalid: number): number {
  for (let halving = 0; halving < 40; halving++) {
    const middle = (valid + invalid) / 2;
    if (reaches(middle)) valid = middle;
    else invalid = middle;
  }
  return valid;
}
