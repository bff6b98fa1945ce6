/**
 * The sweeps a worker keeps: their points go to the window for the GPU, their grids stay here and answer every
 * question about points (how many inside, which are near, what a ray meets) without touching the window's thread.
 */
import { done, failed, type Result } from '../../shared/base/problem.ts';
import { type CuboidShape, transformCuboid } from '../../shared/geometry/cuboid.ts';
import { faceGaps } from '../../shared/geometry/faceGaps.ts';
import { groundFlags } from '../../shared/geometry/ground.ts';
import { invert, transformDirection, transformPoint } from '../../shared/geometry/matrix.ts';
import { firstPointAlongRay, type Ray } from '../../shared/geometry/ray.ts';
import {
  buildSweepGrid,
  countInGrid,
  pointsInGrid,
  type SweepGrid,
  visitInGrid,
} from '../../shared/geometry/sweepGrid.ts';
import type { SweepEncoding } from '../../shared/model/delivery.ts';
import type { Mat4, Vec3 } from '../../shared/model/pose.ts';
import type { BufferPool } from '../../shared/readers/clouds/bufferPool.ts';
import type { CarrierTools } from '../../shared/readers/clouds/carrier.ts';
import { readPoints } from '../../shared/readers/clouds/readPoints.ts';
import { spreadBytes, spreadSweep } from '../../shared/readers/clouds/spreadSweep.ts';
import { codecsFrom } from './codecs.ts';
import { paintSweep } from './paintSweep.ts';
import { pointClassesOf } from './pointClassBytes.ts';
import { projectSweep } from './projectSweep.ts';
import {
  type LoadedSweep,
  type LoadSweep,
  memberLength,
  pointsAPart,
  type SweepOperations,
} from './protocol.ts';
import { rangedFile, wholeFiles } from './remoteFiles.ts';
import type { HandlerContext, Handlers } from './serveOperations.ts';
import {
  fieldSpan,
  heightRange,
  intensityTop,
  memberAt,
  percentile,
  sweepMembership,
} from './sweepMembership.ts';

interface ShelvedSweep {
  readonly grid: SweepGrid;
  /** Of all points, those without a place included: what is kept beside the points is as long. */
  readonly pointCount: number;
  readonly spaceFromPoints: Mat4 | null;
  readonly pointsFromSpace: Mat4 | null;
}

/** Carriers of many sweeps: fetching them whole would fetch what nobody asked for. */
export const inRanges: ReadonlySet<SweepEncoding> = new Set(['range-image', 'draco', 'ray-bundle', 'mcap']);

/** Too few points to call anything the ground. */
const fewestGroundPoints = 5;

