/** The shapes of CVAT XML 1.1: boxes are the unit of a lot; polygons, lines, points and masks are shown and counted. */
import type { AttributeSet, ShapeLabel } from '../../model/labels.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asNumber, asText } from '../jsonValues.ts';
import type { LabelTableBuilder } from '../labelTableBuilder.ts';
import { otherFields } from '../toolExports/fields.ts';
import { attributesOfElement, children, textOf } from './xmlDocument.ts';

/** Element names that hold one shape. */
export const shapeNames = [
  'box',
  'polygon',
  'polyline',
  'points',
  'ellipse',
  'cuboid',
  'mask',
  'skeleton',
  'tag',
] as const;
export type ShapeName = (typeof shapeNames)[number];

const READ_FIELDS = new Set(['label', 'xtl', 'ytl', 'xbr', 'ybr', 'points', 'frame', 'cx', 'cy', 'rx', 'ry']);

/** Corners of CVAT's drawn cuboid, as its attribute names have them: front and back, left and right. */
const CUBOID_CORNERS = ['tl1', 'tr1', 'br1', 'bl1', 'tl2', 'tr2', 'br2', 'bl2'] as const;

const KINDS: Readonly<Record<Exclude<ShapeName, 'box'>, ShapeLabel['kind']>> = {
  polygon: 'polygon',
  polyline: 'polyline',
  points: 'points',
  ellipse: 'ellipse',
  cuboid: 'other',
  mask: 'mask',
  skeleton: 'points',
  tag: 'other',
};

export interface ShapePlace {
  readonly labels: LabelTableBuilder;
  readonly frame: number;
  readonly camera: number;
  readonly className: string;
  readonly track: string | null;
  readonly id: string;
  readonly path: string;
  readonly place: string;
}

/** `u,v;u,v`; null where one is no pair of numbers. */
function pointsOf(text: string): number[] | null {
  const numbers = text.split(';').map((pair) => pair.split(',').map(asNumber));
  const isPairs = numbers.every((pair) => pair.length === 2 && pair.every((value) => value !== null));
  return isPairs ? (numbers.flat() as number[]) : null;
}

/** Written flags are `0` and `1`: as such they would read like counts. */
function plainAttributes(fields: JsonRecord): AttributeSet {
  const flags = ['occluded', 'outside', 'keyframe'];
  const rest = Object.entries(otherFields(fields, READ_FIELDS)).map(([name, value]) => {
    if (flags.includes(name)) return [name, value === '1'] as const;
    return [name, asNumber(value) ?? value] as const;
  });
  return Object.fromEntries(rest);
}

/** `<attribute name="...">value</attribute>` of a shape. */
function namedAttributes(element: JsonRecord): AttributeSet {
  const pairs = children(element, 'attribute').map((attribute) => {
    const value = textOf(attribute);
    const read = value === 'true' || value === 'false' ? value === 'true' : value;
    return [asText(attributesOfElement(attribute).name) ?? '', read] as const;
  });
  return Object.fromEntries(pairs.filter(([name]) => name !== ''));
}

/** An upright box around a box that was turned about its middle by `degrees`, clockwise on the screen. */
function hullOf([left, top, right, bottom]: readonly [number, number, number, number], degrees: number) {
  const [s, c] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)].map(Math.abs);
  const [w, h] = [(right - left) / 2, (bottom - top) / 2];
  const [halfWidth, halfHeight] = [w * c! + h * s!, w * s! + h * c!];
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return [u - halfWidth, v - halfHeight, u + halfWidth, v + halfHeight] as const;
}

function coordinatesOf(name: ShapeName, element: JsonRecord, fields: JsonRecord): number[] | null {
  const numbers = (names: readonly string[]) => {
    const values = names.map((key) => asNumber(fields[key]));
    return values.every((value) => value !== null) ? (values as number[]) : null;
  };
  switch (name) {
    case 'ellipse':
      return numbers(['cx', 'cy', 'rx', 'ry']);
    case 'cuboid':
      return numbers(CUBOID_CORNERS.flatMap((corner) => [`x${corner}`, `y${corner}`]));
    case 'mask':
    case 'tag':
      return [];
    case 'skeleton': {
      const parts = children(element, 'points').map((part) =>
        pointsOf(asText(attributesOfElement(part).points) ?? ''),
      );
      return parts.every((part) => part !== null) ? (parts.flat() as number[]) : null;
    }
    default:
      return pointsOf(asText(fields.points) ?? '');
  }
}

/** False where the element's numbers cannot be read. */
export function addCvatShape(name: ShapeName, element: JsonRecord, place: ShapePlace): boolean {
  const { labels, frame, camera, className, track, id } = place;
  const fields = attributesOfElement(element);
  const attributes = { ...plainAttributes(fields), ...namedAttributes(element) };
  const common = { frame, id, className, track, attributes };
  if (name !== 'box') {
    const coordinates = coordinatesOf(name, element, fields);
    if (coordinates === null) return false;
    labels.addShape({ ...common, kind: KINDS[name], camera: name === 'tag' ? null : camera, coordinates });
    return true;
  }
  const written = ['xtl', 'ytl', 'xbr', 'ybr'].map((key) => asNumber(fields[key]));
  if (written.some((value) => value === null)) return false;
  const ltrb = written as [number, number, number, number];
  const degrees = asNumber(fields.rotation) ?? 0;
  const turned: AttributeSet = degrees === 0 ? {} : { unrotated: ltrb };
  labels.addBox2d({
    ...common,
    path: place.path,
    place: place.place,
    attributes: { ...attributes, ...turned },
    camera,
    ltrb: degrees === 0 ? ltrb : hullOf(ltrb, degrees),
  });
  return true;
}
