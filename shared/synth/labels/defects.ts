/**
 * Faults put into true labels on purpose, and the record of each: what an audit of a made delivery is measured
 * against. Chance here has its own streams, so the same seed without defects gives the same world and sensor data.
 */
import { type MadeSweep, POINT_FLOATS } from '../lidar/sweep.ts';
import { cos, roundTo, sin } from '../portableMath.ts';
import { type Random, randomStream } from '../random.ts';
import type { ClassName, UprightBox } from '../world/actor.ts';
import type { Placement } from '../world/motion.ts';
import {
  DEFECT_KINDS,
  type DefectAmount,
  type DefectKind,
  type DefectRecord,
  type DefectSpec,
} from './defectKinds.ts';
import { boxFromWorld, boxToWorld, countInside, type MadeLabel, rangeOf, written } from './label.ts';
import { confusions, type Fault, type Spoiled, spoilBox, touchesAny } from './spoil.ts';

export interface FrameContext {
  readonly scene: string;
  readonly frame: number;
  readonly sweep: MadeSweep;
  readonly lidar: Placement;
}

interface Ghost {
  readonly number: number;
  readonly object: number;
  readonly className: ClassName;
  readonly world: UprightBox;
  readonly until: number;
}

const FOREVER = Number.MAX_SAFE_INTEGER;
/** Ids of ghosts begin here, well above those of actors. */
const FIRST_GHOST = 9001;

const ghostSizes: readonly (readonly [ClassName, readonly [number, number, number]])[] = [
  ['pedestrian', [0.6, 0.65, 1.72]],
  ['car', [4.4, 1.8, 1.5]],
  ['cyclist', [1.7, 0.6, 1.7]],
  ['traffic_cone', [0.38, 0.38, 0.75]],
];

/** Drawn for objects by rate; ghosts are drawn apart. */
const objectKinds: readonly DefectKind[] = [
  'missing',
  'shifted',
  'shifted',
  'resized',
  'turned',
  'wrong-class',
  'empty',
];

export class DefectInjector {
  readonly records: DefectRecord[] = [];
  readonly #spec: DefectSpec;
  readonly #seed: number;
  /** Faults still to be placed, by the running number of the frame from which on they may be. */
  readonly #orders: { readonly kind: DefectKind; readonly from: number }[] = [];
  readonly #faults = new Map<number, Fault>();
  readonly #judged = new Set<number>();
  /** What every frame of a scene calls an object wrongly. */
  #wrongClasses = new Map<number, ClassName>();
  #ghosts: Ghost[] = [];
  #faultCount = 0;
  #ghostCount = 0;
  #frameCount = 0;
  #random: Random;

  /** `frames` is the length of each scene. */
  constructor(spec: DefectSpec, seed: number, scenes: number, frames: number) {
    this.#spec = spec;
    this.#seed = seed;
    this.#random = randomStream(seed, 'defects');
    if (typeof spec === 'number') {
      // Whatever the rate, an audit of a made delivery has one of each of these to find, early on.
      if (spec > 0)
        for (const kind of ['shifted', 'missing', 'ghost'] as const)
          this.#order(kind, this.#random.integer(0, Math.floor((frames - 1) / 2)));
      return;
    }
    for (const kind of DEFECT_KINDS)
      for (let i = 0; i < (spec[kind] ?? 0); i++) {
        // A class belongs to an object for a whole scene, so it can only go wrong where a scene begins.
        const scene = this.#random.integer(0, scenes - 1);
        this.#order(
          kind,
          scene * frames + (kind === 'wrong-class' ? 0 : this.#random.integer(0, frames - 1)),
        );
      }
  }