export function createSweepHandlers(pool: BufferPool): Handlers<SweepOperations> {
  const shelf = new Map<string, ShelvedSweep>();
  const spareGrids: SweepGrid[] = [];

  async function load(input: LoadSweep, context: HandlerContext): Promise<Result<LoadedSweep>> {
    const { address, ref } = input;
    const whole = wholeFiles(address, pool, context.signal);
    const tools: CarrierTools = {
      open: inRanges.has(ref.encoding) ? (file) => rangedFile(address, file, context.signal) : whole.open,
      pool,
      codecs: codecsFrom(address.base),
    };
    const reading = await readPoints(ref, tools);
    const classed = reading.ok
      ? await pointClassesOf(ref, reading.value.sweep.count, tools, input.classValues)
      : null;
    // A view over the file's own bytes keeps the buffer; everything else leaves it free for the next sweep.
    whole.releaseExcept(reading.ok ? reading.value.sweep.interleaved.buffer : null);
    if (!reading.ok) return reading;
    const { problems } = reading.value;
    const isHuge = reading.value.sweep.count > pointsAPart;
    const sweep = isHuge ? spreadSweep(reading.value.sweep, pool) : reading.value.sweep;
    if (context.signal.aborted) {
      pool.release(sweep.interleaved.buffer);
      return failed({ code: 'sweep-not-loaded', severity: 'info', path: ref.path });
    }
    const spaceFromPoints = ref.spaceFromPoints ?? null;
    const pointsFromSpace = spaceFromPoints ? invert(spaceFromPoints) : null;
    if (spaceFromPoints && !pointsFromSpace) {
      pool.release(sweep.interleaved.buffer);
      return failed({ code: 'sweep-pose-unusable', severity: 'error', path: ref.path });
    }
    const grid = buildSweepGrid(sweep, spareGrids.pop());
    shelf.set(input.key, { grid, pointCount: sweep.count, spaceFromPoints, pointsFromSpace });
    const { members, memberCodes, instanceCodes } = input;
    const { classes: membership, instances } = sweepMembership(
      grid,
      sweep.count,
      members,
      memberCodes,
      instanceCodes,
      pointsFromSpace,
    );
    const given = classed?.classes ?? null;
    const classes = given && isHuge ? spreadBytes(given) : given;
    if (classes) context.transfer(classes.buffer);
    context.transfer(sweep.interleaved.buffer);
    context.transfer(membership.buffer);
    context.transfer(instances.buffer);
    return done({
      sweep,
      membership,
      instances,
      pointClasses: classes,
      heightRange: heightRange(grid, spaceFromPoints),
      intensityTop: intensityTop(sweep),
      ringSpan: fieldSpan(sweep, sweep.ring),
      timeSpan: fieldSpan(sweep, sweep.time ?? -1),
      problems: [...problems, ...(classed?.problems ?? [])],
    });
  }

  function withSweep<Output>(key: string, answer: (shelved: ShelvedSweep) => Output): Result<Output> {
    const shelved = shelf.get(key);
    return shelved
      ? done(answer(shelved))
      : failed({ code: 'sweep-not-loaded', severity: 'error', path: '', params: { key } });
  }

  return {
    load,
    release({ key }) {
      const shelved = shelf.get(key);
      shelf.delete(key);
      // Two spare grids serve the steady coming and going; more would only hold memory.
      if (shelved && spareGrids.length < 2) spareGrids.push(shelved.grid);
      return done(null);
    },
    near({ key, shape, margin }, context) {
      return withSweep(key, (shelved) => {
        const indices = pointsInGrid(
          shelved.grid,
          toPoints(shelved, shape),
          margin,
        ) as Uint32Array<ArrayBuffer>;
        context.transfer(indices.buffer);
        return indices;
      });
    },
    counts: ({ key, members }) =>
      withSweep(key, (shelved) =>
        Uint32Array.from({ length: members.length / memberLength }, (_, row) =>
          countInGrid(shelved.grid, toPoints(shelved, memberAt(members, row))),
        ),
      ),
    around({ key, shape, margin }, context) {
      return withSweep(key, (shelved) => {
        const places: number[] = [];
        visitInGrid(shelved.grid, toPoints(shelved, shape), margin, (_point, along, across, up) => {
          places.push(along, across, up);
        });
        const packed = Float32Array.from(places);
        context.transfer(packed.buffer);
        return packed;
      });
    },
    gaps: ({ key, shape, reach }) =>
      withSweep(key, (shelved) => faceGaps(shelved.grid, toPoints(shelved, shape), reach)),
    pick: ({ key, ray, radius, slope, farthest }) =>
      withSweep(key, (shelved) => {
        const hit = firstPointAlongRay(shelved.grid, rayToPoints(shelved, ray), radius, slope, farthest);
        return hit && { ...hit, place: placeOf(shelved, hit.point) };
      }),
    project({ key, calibration, width, height }, context) {
      return withSweep(key, (shelved) => {
        const projected = projectSweep(shelved.grid, calibration, shelved.spaceFromPoints, width, height);
        context.transfer(projected.points.buffer);
        return projected;
      });
    },
    groundFlags: ({ key }, context) =>
      withSweep(key, ({ grid, pointCount, spaceFromPoints }) => {
        const found = groundFlags(grid, pointCount, spaceFromPoints);
        context.transfer(found.flags.buffer);
        return found;
      }),
    paint({ keys, pictures }, context) {
      const painted = new Map<string, Uint8Array<ArrayBuffer>>();
      for (const key of keys) {
        const shelved = shelf.get(key);
        if (!shelved) continue;
        const { grid, pointCount, spaceFromPoints } = shelved;
        const colours = paintSweep(grid, pointCount, spaceFromPoints, pictures);
        context.transfer(colours.buffer);
        painted.set(key, colours);
      }
      return done(painted);
    },
    ground: ({ key, x, y, radius }) => withSweep(key, (shelved) => groundHeight(shelved, x, y, radius)),
  };
}

function toPoints(shelved: ShelvedSweep, shape: CuboidShape): CuboidShape {
  return shelved.pointsFromSpace ? transformCuboid(shelved.pointsFromSpace, shape) : shape;
}

function rayToPoints({ pointsFromSpace }: ShelvedSweep, ray: Ray): Ray {
  if (!pointsFromSpace) return ray;
  return {
    origin: transformPoint(pointsFromSpace, ray.origin),
    direction: transformDirection(pointsFromSpace, ray.direction),
  };
}

/** Where a point of the sweep lies in the frame's space. The grid is sorted by cell, so its slot is looked for. */
function placeOf({ grid, spaceFromPoints }: ShelvedSweep, point: number): Vec3 {
  const slot = grid.pointIndex.indexOf(point);
  const place: Vec3 = [
    grid.positions[3 * slot]! + grid.origin[0],
    grid.positions[3 * slot + 1]! + grid.origin[1],
    grid.positions[3 * slot + 2]! + grid.origin[2],
  ];
  return spaceFromPoints ? transformPoint(spaceFromPoints, place) : place;
}

function groundHeight(shelved: ShelvedSweep, x: number, y: number, radius: number): number | null {
  const column: CuboidShape = {
    center: [x, y, 0],
    size: [2 * radius, 2 * radius, 1000],
    rotation: [0, 0, 0, 1],
  };
  const heights: number[] = [];
  visitInGrid(shelved.grid, toPoints(shelved, column), 0, (_point, _along, _across, up) => {
    heights.push(up);
  });
  return heights.length < fewestGroundPoints ? null : percentile(heights, 0.1);
}
