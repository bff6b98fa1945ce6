/**
 * What a check measured, drawn into the views: distances with ends, boxes that are expected dashed, paths with a mark at
 * every place, rectangles in the picture they were measured in.
 */

import type { Evidence, evidenceRoles } from '../../../shared/checks/evidence.ts';
import { type CuboidShape, cornerSigns, cuboidEdges } from '../../../shared/geometry/cuboid.ts';
import { partsInLabel } from '../../../shared/geometry/measures.ts';
import { rotationFromQuaternion } from '../../../shared/geometry/rotation.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { type StrokeStyle, StrokeView } from '../../viewport/gpu/strokes.ts';
import { addBox, addHeading, addLine } from '../../viewport/labelStrokes.ts';
import type { PictureDrawing, SpaceDrawing } from '../../viewport/layers.ts';
import type { Palette } from '../../viewport/palette.ts';
import type { StrokePainter } from '../../viewport/react/useStrokeLayer.ts';
import type { SceneNote } from '../../viewport/shown.ts';
import { closeFaces } from '../../viewport/views/closeView.ts';

export type EvidenceRole = (typeof evidenceRoles)[number];

export interface DrawnEvidence {
  /** Index into `Delivery.frames`; -1 = nothing is drawn. */
  readonly frame: number;
  readonly pieces: readonly Evidence[];
}

export const noEvidence: DrawnEvidence = { frame: -1, pieces: [] };

const dashPixels = 5;
const markPixels = 5;

/** The same colour and dash wherever a role shows: views, pictures, legend. */
const looks: Readonly<Record<EvidenceRole, { readonly colour: keyof Palette; readonly isDashed: boolean }>> =
  {
    gap: { colour: 'measure', isDashed: false },
    overlap: { colour: 'measure', isDashed: false },
    expected: { colour: 'correction', isDashed: true },
    other: { colour: 'otherSource', isDashed: false },
    path: { colour: 'missed', isDashed: false },
    points: { colour: 'missed', isDashed: true },
    limit: { colour: 'tolerance', isDashed: true },
    ground: { colour: 'tolerance', isDashed: false },
  };

export const isDashed = (role: EvidenceRole): boolean => looks[role].isDashed;

function styleOf(role: EvidenceRole, palette: Palette): StrokeStyle {
  const { colour } = looks[role];
  return {
    colour: palette[colour] as StrokeStyle['colour'],
    width: 2,
    dash: isDashed(role) ? dashPixels : 0,
    views: StrokeView.close + StrokeView.context,
  };
}

function inSpace({ strokes, palette, place, shown }: SpaceDrawing, { frame, pieces }: DrawnEvidence): void {
  if (shown.frame !== frame) return;
  const mark = (at: Vec3, style: StrokeStyle): void =>
    strokes.add(at[0], at[1], at[2], at[0], at[1], at[2], { ...style, width: markPixels, dash: 0 });
  for (const piece of pieces) {
    const style = styleOf(piece.role, palette);
    if (piece.kind === 'segment') {
      const [from, to] = [place(piece.from), place(piece.to)];
      addLine(strokes, from, to, style);
      mark(from, style);
      mark(to, style);
    } else if (piece.kind === 'box') {
      const box = { ...piece, center: place(piece.center) };
      addBox(strokes, box, 0, style);
      addHeading(strokes, box, { ...style, dash: 0 });
    } else if (piece.kind === 'path') {
      const places = piece.points.map(place);
      for (const [at, to] of places.entries()) {
        if (at > 0) addLine(strokes, places[at - 1]!, to, style);
        mark(to, style);
      }
    }
  }
}

function inPicture(
  { strokes, palette, line, spot, camera, shown }: PictureDrawing,
  { frame, pieces }: DrawnEvidence,
): void {
  if (shown.frame !== frame) return;
  for (const piece of pieces) {
    const style = { ...styleOf(piece.role, palette), views: StrokeView.image };
    if (piece.kind === 'rectangle') {
      if (piece.camera === camera) addRectangle(strokes, piece.ltrb, style);
    } else if (piece.kind === 'segment') {
      line(piece.from, piece.to, style);
    } else if (piece.kind === 'box') {
      const corners = cornersOf(piece);
      for (const [from, to] of cuboidEdges) line(corners[from]!, corners[to]!, style);
    } else {
      for (const [at, to] of piece.points.entries()) {
        if (at > 0) line(piece.points[at - 1]!, to, style);
        const pixel = spot(to);
        if (pixel) {
          const [u, v] = pixel;
          strokes.add(u, v, 0, u, v, 0, { ...style, width: markPixels, dash: 0 });
        }
      }
    }
  }
}