  #order(kind: DefectKind, from: number): void {
    this.#orders.push({ kind, from });
  }

  /** Objects and their ids are a scene's own: nothing goes on into the next one. */
  startScene(scene: string): void {
    this.#faults.clear();
    this.#judged.clear();
    this.#wrongClasses = new Map();
    this.#ghosts = [];
    this.#random = randomStream(this.#seed, 'defects', scene);
  }

  /** The class the delivery gives an object throughout the scene. */
  deliveredClass(object: number, trueClass: ClassName): ClassName {
    return this.#wrongClasses.get(object) ?? trueClass;
  }

  /** The frame's labels as delivered. Call frame by frame in playing order. */
  inject(truth: readonly MadeLabel[], context: FrameContext): MadeLabel[] {
    this.#startFaults(truth, context);
    const delivered: MadeLabel[] = [];
    for (const label of truth) {
      const fault = this.#faults.get(label.object);
      const isActive = fault !== undefined && context.frame <= fault.until;
      const made = isActive ? this.#spoil(label, fault, truth, context) : label;
      if (made) delivered.push(made);
      if (fault && context.frame >= fault.until) this.#faults.delete(label.object);
    }
    for (const ghost of this.#ghosts) {
      const label = this.#ghostLabel(ghost, truth, context);
      if (label) delivered.push(label);
    }
    this.#ghosts = this.#ghosts.filter((ghost) => context.frame < ghost.until);
    this.#frameCount++;
    return delivered;
  }

  #startFaults(truth: readonly MadeLabel[], context: FrameContext): void {
    this.#placeOrders(truth, context);
    const fresh = new Set(truth.map(({ object }) => object).filter((object) => !this.#judged.has(object)));
    for (const object of fresh) this.#judged.add(object);
    const rate = typeof this.#spec === 'number' ? this.#spec : 0;
    if (rate === 0) return;
    const random = this.#random;
    for (const label of truth) {
      const isFirst = fresh.has(label.object);
      const draw = random.unit();
      const kind = random.pick(objectKinds);
      if (this.#faults.has(label.object)) continue;
      if (isFirst && draw < 0.6 * rate) this.#start(label, kind, context, FOREVER);
      else if (draw < 0.4 * rate && kind !== 'wrong-class') this.#start(label, kind, context, context.frame);
    }
    if (random.chance(Math.min(0.5, (rate * truth.length) / 40)))
      this.#startGhost(truth, context, context.frame + random.integer(1, 8));
  }

  /** Puts due orders on clearly visible objects; what finds none waits for the next frame. */
  #placeOrders(truth: readonly MadeLabel[], context: FrameContext): void {
    const random = this.#random;
    for (let i = this.#orders.length - 1; i >= 0; i--) {
      const { kind, from } = this.#orders[i]!;
      if (from > this.#frameCount) continue;
      // Half stand alone, half last for a while, as slips along an interpolated track do.
      const lasting = random.chance(0.5) ? random.integer(3, 9) : 0;
      const until = kind === 'wrong-class' ? FOREVER : context.frame + lasting;
      if (kind === 'ghost') {
        if (this.#startGhost(truth, context, until)) this.#orders.splice(i, 1);
        continue;
      }
      const free = truth.filter(
        (label) => !this.#faults.has(label.object) && !this.#wrongClasses.has(label.object),
      );
      const clear = free.filter((label) => label.points >= 30 && rangeOf(label.box) < 40);
      const first = kind === 'wrong-class' ? clear.filter((label) => !this.#judged.has(label.object)) : clear;
      const candidates = first.length > 0 ? first : kind === 'wrong-class' ? [] : free;
      if (candidates.length === 0) continue;
      this.#start(random.pick(candidates), kind, context, until);
      this.#orders.splice(i, 1);
    }
  }

  #start(label: MadeLabel, kind: DefectKind, context: FrameContext, until: number): void {
    const random = this.#random;
    const isFlip = random.chance(0.35);
    const angle = isFlip ? Math.PI : random.between(0.16, 0.55);
    this.#faults.set(label.object, {
      number: ++this.#faultCount,
      kind,
      // A label moved off to an empty place is looked for anew in each frame, so it stays rare and short.
      until: kind === 'empty' ? Math.min(until, context.frame + 1) : until,
      axis: random.integer(0, 2) as 0 | 1 | 2,
      sign: random.chance(0.5) ? 1 : -1,
      size: kind === 'turned' ? angle : random.between(1.3, 4),
    });
    if (kind === 'wrong-class') this.#wrongClasses.set(label.object, confusions[label.className]);
  }

  /** The label with its fault, recorded; null where it is left out. */
  #spoil(
    label: MadeLabel,
    fault: Fault,
    truth: readonly MadeLabel[],
    context: FrameContext,
  ): MadeLabel | null {
    if (fault.kind === 'missing') {
      this.#record(fault, label, context, null, null);
      return null;
    }
    if (fault.kind === 'wrong-class') {
      const amount = { className: confusions[label.className], trueClass: label.className };
      this.#record(fault, label, context, label.box, amount);
      return label;
    }
    const spoiled = fault.kind === 'empty' ? this.#moveOff(label, truth, context) : spoilBox(label, fault);
    if (!spoiled) return label;
    this.#record(fault, label, context, spoiled.box, spoiled.amount);
    return { ...label, box: spoiled.box, points: countInside(context.sweep, spoiled.box) };
  }

  /** Beside the object, where the sweep has nothing at all. */
  #moveOff(label: MadeLabel, truth: readonly MadeLabel[], { sweep }: FrameContext): Spoiled | null {
    for (let attempt = 0; attempt < 24; attempt++) {
      const angle = this.#random.between(0, 2 * Math.PI);
      const meters = this.#random.between(3, 9);
      const [x, y, z] = label.box.center;
      const lift = label.box.size[2] * 0.12 + 0.1;
      const box: UprightBox = {
        ...label.box,
        center: [x + meters * cos(angle), y + meters * sin(angle), z + lift],
      };
      const isFree = rangeOf(box) > 4 && rangeOf(box) < 78 && !touchesAny(box, truth);
      if (isFree && countInside(sweep, box) === 0) return { box, amount: { meters: roundTo(meters, 3) } };
    }
    return null;
  }

  #startGhost(truth: readonly MadeLabel[], { sweep, lidar, frame }: FrameContext, until: number): boolean {
    const random = this.#random;
    for (let attempt = 0; attempt < 40 && sweep.count > 0; attempt++) {
      const [className, size] = random.pick(ghostSizes);
      const point = POINT_FLOATS * random.integer(0, sweep.count - 1);
      const rows = sweep.rows;
      const box: UprightBox = {
        center: [rows[point]!, rows[point + 1]!, -lidar.z + size[2] / 2 + 0.05],
        size,
        yaw: random.between(-Math.PI, Math.PI),
      };
      const range = rangeOf(box);
      if (range < 7 || range > 38 || touchesAny(box, truth)) continue;
      this.#ghosts.push({
        number: ++this.#faultCount,
        object: FIRST_GHOST + this.#ghostCount++,
        className,
        world: boxToWorld(box, lidar),
        until: Math.min(until, frame + 12),
      });
      return true;
    }
    return false;
  }

  /** Null while something real stands there or it is out of range. */
  #ghostLabel(ghost: Ghost, truth: readonly MadeLabel[], context: FrameContext): MadeLabel | null {
    const box = boxFromWorld(ghost.world, context.lidar);
    if (rangeOf(box) > 60 || rangeOf(box) < 3.5 || touchesAny(box, truth)) return null;
    this.records.push({
      fault: ghost.number,
      kind: 'ghost',
      scene: context.scene,
      frame: context.frame,
      object: String(ghost.object),
      className: ghost.className,
      amount: null,
      delivered: written(box),
      truth: null,
    });
    return {
      object: ghost.object,
      className: ghost.className,
      box,
      points: countInside(context.sweep, box),
      activity: ghost.className === 'pedestrian' || ghost.className === 'cyclist' ? 'stopped' : 'parked',
      occlusion: 'none',
      boxes2d: [],
    };
  }

  #record(
    fault: Fault,
    label: MadeLabel,
    context: FrameContext,
    box: UprightBox | null,
    amount: DefectAmount | null,
  ): void {
    this.records.push({
      fault: fault.number,
      kind: fault.kind,
      scene: context.scene,
      frame: context.frame,
      object: String(label.object),
      className: this.deliveredClass(label.object, label.className),
      amount,
      delivered: box && written(box),
      truth: written(label.box),
    });
  }
}
