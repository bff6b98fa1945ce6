/** The labels of one object in one frame: static and per-frame data merged, attributes flattened. */
import type { AttributeSet, AttributeValue } from '../../model/labels.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asAttribute, asList, asRecord, asText } from '../jsonValues.ts';

const GEOMETRY_KINDS = [
  'cuboid',
  'bbox',
  'rbbox',
  'point2d',
  'point3d',
  'poly2d',
  'poly3d',
  'mesh',
  'image',
  'binary',
  'mat',
  'area_reference',
  'line_reference',
] as const;
const ATTRIBUTE_KINDS = ['boolean', 'num', 'text', 'vec'] as const;

/** Every list that `object_data` may hold: what a pointer may point to. */
export const dataKinds: readonly string[] = [...GEOMETRY_KINDS, ...ATTRIBUTE_KINDS];

/** Keys of a geometry that are read for what they mean; all others are kept as attributes under their own name. */
const READ_KEYS = new Set([
  'name',
  'val',
  'coordinate_system',
  'attributes',
  'point3d',
  'line_reference',
  'area_reference',
]);

export interface GeometryItem {
  readonly kind: (typeof GEOMETRY_KINDS)[number];
  readonly name: string;
  readonly coordinateSystem: string | null;
  /** As written: whoever uses it checks its length. */
  readonly value: unknown;
  readonly raw: JsonRecord;
  readonly attributes: AttributeSet;
}

type Pairs = readonly (readonly [string, AttributeValue])[];

export interface ParsedData {
  readonly items: readonly (Omit<GeometryItem, 'attributes'> & { readonly ownAttributes: Pairs })[];
  /** Attributes that stand beside the geometry and hold for all of it. */
  readonly shared: Pairs;
}

const NOTHING: ParsedData = { items: [], shared: [] };

/** `{boolean: [{name, val}], num: [...], ...}` as pairs. */
function attributePairs(record: JsonRecord | null): Pairs {
  return ATTRIBUTE_KINDS.flatMap((kind) =>
    asList(record?.[kind]).flatMap((item) => {
      const entry = asRecord(item);
      const name = asText(entry?.name);
      return name === null ? [] : [[name, asAttribute(entry?.val ?? null)] as const];
    }),
  );
}

function otherKeys(item: JsonRecord): Pairs {
  return Object.entries(item)
    .filter(([key]) => !READ_KEYS.has(key))
    .map(([key, value]) => [key, asAttribute(value)] as const);
}

export function parseObjectData(data: JsonRecord | null): ParsedData {
  if (!data) return NOTHING;
  const items = GEOMETRY_KINDS.flatMap((kind) =>
    asList(data[kind]).flatMap((value) => {
      const item = asRecord(value);
      if (!item) return [];
      const name = asText(item.name) ?? '';
      const coordinateSystem = asText(item.coordinate_system);
      const ownAttributes = [...otherKeys(item), ...attributePairs(asRecord(item.attributes))];
      return [{ kind, name, coordinateSystem, value: item.val, raw: item, ownAttributes }];
    }),
  );
  return { items, shared: attributePairs(data) };
}

/** Attributes that hold for the whole object in this frame. */
export function sharedAttributes(fixed: ParsedData, perFrame: ParsedData): AttributeSet {
  return Object.fromEntries([...fixed.shared, ...perFrame.shared]);
}

/**
 * Items of the frame replace static ones of the same kind, name and coordinate system (what tells several boxes of
 * one object apart); the other static ones stay. Shared attributes hold for every item, an item's own win.
 */
export function mergeObjectData(fixed: ParsedData, perFrame: ParsedData): GeometryItem[] {
  const key = ({ kind, name, coordinateSystem }: ParsedData['items'][number]) =>
    JSON.stringify([kind, name, coordinateSystem]);
  const replaced = new Set(perFrame.items.map(key));
  const items = [...fixed.items.filter((item) => !replaced.has(key(item))), ...perFrame.items];
  return items.map(({ ownAttributes, ...item }) => ({
    ...item,
    attributes: Object.fromEntries([...fixed.shared, ...perFrame.shared, ...ownAttributes]),
  }));
}
