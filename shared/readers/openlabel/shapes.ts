/** OpenLABEL's geometries other than cuboids and boxes, as kind and coordinates; what has no outline keeps its facts. */
import type { AttributeSet, ShapeLabel } from '../../model/labels.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asAttribute, asList, asNumber, asNumbers, asRecord, asText, entriesOf } from '../jsonValues.ts';
import { naturalOrder } from '../paths.ts';
import { pointsOfChain } from './chainCode.ts';
import type { GeometryItem } from './objectData.ts';

export interface ShapeValue {
  readonly kind: ShapeLabel['kind'];
  /** Numbers per point: 2 = pixels of a camera, 3 = metres in the item's coordinate system, 0 = no points. */
  readonly dimensions: 0 | 2 | 3;
  readonly coordinates: readonly number[];
  /** What the geometry says beside its points. */
  readonly facts: AttributeSet;
}

/** All numbers, in whole groups of `dimensions` and at least one group; null for anything else. */
function coordinatesOf(value: unknown, dimensions: 2 | 3): number[] | null {
  const numbers = asList(value).map(asNumber);
  const isWhole = numbers.length > 0 && numbers.length % dimensions === 0;
  return isWhole && numbers.every((number) => number !== null) ? (numbers as number[]) : null;
}

/** `MODE_POLY2D_RELATIVE`: the first point is absolute, all others are given from it. */
function fromFirst(points: readonly number[] | null): number[] | null {
  return points?.map((value, i) => (i < 2 ? value : value + points[i % 2]!)) ?? null;
}

function poly2d(value: unknown, mode: string): number[] | null {
  switch (mode) {
    case 'MODE_POLY2D_SRF6DCC':
    case 'MODE_POLY2D_RS6FCC':
      return pointsOfChain(asList(value));
    case 'MODE_POLY2D_RELATIVE':
      return fromFirst(coordinatesOf(value, 2));
    case '':
    case 'MODE_POLY2D_ABSOLUTE':
      return coordinatesOf(value, 2);
    default:
      return null;
  }
}

/** Vertices in the order of their numbers; lines, areas and everybody's attributes stay readable as text. */
function mesh(raw: JsonRecord): ShapeValue | null {
  const vertices = entriesOf(raw.point3d)
    .sort(([a], [b]) => naturalOrder(a, b))
    .map(([, point]) => asNumbers(asRecord(point)?.val, 3));
  if (vertices.length === 0 || vertices.some((vertex) => vertex === null)) return null;
  const parts = ['point3d', 'line_reference', 'area_reference'] as const;
  const facts = Object.fromEntries(
    parts.filter((part) => asRecord(raw[part])).map((part) => [part, asAttribute(raw[part])]),
  );
  return { kind: 'mesh', dimensions: 3, coordinates: vertices.flatMap((vertex) => vertex!), facts };
}

/** Lists up to here are kept whole as an attribute. */
const SHORT_LIST = 64;

/** Payloads are told by their length: a picture of a megabyte is no attribute. */
function payload(item: GeometryItem): ShapeValue | null {
  const text = asText(item.value);
  const list = asList(item.value);
  if (text === null && !Array.isArray(item.value)) return null;
  const kept: AttributeSet = list.length <= SHORT_LIST ? { val: asAttribute(list) } : {};
  const facts: AttributeSet = text !== null ? { characters: text.length } : { values: list.length, ...kept };
  return { kind: item.kind === 'image' ? 'mask' : 'other', dimensions: 0, coordinates: [], facts };
}

function outline(
  kind: ShapeLabel['kind'],
  dimensions: 2 | 3,
  coordinates: readonly number[] | null,
): ShapeValue | null {
  return coordinates && { kind, dimensions, coordinates, facts: {} };
}

/** Null where the value is none of its kind. Cuboids and boxes are not shapes. */
export function shapeFromItem(item: GeometryItem): ShapeValue | null {
  const { kind, value, raw } = item;
  const closed = raw.closed === true ? 'polygon' : 'polyline';
  switch (kind) {
    case 'point2d':
      return outline('points', 2, asNumbers(value, 2));
    case 'point3d':
      return outline('points', 3, asNumbers(value, 3));
    case 'poly2d':
      return outline(closed, 2, poly2d(value, asText(raw.mode) ?? ''));
    case 'poly3d':
      return outline(closed, 3, coordinatesOf(value, 3));
    case 'mesh':
      return mesh(raw);
    default:
      return payload(item);
  }
}
