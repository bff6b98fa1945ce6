/**
 * A delivery being spoiled: copies of the columns to write into, labels taken out and put in, frames with another
 * pose or calibration. The delivery it came from stays as it is and tells what is true.
 */
import type { CuboidShape } from '../../geometry/cuboid.ts';
import type { Calibration, Frame } from '../../model/delivery.ts';
import { cuboidAt } from '../../model/labelRow.ts';
import {
  type AttributeSet,
  CuboidFlag,
  type DeliveryIndex,
  NO_LINK,
  NO_TRACK,
  NOT_STATED,
} from '../../model/labels.ts';
import { Interner } from '../../readers/interner.ts';

/** A cuboid put in. */
export interface AddedCuboid {
  readonly frame: number;
  readonly id: string;
  classIndex: number;
  track: number;
  attributes: number;
  shape: CuboidShape;
}

export class Draft {
  readonly index: DeliveryIndex;
  readonly classIndex: Uint16Array;
  readonly track: Uint32Array;
  readonly attributes: Uint32Array;
  readonly center: Float64Array;
  readonly size: Float64Array;
  readonly rotation: Float64Array;
  readonly flags: Uint8Array;
  readonly statedPoints: Int32Array;
  /** 1 = taken out. */
  readonly removed: Uint8Array;
  readonly added: AddedCuboid[] = [];
  readonly boxLtrb: Float64Array;
  readonly boxLink: Int32Array;
  readonly boxTrack: Uint32Array;
  readonly boxClass: Uint16Array;
  readonly boxRemoved: Uint8Array;
  readonly frames = new Map<number, Frame>();
  readonly calibrations: Calibration[];
  readonly #classes = new Interner();
  readonly #tracks = new Interner();
  readonly #attributeSets: AttributeSet[];
  readonly #boxesOf: ReadonlyMap<number, readonly number[]>;
  #names = 0;

  constructor(index: DeliveryIndex) {
    this.index = index;
    const { cuboids, boxes2d, classes, tracks, attributeSets } = index.labels;
    this.classIndex = cuboids.classIndex.slice();
    this.track = cuboids.track.slice();
    this.attributes = cuboids.attributes.slice();
    this.center = cuboids.center.slice();
    this.size = cuboids.size.slice();
    this.rotation = cuboids.rotation.slice();
    this.flags = cuboids.flags.slice();
    this.statedPoints = cuboids.statedPoints.slice();
    this.removed = new Uint8Array(cuboids.count);
    this.boxLtrb = boxes2d.ltrb.slice();
    this.boxLink = boxes2d.cuboid.slice();
    this.boxTrack = boxes2d.track.slice();
    this.boxClass = boxes2d.classIndex.slice();
    this.boxRemoved = new Uint8Array(boxes2d.count);
    this.calibrations = [...index.delivery.calibrations];
    for (const name of classes) this.#classes.indexOf(name);
    for (const name of tracks) this.#tracks.indexOf(name);
    this.#attributeSets = [...attributeSets];
    const boxesOf = new Map<number, number[]>();
    for (const [box, row] of boxes2d.cuboid.entries()) {
      if (row === NO_LINK) continue;
      const known = boxesOf.get(row);
      if (known) known.push(box);
      else boxesOf.set(row, [box]);
    }
    this.#boxesOf = boxesOf;
  }

  get classes(): readonly string[] {
    return this.#classes.names;
  }

  get tracks(): readonly string[] {
    return this.#tracks.names;
  }

  get attributeSets(): readonly AttributeSet[] {
    return this.#attributeSets;
  }

  /** As the delivery has it. */
  truth(row: number): CuboidShape {
    const { center, size, rotation } = cuboidAt(this.index.labels, row);
    return { center, size, rotation };
  }

  /** As it stands now; a second fault goes on from there. */
  shape(row: number): CuboidShape {
    const { center, size, rotation } = this;
    return {
      center: [center[3 * row]!, center[3 * row + 1]!, center[3 * row + 2]!],
      size: [size[3 * row]!, size[3 * row + 1]!, size[3 * row + 2]!],
      rotation: [rotation[4 * row]!, rotation[4 * row + 1]!, rotation[4 * row + 2]!, rotation[4 * row + 3]!],
    };
  }

  /** A vendor counts points in the box as drawn, so the stated count of the true one goes. */
  setShape(row: number, { center, size, rotation }: CuboidShape): void {
    this.center.set(center, 3 * row);
    this.size.set(size, 3 * row);
    this.rotation.set(rotation, 4 * row);
    this.statedPoints[row] = NOT_STATED;
  }

  /** Numbers that are none, flagged as the readers would. */
  setUnusable(row: number, shape: CuboidShape): void {
    this.setShape(row, shape);
    this.flags[row]! |= CuboidFlag.unusable;
  }

  classNumber(name: string): number {
    return this.#classes.indexOf(name);
  }

  /** A track nobody has yet: a number past those in use, as a labelling tool would give. */
  newTrack(): number {
    for (;;) {
      const name = String(900_000 + ++this.#names);
      if (!this.#tracks.has(name)) return this.#tracks.indexOf(name);
    }
  }

  attributeNumber(set: AttributeSet): number {
    return this.#attributeSets.push(set) - 1;
  }

  boxesOf(row: number): readonly number[] {
    return this.#boxesOf.get(row) ?? [];
  }

  /** A label's name for its object is the same in the pictures. */
  setTrack(row: number, track: number): void {
    this.track[row] = track;
    for (const box of this.boxesOf(row)) this.boxTrack[box] = track;
  }

  setClass(row: number, classIndex: number): void {
    this.classIndex[row] = classIndex;
    for (const box of this.boxesOf(row)) this.boxClass[box] = classIndex;
  }

  /** Nobody labelled the object: its boxes in the pictures go with it. */
  remove(row: number): void {
    this.removed[row] = 1;
    for (const box of this.boxesOf(row)) this.boxRemoved[box] = 1;
  }

  /** Answers the place of the cuboid in `added`. `like`: a row whose attributes it takes over, or -1. */
  add(frame: number, shape: CuboidShape, classIndex: number, track: number, like: number): number {
    const attributes = like < 0 ? 0 : this.attributes[like]!;
    const id = this.#freeId(frame);
    return this.added.push({ frame, id, classIndex, track, attributes, shape }) - 1;
  }

  #freeId(frame: number): string {
    const { frameStart, id } = this.index.labels.cuboids;
    const taken = new Set(this.added.filter((other) => other.frame === frame).map((other) => other.id));
    for (let row = frameStart[frame]!; row < frameStart[frame + 1]!; row++) taken.add(id.at(row)!);
    for (let number = 900_001; ; number++) if (!taken.has(String(number))) return String(number);
  }

  frame(at: number): Frame {
    return this.frames.get(at) ?? this.index.delivery.frames.at(at)!;
  }

  trackName(track: number): string | null {
    return track === NO_TRACK ? null : this.#tracks.names[track]!;
  }
}
