/** One row of the label columns as an object: for the selected label, a table row, a record. Never per frame. */
import type { AttributeSet, LabelTable } from './labels.ts';
import { CuboidFlag, NO_TRACK } from './labels.ts';
import type { Quaternion, Vec3 } from './pose.ts';

export interface Cuboid {
  readonly row: number;
  readonly id: string;
  readonly frame: number;
  readonly className: string;
  readonly track: string | null;
  readonly center: Vec3;
  readonly size: Vec3;
  readonly rotation: Quaternion;
  readonly attributes: AttributeSet;
  readonly isDerived: boolean;
  readonly isUsable: boolean;
}

export interface Box2d {
  readonly row: number;
  readonly id: string;
  readonly frame: number;
  readonly camera: number;
  readonly className: string;
  readonly track: string | null;
  /** Left, top, right, bottom, pixels. */
  readonly ltrb: readonly [number, number, number, number];
  readonly attributes: AttributeSet;
  /** Row of the linked cuboid, or -1. */
  readonly cuboid: number;
}

export function cuboidAt(labels: LabelTable, row: number): Cuboid {
  const { cuboids } = labels;
  const { center, size, rotation } = cuboids;
  const track = cuboids.track[row]!;
  const flags = cuboids.flags[row]!;
  return {
    row,
    id: cuboids.id.at(row)!,
    frame: cuboids.frame[row]!,
    className: labels.classes[cuboids.classIndex[row]!]!,
    track: track === NO_TRACK ? null : labels.tracks[track]!,
    center: [center[3 * row]!, center[3 * row + 1]!, center[3 * row + 2]!],
    size: [size[3 * row]!, size[3 * row + 1]!, size[3 * row + 2]!],
    rotation: [rotation[4 * row]!, rotation[4 * row + 1]!, rotation[4 * row + 2]!, rotation[4 * row + 3]!],
    attributes: labels.attributeSets[cuboids.attributes[row]!]!,
    isDerived: (flags & CuboidFlag.derived) !== 0,
    isUsable: (flags & CuboidFlag.unusable) === 0,
  };
}

export function box2dAt(labels: LabelTable, row: number): Box2d {
  const { boxes2d } = labels;
  const { ltrb } = boxes2d;
  const track = boxes2d.track[row]!;
  return {
    row,
    id: boxes2d.id.at(row)!,
    frame: boxes2d.frame[row]!,
    camera: boxes2d.camera[row]!,
    className: labels.classes[boxes2d.classIndex[row]!]!,
    track: track === NO_TRACK ? null : labels.tracks[track]!,
    ltrb: [ltrb[4 * row]!, ltrb[4 * row + 1]!, ltrb[4 * row + 2]!, ltrb[4 * row + 3]!],
    attributes: labels.attributeSets[boxes2d.attributes[row]!]!,
    cuboid: boxes2d.cuboid[row]!,
  };
}
