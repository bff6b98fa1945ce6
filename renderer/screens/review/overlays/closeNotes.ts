/**
 * What stands beside the label in one close view: its dimensions to the left and below, the distances of its faces
 * from their points above and to the right, and, seen from above, how many points are inside at the lower left
 * corner. Everything is outside the box and its tolerance shell, tied to it by leader lines; nothing lies on the
 * points.
 */
import { type CuboidShape, faceNames } from '../../../../shared/geometry/cuboid.ts';
import type { FaceGaps } from '../../../../shared/geometry/faceGaps.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import type { TagAnchor, TagTone } from '../../../viewport/shown.ts';
import { type CloseFace, closeDirections } from '../../../viewport/views/closeView.ts';
import type { FaceFinding } from '../faceFindings.ts';

export interface CloseWords {
  /** Inwards and outwards, metres; Infinity where no point was found. The limit is null where the spec has none. */
  readonly gap: (inward: number, outward: number, limit: number | null) => string;
  readonly inside: (count: number) => string;
}

export interface CloseChoice {
  readonly showDimensions: boolean;
  readonly showFaceGaps: boolean;
  readonly isFlipped: boolean;
  readonly toleranceMeters: number;
  /** Null while they are not measured. */
  readonly gaps: FaceGaps | null;
  /** Faces the sensor sees, with their limits: the others tell nothing of the fit. */
  readonly seen: readonly FaceFinding[];
  readonly words: CloseWords;
}

/** Both in the label's own axes from its centre, metres. */
export interface CloseLine {
  readonly from: Vec3;
  readonly to: Vec3;
  readonly isDashed: boolean;
  readonly tone: TagTone;
}

export interface CloseWord {
  readonly id: string;
  readonly place: Vec3;
  readonly text: string;
  readonly tone: TagTone;
  readonly anchor: TagAnchor;
}

export interface CloseNotes {
  readonly lines: readonly CloseLine[];
  readonly words: readonly CloseWord[];
}

/** Length of a leader line as a share of what the view shows of the label. */
const leaderShare = 0.12;

const axisNames = ['length', 'width', 'height'] as const;

export function closeNotes(size: CuboidShape['size'], face: CloseFace, choice: CloseChoice): CloseNotes {
  const { right, up } = closeDirections(face, choice.isFlipped);
  const lines: CloseLine[] = [];
  const words: CloseWord[] = [];
  const halfRight = size[right[0]]! / 2;
  const halfUp = size[up[0]]! / 2;
  const leader = Math.max(0.12, leaderShare * Math.max(size[right[0]]!, size[up[0]]!));
  // Beyond the shell, so that neither covers the other.
  const off = Math.max(leader, choice.toleranceMeters + 0.4 * leader);
  /** From the view's own right and up to the label's axes; the depth of the view stays at the label's middle. */
  const at = (r: number, u: number): Vec3 => {
    const place: [number, number, number] = [0, 0, 0];
    place[right[0]] = right[1] * r;
    place[up[0]] = up[1] * u;
    return place;
  };
  const line = (from: Vec3, to: Vec3, tone: TagTone, isDashed = false): void => {
    lines.push({ from, to, tone, isDashed });
  };

  if (choice.showDimensions) {
    const low = -halfUp - off;
    const left = -halfRight - off;
    const tick = 0.3 * leader;
    line(at(-halfRight, low), at(halfRight, low), 'quiet');
    line(at(left, -halfUp), at(left, halfUp), 'quiet');
    for (const end of [-1, 1]) {
      line(at(end * halfRight, -halfUp - tick), at(end * halfRight, low - tick), 'quiet');
      line(at(-halfRight - tick, end * halfUp), at(left - tick, end * halfUp), 'quiet');
    }
    for (const [axis, place, anchor] of [
      [right[0], at(0, low), 'below'],
      [up[0], at(left, 0), 'left'],
    ] as const) {
      words.push({
        ...{ id: axisNames[axis], place, anchor, tone: 'quiet' },
        text: `${size[axis]!.toFixed(2)} m`,
      });
    }
  }

  const { gaps } = choice;
  if (choice.showFaceGaps && gaps) {
    // One number for the whole box is said once.
    if (face === 'top') {
      const place = at(-halfRight - off, -halfUp - off);
      words.push({
        ...{ id: 'inside', place, anchor: 'below-left', tone: 'quiet' },
        text: choice.words.inside(gaps.inside),
      });
      line(at(-halfRight, -halfUp), place, 'quiet');
    }
    for (const [face0, name] of faceNames.entries()) {
      const axis = face0 >> 1;
      if (axis !== right[0] && axis !== up[0]) continue;
      const isUpward = axis === up[0];
      // Towards which side of the view this face looks.
      const side = (face0 % 2 === 0 ? 1 : -1) * (isUpward ? up[1] : right[1]);
      const [inward, outward] = [gaps.inward[face0]!, gaps.outward[face0]!];
      if (!Number.isFinite(inward) && !Number.isFinite(outward)) continue;
      const finding = choice.seen.find(({ at }) => at === face0);
      const tone: TagTone = finding?.isOver ? 'over' : 'quiet';
      /** `level`: metres beyond the face (inside: negative); `aside`: metres beyond the box's edge beside it. */
      const place = (level: number, aside: number): Vec3 =>
        isUpward
          ? at(halfRight + aside, side * (halfUp + level))
          : at(side * (halfRight + level), halfUp + aside);
      const from = Number.isFinite(inward) ? -inward : 0;
      const to = Number.isFinite(outward) ? outward : 0;
      line(place(0, 0), place(0, off), 'quiet');
      for (const level of [from, to]) {
        if (level !== 0) line(place(level, 0.25 * off), place(level, 0.75 * off), tone);
      }
      line(place(from, 0.5 * off), place(to, 0.5 * off), tone);
      const anchor: TagAnchor = isUpward ? 'right' : side > 0 ? 'above-right' : 'above-left';
      words.push({
        ...{ id: name, place: place(0, off), anchor, tone },
        text: choice.words.gap(inward, outward, finding?.limitMeters ?? null),
      });
    }
  }
  return { lines, words };
}
