/** What every kind of fault works with: the draft, the questions it asks of a label, the records it leaves. */

import { groupedBy } from '../../base/groupedBy.ts';
import type { CuboidShape } from '../../geometry/cuboid.ts';
import { transformPoint } from '../../geometry/matrix.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { Random } from '../random.ts';
import { Draft } from './draft.ts';
import type { SpoilKind, SpoilSize } from './kinds.ts';
import { objectsOf, type SpoilObject } from './objects.ts';
import type { SpoilAmount, SpoilPlan, SpoilRules, SpoilShape, SpoilTools } from './plan.ts';

/** One fault to be made. */
export interface Order {
  readonly kind: SpoilKind;
  readonly size: SpoilSize;
  readonly random: Random;
}

/** Where a spoiled label stands: a row of the delivery, a cuboid put in, a box in a picture, or a frame alone. */
export type Subject =
  | { readonly row: number }
  | { readonly added: number }
  | { readonly box: number }
  | { readonly frame: number; readonly camera: number | null };

/** A record before the columns are final. */
export interface Mark {
  readonly fault: number;
  readonly kind: SpoilKind;
  readonly size: SpoilSize;
  readonly subject: Subject;
  readonly timesTolerance: number | null;
  readonly amount: SpoilAmount | null;
}

export type Tolerance = NonNullable<ReturnType<SpoilRules['tolerance']>>;

export class Workbench {
  readonly index: DeliveryIndex;
  readonly plan: SpoilPlan;
  readonly tools: SpoilTools;
  readonly draft: Draft;
  readonly objects: readonly SpoilObject[];
  readonly marks: Mark[] = [];
  readonly #ofScene: ReadonlyMap<number, readonly SpoilObject[]>;
  #faults = 0;

  constructor(index: DeliveryIndex, plan: SpoilPlan, tools: SpoilTools) {
    this.index = index;
    this.plan = plan;
    this.tools = tools;
    this.draft = new Draft(index);
    this.objects = objectsOf(index, tools.rules);
    this.#ofScene = groupedBy(this.objects, ({ scene }) => scene);
  }

  get rules(): SpoilRules {
    return this.tools.rules;
  }

  /** A new fault; the marks of one fault share the number. */
  startFault(order: Order): (subject: Subject, times: number | null, amount: SpoilAmount | null) => void {
    const fault = ++this.#faults;
    return (subject, timesTolerance, amount) => {
      const { kind, size } = order;
      this.marks.push({ fault, kind, size, subject, timesTolerance, amount });
    };
  }

  objectsOf(scene: number): readonly SpoilObject[] {
    return this.#ofScene.get(scene) ?? [];
  }

  frameOf(row: number): number {
    return this.index.labels.cuboids.frame[row]!;
  }

  /** The class as the delivery has it. */
  className(row: number): string {
    return this.index.labels.classes[this.index.labels.cuboids.classIndex[row]!]!;
  }

  /** Null where nobody counted. */
  points(row: number): number | null {
    const count = this.tools.points?.[row] ?? -1;
    return count < 0 ? null : count;
  }

  /** Still there, with enough points to see its place, size and heading by, as far as anybody counted. */
  isVisible(row: number): boolean {
    const points = this.points(row) ?? this.rules.leastPoints;
    return this.draft.removed[row] === 0 && points >= this.rules.leastPoints;
  }

  /** What is tolerated of the true label; null where nothing or anything is, so that no multiple of it is a fault. */
  tolerance(row: number): Tolerance | null {
    const { center, size } = this.draft.truth(row);
    const found = this.rules.tolerance(this.className(row), rangeOf(center), size, this.points(row));
    if (found === null) return null;
    const limits = [found.centerMeters, ...found.sizeMeters, found.yawRadians];
    return limits.every((limit) => limit > 0 && Number.isFinite(limit)) ? found : null;
  }

  /** Seconds between two frames; 0 where one has no time. */
  seconds(from: number, to: number): number {
    const { frames } = this.index.delivery;
    const [a, b] = [frames.at(from)!.timestampNanos, frames.at(to)!.timestampNanos];
    return a === null || b === null ? 0 : Number(BigInt(b) - BigInt(a)) / 1e9;
  }

  worldFromSpace(frame: number): Mat4 | null {
    return this.draft.frame(frame).worldFromSpace ?? null;
  }

  /** Centre in the world, or in the frame's space where there are no poses. */
  placeOf(row: number): readonly [number, number, number] {
    const { center } = this.draft.truth(row);
    const pose = this.index.delivery.frames.at(this.frameOf(row))!.worldFromSpace;
    return pose ? transformPoint(pose, center) : center;
  }

  /** Whether the circle around a shape comes near that of any label of the frame but one. */
  touches(frame: number, shape: CuboidShape, butRow: number): boolean {
    const { frameStart } = this.index.labels.cuboids;
    for (let row = frameStart[frame]!; row < frameStart[frame + 1]!; row++) {
      if (row !== butRow && isNear(shape, this.draft.truth(row))) return true;
    }
    return this.draft.added.some((other) => other.frame === frame && isNear(shape, other.shape));
  }
}

export function rangeOf([x, y]: readonly number[]): number {
  return Math.sqrt(x! * x! + y! * y!);
}

function isNear(a: CuboidShape, b: CuboidShape): boolean {
  const reach = (rangeOf(a.size) + rangeOf(b.size)) / 2 + 0.3;
  const dx = a.center[0] - b.center[0];
  const dy = a.center[1] - b.center[1];
  return dx * dx + dy * dy < reach * reach;
}

/** The shape of a record: numbers as they stand in the columns. */
export function shapeOf({ center, size, rotation }: CuboidShape): SpoilShape {
  return { center: [...center], size: [...size], rotation: [...rotation] };
}
