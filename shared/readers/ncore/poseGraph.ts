/**
 * NCore's poses: named frames joined by static and dynamic transforms that each map a source to a target. Any frame
 * that is reached from another over these has a pose in it at a time; loops in the graph are walked past.
 */
import type { Problem } from '../../base/problem.ts';
import { identityMatrix, invertRigid, isRigid, multiply } from '../../geometry/matrix.ts';
import { quaternionFromRotation } from '../../geometry/rotation.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asNumber, asNumbers, asRecord, entriesOf } from '../jsonValues.ts';
import { Trajectory } from './trajectory.ts';

/** What a sequence calls its moving vehicle and its standing surroundings. */
export const RIG = 'rig';
export const WORLD = 'world';

interface Edge {
  readonly source: string;
  readonly target: string;
  /** Target from source at a time, microseconds. */
  readonly at: (time: number) => Mat4 | null;
}

interface Step {
  readonly edge: Edge;
  readonly isForward: boolean;
}

export class PoseGraph {
  readonly #edges = new Map<string, Step[]>();
  readonly #known = new Set<string>();
  readonly #routes = new Map<string, readonly Step[] | null>();

  has(frame: string): boolean {
    return this.#edges.has(frame);
  }

  get isEmpty(): boolean {
    return this.#edges.size === 0;
  }

  /** The first statement about a pair of frames holds. */
  #add(edge: Edge): void {
    const key = JSON.stringify([edge.source, edge.target].sort());
    if (this.#known.has(key) || edge.source === edge.target) return;
    this.#known.add(key);
    this.#routes.clear();
    for (const [frame, isForward] of [
      [edge.source, true],
      [edge.target, false],
    ] as const) {
      const steps = this.#edges.get(frame);
      if (steps) steps.push({ edge, isForward });
      else this.#edges.set(frame, [{ edge, isForward }]);
    }
  }

  addStatic(source: string, target: string, targetFromSource: Mat4): void {
    this.#add({ source, target, at: () => targetFromSource });
  }

  addDynamic(source: string, target: string, trajectory: Trajectory): void {
    this.#add({ source, target, at: (time) => trajectory.at(time) });
  }

  /** Fewest transforms from `source` to `target`; null where they are not joined. */
  #route(source: string, target: string): readonly Step[] | null {
    const key = JSON.stringify([source, target]);
    const known = this.#routes.get(key);
    if (known !== undefined) return known;
    const cameBy = new Map<string, { from: string; step: Step }>();
    const queue = [source];
    const seen = new Set(queue);
    for (let next = 0; next < queue.length && !seen.has(target); next++) {
      const frame = queue[next]!;
      for (const step of this.#edges.get(frame) ?? []) {
        const other = step.isForward ? step.edge.target : step.edge.source;
        if (seen.has(other)) continue;
        seen.add(other);
        cameBy.set(other, { from: frame, step });
        queue.push(other);
      }
    }
    let route: Step[] | null = null;
    if (seen.has(target)) {
      route = [];
      for (let frame = target; frame !== source; ) {
        const { from, step } = cameBy.get(frame)!;
        route.unshift(step);
        frame = from;
      }
    }
    this.#routes.set(key, route);
    return route;
  }

  /** `targetFromSource` with both frames at one time; null where no pose says. */
  at(target: string, source: string, time: number): Mat4 | null {
    const route = this.#route(source, target);
    if (!route) return null;
    let pose: Mat4 = identityMatrix;
    for (const { edge, isForward } of route) {
      const targetFromSource = edge.at(time);
      if (!targetFromSource) return null;
      pose = multiply(isForward ? targetFromSource : invertRigid(targetFromSource), pose);
    }
    return pose;
  }

  /**
   * `target` at one time from `source` at another: through the world, which alone stands still. With equal times the
   * shortest way is taken, so that nothing is lost by going there and back.
   */
  between(target: string, targetTime: number, source: string, sourceTime: number): Mat4 | null {
    if (targetTime === sourceTime) return this.at(target, source, sourceTime);
    const worldFromSource = this.at(WORLD, source, sourceTime);
    const targetFromWorld = this.at(target, WORLD, targetTime);
    return worldFromSource && targetFromWorld ? multiply(targetFromWorld, worldFromSource) : null;
  }
}

/** Keys are Python tuples in writing: `('rig', 'world')`. */
function framesOfKey(key: string): [source: string, target: string] | null {
  const match = /^\(\s*(['"])(.{1,200}?)\1\s*,\s*(['"])(.{1,200}?)\3\s*\)$/.exec(key);
  return match ? [match[2]!, match[4]!] : null;
}

function matrixOf(value: unknown): Mat4 | null {
  const matrix = asNumbers(asList(value).flat(), 16);
  return matrix && isRigid(matrix) ? matrix : null;
}

function trajectoryOf(record: JsonRecord): Trajectory | null {
  const poses = asList(record.poses);
  const times = asList(record.timestamps_us);
  if (poses.length === 0 || poses.length !== times.length) return null;
  const trajectory = new Trajectory();
  for (const [i, pose] of poses.entries()) {
    const matrix = matrixOf(pose);
    const time = asNumber(times[i]);
    if (!matrix || time === null) return null;
    const place = [matrix[3]!, matrix[7]!, matrix[11]!] as const;
    if (!trajectory.add(time, quaternionFromRotation(matrix, 4), place)) return null;
  }
  return trajectory;
}

/** Adds the poses of one component instance. What is no rigid pose, or not in order of time, is told and left out. */
export function addPoses(
  graph: PoseGraph,
  statics: JsonRecord,
  dynamics: JsonRecord,
  path: string,
  report: (problem: Problem) => void,
): void {
  const bad = (key: string) =>
    report({ code: 'ncore-pose-bad', severity: 'error', path, place: key.slice(0, 200) });
  for (const [key, value] of entriesOf(dynamics)) {
    const frames = framesOfKey(key);
    const record = asRecord(value);
    const trajectory = record && trajectoryOf(record);
    if (frames && trajectory) graph.addDynamic(frames[0], frames[1], trajectory);
    else bad(key);
  }
  for (const [key, value] of entriesOf(statics)) {
    const frames = framesOfKey(key);
    const matrix = matrixOf(asRecord(value)?.pose);
    if (frames && matrix) graph.addStatic(frames[0], frames[1], matrix);
    else bad(key);
  }
}
