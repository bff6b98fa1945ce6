/** A row of PandaSet's cuboid table: world coordinates, x across and y along the object, yaw 0 along +y. */
import { quaternionFromYaw } from '../../geometry/rotation.ts';
import type { AttributeSet } from '../../model/labels.ts';
import type { Quaternion, Vec3 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asAttribute, asNumber, asText, entriesOf } from '../jsonValues.ts';

export interface PandasetCuboid {
  /** The vendor's `uuid`: one object over time, but of an object that both lidars saw each box has its own. */
  readonly uuid: string | null;
  readonly label: string;
  /** In the world, metres. */
  readonly center: Vec3;
  /** Length, width, height. */
  readonly size: Vec3;
  /** World from the cuboid's own axes. */
  readonly rotation: Quaternion;
  readonly attributes: AttributeSet;
}

const GEOMETRY = new Set([
  ...['uuid', 'label', 'yaw'],
  ...['x', 'y', 'z'].flatMap((axis) => [`position.${axis}`, `dimensions.${axis}`]),
]);

/** Numbers that are missing are NaN: the label stays, flagged unusable. */
export function pandasetCuboid(row: JsonRecord): PandasetCuboid {
  const number = (key: string) => asNumber(row[key]) ?? Number.NaN;
  const others = entriesOf(row).filter(([key, value]) => !GEOMETRY.has(key) && value !== null);
  return {
    uuid: asText(row.uuid) || null,
    label: asText(row.label) ?? '',
    center: [number('position.x'), number('position.y'), number('position.z')],
    size: [number('dimensions.y'), number('dimensions.x'), number('dimensions.z')],
    rotation: quaternionFromYaw(number('yaw') + Math.PI / 2),
    attributes: Object.fromEntries(others.map(([key, value]) => [key, asAttribute(value)])),
  };
}
