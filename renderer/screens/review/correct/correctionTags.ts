/**
 * The numbers beside the auditor's box, moved and written while it is pulled: page elements that the view places
 * after each draw. React is not asked, since a drag changes them with every movement.
 */

import { fromBoxAxes } from '../../../../shared/geometry/boxAxes.ts';
import { boxDelta } from '../../../../shared/geometry/boxDelta.ts';
import type { CuboidShape } from '../../../../shared/geometry/cuboid.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import type { Engine } from '../../../viewport/engineContract.ts';
import { type CloseFace, CloseView, closeDirections } from '../../../viewport/views/closeView.ts';
import type { Tag } from '../../../viewport/views/view.ts';
import styles from './correct.module.css';
import { limitText, valueText } from './deviationText.ts';
import type { Deviation } from './suggestion.ts';

/** Lines a tag has at most: what is read beside the points, not a table. */
const mostLines = 3;
/** CSS pixels between the boxes and the words. */
const besidePixels = 10;

export interface CorrectionTags {
  /** `deviations` worst first; null = nothing to tell. */
  show(
    told: {
      readonly label: CuboidShape;
      readonly shape: CuboidShape;
      readonly deviations: readonly Deviation[];
    } | null,
  ): void;
  remove(): void;
}

/** `nameOf` gives a quantity's name in the language of the page. */
export function createCorrectionTags(engine: Engine, nameOf: (quantity: string) => string): CorrectionTags {
  const tags = new Map<CloseFace, { readonly view: CloseView; readonly tag: Tag }>();

  function takeOff(face: CloseFace): void {
    const placed = tags.get(face);
    if (!placed) return;
    tags.delete(face);
    placed.tag.element.remove();
    const at = placed.view.tags.indexOf(placed.tag);
    if (at >= 0) placed.view.tags.splice(at, 1);
  }

  function tagIn(face: CloseFace): { readonly view: CloseView; readonly tag: Tag } | null {
    const view = engine.placeUnder(face, 0, 0)?.view;
    const placed = tags.get(face);
    if (placed && placed.view === view) return placed;
    takeOff(face);
    if (!(view instanceof CloseView)) return null;
    const element = document.createElement('div');
    element.className = styles.tag!;
    element.dataset.testid = `correction-tag-${face}`;
    view.element.append(element);
    const made = { view, tag: { element, place: [0, 0, 0] as Vec3 } };
    view.tags.push(made.tag);
    tags.set(face, made);
    return made;
  }

  return {
    show(told) {
      for (const face of ['top', 'side'] as const) {
        const lines = told?.deviations.filter(({ measured }) => isReadIn(face, measured.quantity)) ?? [];
        const placed = told && lines.length > 0 ? tagIn(face) : null;
        if (!told || !placed) {
          takeOff(face);
          continue;
        }
        const { view, tag } = placed;
        write(tag.element, lines.slice(0, mostLines), nameOf);
        setDown(view, tag, besideBoxes(view, told.label, told.shape).map(engine.drawnPlace));
        view.isDirty = true;
      }
      engine.redraw();
    },
    remove() {
      for (const face of [...tags.keys()]) takeOff(face);
    },
  };
}

/** Upright quantities are read from the side, all others from above. */
function isReadIn(face: CloseFace, quantity: string): boolean {
  const isUpright = ['center-vertical', 'height', 'top-face', 'bottom-face'].includes(quantity);
  return isUpright === (face === 'side');
}

function write(
  element: HTMLElement,
  lines: readonly Deviation[],
  nameOf: (quantity: string) => string,
): void {
  while (element.children.length > lines.length) element.lastElementChild!.remove();
  for (const [at, { measured, share }] of lines.entries()) {
    let line = element.children[at] as HTMLElement | undefined;
    if (!line) {
      line = document.createElement('span');
      line.dataset.pictureText = '';
      element.append(line);
    }
    const limit = limitText(measured);
    const text = `${nameOf(measured.quantity)} ${valueText(measured)}${limit === null ? '' : ` / ${limit}`}`;
    if (line.textContent !== text) line.textContent = text;
    line.toggleAttribute('data-over', measured.limit !== null && share > 1);
  }
}

/** Beside the boxes where there is room, on the right rather than on the left; else in the view's lower corner. */
function setDown(view: CloseView, tag: Tag, [right, left]: readonly Vec3[]): void {
  const width = tag.element.offsetWidth;
  const pixelOf = (place: Vec3): number =>
    ((view.camera.project(place)?.[0] ?? 0) * 0.5 + 0.5) * view.rectangle.width;
  const side =
    pixelOf(right!) + width <= view.rectangle.width ? 'right' : pixelOf(left!) >= width ? 'left' : 'corner';
  tag.element.dataset.side = side;
  tag.place = side === 'left' ? left! : right!;
  const at = view.tags.indexOf(tag);
  if (side !== 'corner' && at < 0) view.tags.push(tag);
  if (side !== 'corner') return;
  // Out of the view's hands: it stays where the style sheet puts it.
  if (at >= 0) view.tags.splice(at, 1);
  tag.element.style.transform = '';
  tag.element.style.visibility = 'visible';
}

/** Beside both boxes on the screen, level with the middle of the correction. */
function besideBoxes(view: CloseView, label: CuboidShape, shape: CuboidShape): [right: Vec3, left: Vec3] {
  const { right, up } = closeDirections(view.face, view.isFlipped);
  const { along, across, up: rise, yaw } = boxDelta(label, shape);
  const shift = [along, across, rise];
  const [cos, sin] = [Math.abs(Math.cos(yaw)), Math.abs(Math.sin(yaw))];
  const [length, width, height] = shape.size;
  // Extents of the turned box along the label's axes, in which this view looks.
  const extents = [cos * length + sin * width, sin * length + cos * width, height];
  const axis = right[0];
  const place = (side: 1 | -1): Vec3 => {
    const edge = Math.max(label.size[axis]! / 2, side * right[1] * shift[axis]! + extents[axis]! / 2);
    const at: [number, number, number] = [0, 0, 0];
    at[axis] = side * right[1] * (edge + besidePixels * view.metersPerPixel);
    at[up[0]] = shift[up[0]]!;
    return fromBoxAxes(label, at);
  };
  return [place(1), place(-1)];
}
