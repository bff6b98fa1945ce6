/** Where a panel would go that is let go at a place: which edge of which panel, and the room it would get there. */
import { type DockEdge, type DockZone, dockEdges } from './dockTree.ts';

/** CSS pixels of the window. */
export interface DockRectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface DockTarget {
  /** Null = everything. */
  readonly id: string | null;
  readonly zone: DockZone;
}

/** This near to the edge of everything the whole edge is meant. */
const outerPixels = 16;
/** Beyond this share of a panel from every edge its middle is meant. */
const middleFrom = 0.3;
const outerShare = 0.25;

/** Null outside, and over the panel that is moved. */
export function targetAt(
  all: DockRectangle,
  panels: ReadonlyMap<string, DockRectangle>,
  movedId: string,
  x: number,
  y: number,
): DockTarget | null {
  if (!isIn(all, x, y)) return null;
  const outer = nearestEdge(distances(all, x, y));
  if (outer.distance < outerPixels) return { id: null, zone: outer.edge };
  for (const [id, rectangle] of panels) {
    if (!isIn(rectangle, x, y)) continue;
    if (id === movedId) return null;
    const { left, right, top, bottom } = distances(rectangle, x, y);
    const { width, height } = rectangle;
    const nearest = nearestEdge({
      left: left / width,
      right: right / width,
      top: top / height,
      bottom: bottom / height,
    });
    return { id, zone: nearest.distance < middleFrom ? nearest.edge : 'middle' };
  }
  return null;
}

/** The room in a rectangle that the zone stands for. */
export function roomOf({ left, top, width, height }: DockRectangle, { id, zone }: DockTarget): DockRectangle {
  const share = id === null ? outerShare : 0.5;
  switch (zone) {
    case 'middle':
      return { left, top, width, height };
    case 'left':
      return { left, top, width: width * share, height };
    case 'right':
      return { left: left + width * (1 - share), top, width: width * share, height };
    case 'top':
      return { left, top, width, height: height * share };
    case 'bottom':
      return { left, top: top + height * (1 - share), width, height: height * share };
  }
}

function isIn({ left, top, width, height }: DockRectangle, x: number, y: number): boolean {
  return x >= left && x < left + width && y >= top && y < top + height;
}

function distances(
  { left, top, width, height }: DockRectangle,
  x: number,
  y: number,
): Record<DockEdge, number> {
  return { left: x - left, right: left + width - x, top: y - top, bottom: top + height - y };
}

function nearestEdge(by: Record<DockEdge, number>): { readonly edge: DockEdge; readonly distance: number } {
  const edge = dockEdges.reduce((nearest, other) => (by[other] < by[nearest] ? other : nearest));
  return { edge, distance: by[edge] };
}
