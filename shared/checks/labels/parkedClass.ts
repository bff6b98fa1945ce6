/**
 * One thing that stands in the world, labelled as another class in some of its frames. Tracks show that by themselves;
 * this finds it by place, where there are no tracks or where the track ends with the class.
 */
import { groupedBy } from '../../base/groupedBy.ts';
import { transformPoint } from '../../geometry/matrix.ts';
import { NO_TRACK } from '../../model/labels.ts';
import type { Vec3 } from '../../model/pose.ts';
import { medianSize } from '../../scoring/motionHints.ts';
import { type CheckScene, classOfRow, hasShape } from '../scene.ts';
import { shapeOf } from './shapeOf.ts';

export interface OddClass {
  readonly row: number;
  /** The class of most labels of the thing, and their share. */
  readonly usual: string;
  readonly share: number;
  /** Frames in which it has the usual class. */
  readonly frames: number;
}

/** Labels of one thing lie so near to where it was seen first, metres in the world. */
const nearMeters = 0.4;
/** A thing must have one class in so many frames for the others to be odd. */
const fewestFrames = 5;
/** Times by which two labels of one thing may differ in any extent. */
const likeSize = 1.25;

interface Standing {
  readonly place: Vec3;
  readonly rows: number[];
}

/** Empty where the frames have no poses. */
export function oddClasses(scene: CheckScene): OddClass[] {
  return standingThings(scene).flatMap((thing) => oddOf(scene, thing.rows));
}

function oddOf(scene: CheckScene, rows: readonly number[]): OddClass[] {
  const { frame, track } = scene.index.labels.cuboids;
  const byClass = groupedBy(rows, (row) => classOfRow(scene, row).name);
  if (byClass.size < 2) return [];
  const [usual, of] = [...byClass].reduce((most, one) => (one[1].length > most[1].length ? one : most));
  const frames = new Set(of.map((row) => frame[row]!));
  if (frames.size < fewestFrames) return [];
  const tracks = new Set(of.map((row) => track[row]!).filter((name) => name !== NO_TRACK));
  const size = medianSize(of.map((row) => shapeOf(scene, row).size));
  const isOdd = (row: number): boolean =>
    classOfRow(scene, row).name !== usual &&
    // Two labels in one frame are two opinions of one instant, and a track's classes are its own affair.
    !frames.has(frame[row]!) &&
    !tracks.has(track[row]!) &&
    shapeOf(scene, row).size.every((extent, axis) => {
      const ratio = extent / size[axis]!;
      return ratio < likeSize && ratio > 1 / likeSize;
    });
  return rows.filter(isOdd).map((row) => ({
    ...{ row, usual, share: of.length / rows.length, frames: frames.size },
  }));
}

/** Labels by place in the world, each place once. */
function standingThings(scene: CheckScene): Standing[] {
  const { frame } = scene.index.labels.cuboids;
  const cells = new Map<string, Standing[]>();
  const things: Standing[] = [];
  const cellOf = (value: number): number => Math.floor(value / nearMeters);
  for (const row of scene.judged) {
    const pose = scene.frames[frame[row]! - scene.scene.frameStart]?.worldFromSpace;
    if (!pose || !hasShape(scene, row)) continue;
    const place = transformPoint(pose, shapeOf(scene, row).center);
    if (!place.every(Number.isFinite)) continue;
    const [east, north] = [cellOf(place[0]), cellOf(place[1])];
    const around = [-1, 0, 1].flatMap((dx) =>
      [-1, 0, 1].flatMap((dy) => cells.get(`${east + dx} ${north + dy}`) ?? []),
    );
    const near = around.find((thing) => {
      const apart = thing.place.map((value, axis) => value - place[axis]!);
      return Math.hypot(...apart) < nearMeters;
    });
    if (near) {
      near.rows.push(row);
      continue;
    }
    const thing: Standing = { place, rows: [row] };
    things.push(thing);
    const key = `${east} ${north}`;
    const cell = cells.get(key);
    if (cell) cell.push(thing);
    else cells.set(key, [thing]);
  }
  return things;
}
