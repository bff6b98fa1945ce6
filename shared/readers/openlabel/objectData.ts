/** The labels of one object in one frame: static and per-frame data merged, attributes flattened. */
import type { AttributeSet, AttributeValue } from '../../model/labels.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asAttribute, asList, asRecord, asText } from '../jsonValues.ts';

const GEOMETRY_KINDS = ['cuboid', 'bbox', 'rbbox'] as const;
const ATTRIBUTE_KINDS = ['boolean', 'num', 'text', 'vec'] as const;

export interface GeometryItem {
  readonly kind: (typeof GEOMETRY_KINDS)[number];
  readonly name: string;
  readonly coordinateSystem: string | null;
  /** As written: whoever uses it checks its length. */
  readonly value: unknown;
  readonly attributes: AttributeSet;
}

type Pairs = readonly (readonly [string, AttributeValue])[];

interface Parsed {
  readonly items: readonly (Omit<GeometryItem, 'attributes'> & { readonly ownAttributes: Pairs })[];
  /** Attributes that stand beside the geometry and hold for all of it. */
  readonly shared: Pairs;
}

const NOTHING: Parsed = { items: [], shared: [] };

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

export function parseObjectData(data: JsonRecord | null): Parsed {
  if (!data) return NOTHING;
  const items = GEOMETRY_KINDS.flatMap((kind) =>
    asList(data[kind]).flatMap((value) => {
      const item = asRecord(value);
      if (!item) return [];
      const name = asText(item.name) ?? '';
      const coordinateSystem = asText(item.coordinate_system);
      const ownAttributes = attributePairs(asRecord(item.attributes));
      return [{ kind, name, coordinateSystem, value: item.val, ownAttributes }];
    }),
  );
  return { items, shared: attributePairs(data) };
}

/**
 * Items of the frame replace static ones of the same kind, name and coordinate system (what tells several boxes of
 * one object apart); the other static ones stay. Shared attributes hold for every item, an item's own win.
 */
export function mergeObjectData(fixed: Parsed, perFrame: Parsed): GeometryItem[] {
  const key = ({ kind, name, coordinateSystem }: Parsed['items'][number]) =>
    JSON.stringify([kind, name, coordinateSystem]);
  const replaced = new Set(perFrame.items.map(key));
  const items = [...fixed.items.filter((item) => !replaced.has(key(item))), ...perFrame.items];
  return items.map(({ ownAttributes, ...item }) => ({
    ...item,
    attributes: Object.fromEntries([...fixed.shared, ...perFrame.shared, ...ownAttributes]),
  }));
}