function addRectangle(
  strokes: PictureDrawing['strokes'],
  [left, top, right, bottom]: readonly [number, number, number, number],
  style: StrokeStyle,
): void {
  const ring = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ] as const;
  for (const [at, [u, v]] of ring.entries()) {
    const [x, y] = ring[(at + 1) % 4]!;
    strokes.add(u, v, 0, x, y, 0, style);
  }
}

function cornersOf({ center, size, rotation }: CuboidShape): Vec3[] {
  const r = rotationFromQuaternion(rotation);
  return cornerSigns.map(([a, b, c]) => {
    const [x, y, z] = [(a * size[0]) / 2, (b * size[1]) / 2, (c * size[2]) / 2];
    return [
      center[0] + r[0]! * x + r[1]! * y + r[2]! * z,
      center[1] + r[3]! * x + r[4]! * y + r[5]! * z,
      center[2] + r[6]! * x + r[7]! * y + r[8]! * z,
    ];
  });
}

export const evidencePainter: StrokePainter<DrawnEvidence> = { inSpace, inPicture };

export interface SegmentNote {
  readonly place: Vec3;
  readonly text: string;
  /** Views in which it can be read off. */
  readonly views: SceneNote['views'];
}

/** Metres from which a distance reaches beyond the name of its label in the view around. */
const readFromAround = 2;

/**
 * The words of measured distances, each at its end away from the label, so that they do not cover it. A view that looks
 * along a distance does not show how long it is.
 */
export function segmentNotes(pieces: readonly Evidence[], label: CuboidShape | null): SegmentNote[] {
  return pieces.flatMap((piece): SegmentNote[] => {
    if (piece.kind !== 'segment' || !piece.text) return [];
    const { from, to, text } = piece;
    if (label === null) return [{ place: to, text, views: ['context'] }];
    const isFromFarther = distance(from, label.center) > distance(to, label.center);
    const { along, across, up } = partsInLabel(from, to, label.rotation);
    const length = Math.hypot(along, across, up);
    const seen = { top: Math.hypot(along, across), side: Math.hypot(along, up), end: Math.hypot(across, up) };
    const close = closeFaces.filter((face) => seen[face] >= 0.5 * length);
    const views = length >= readFromAround ? (['context', ...close] as const) : close;
    return [{ place: isFromFarther ? from : to, text, views }];
  });
}

function distance(a: Vec3, b: Vec3): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Roles in the order they are drawn, each once: the lines of the legend. */
export function rolesOf(pieces: readonly Evidence[]): EvidenceRole[] {
  return [...new Set(pieces.map(({ role }) => role))];
}

/** A cuboid around everything that is drawn in space: what to look at where there is no label. Null where nothing is. */
export function extentOf(pieces: readonly Evidence[]): CuboidShape | null {
  const places = pieces.flatMap((piece): readonly Vec3[] => {
    if (piece.kind === 'segment') return [piece.from, piece.to];
    if (piece.kind === 'box') return cornersOf(piece);
    return piece.kind === 'path' ? piece.points : [];
  });
  if (places.length === 0) return null;
  const bound = (axis: 0 | 1 | 2, pick: (...values: number[]) => number): number =>
    places.reduce((best, place) => pick(best, place[axis]), places[0]![axis]);
  const low = ([0, 1, 2] as const).map((axis) => bound(axis, Math.min));
  const high = ([0, 1, 2] as const).map((axis) => bound(axis, Math.max));
  const middle = (axis: 0 | 1 | 2): number => (low[axis]! + high[axis]!) / 2;
  const size = (axis: 0 | 1 | 2): number => Math.max(0.1, high[axis]! - low[axis]!);
  return {
    center: [middle(0), middle(1), middle(2)],
    size: [size(0), size(1), size(2)],
    rotation: [0, 0, 0, 1],
  };
}
