/**
 * What the mouse means in the views: a place under the cursor that answers questions about the scene, and what a
 * screen does with a click or a drag there.
 */
import type { Ray } from '../../shared/geometry/ray.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import type { EngineView } from './engineContract.ts';

/** A place of one view. What it tells of space is in the frame's space, metres. */
export interface PointerPlace {
  /** Id of the pane. */
  readonly id: string;
  readonly view: EngineView;
  /** CSS pixels from the view's top left corner. */
  readonly x: number;
  readonly y: number;
  /** From the eye (or the plane of an orthographic view) into the scene; null in a picture without a known lens. */
  ray(): Ray | null;
  /** Pixel of the picture; null in a view of points. */
  pixel(): readonly [u: number, v: number] | null;
  /** Row of the cuboid under it. */
  row(): number | null;
  /** The first lidar point under it, in pictures too. */
  point(): Promise<Vec3 | null>;
  /** Where it meets the ground. */
  ground(): Promise<Vec3 | null>;
}

/** Something taken hold of by a press; the view itself does not move meanwhile. */
export interface Drag {
  move(to: PointerPlace, event: PointerEvent): void;
  /** The button went up. */
  end(): void;
  /** The press was taken away (Escape, another window): as if it had never been. */
  cancel(): void;
}

/** What a screen does with the mouse; read at each event, so it may change at will. */
export interface Pointing {
  /** `cross` where the next click picks a place. */
  readonly cursor: 'select' | 'cross';
  onClick(place: PointerPlace, event: PointerEvent): void;
  /** What a press of the left button takes hold of; null = the press moves the view. */
  grab?(place: PointerPlace): Drag | null;
  /** CSS cursor over a place that can be taken hold of; null = the usual. Asked on every move: must be cheap. */
  cursorAt?(place: PointerPlace): string | null;
  /** The cursor left the view. */
  onLeave?(): void;
}

/** A click selects the label under it. */
export function selecting(onSelect: (row: number) => void): Pointing {
  return {
    cursor: 'select',
    onClick(place) {
      const row = place.row();
      if (row !== null) onSelect(row);
    },
  };
}

/** Nothing happens on a click. */
export const pointingIdle: Pointing = { cursor: 'select', onClick: () => undefined };
