/** Waymo's boxes: lidar boxes in the vehicle's axes, the same moved to a camera's time, and boxes in pictures. */
import { quaternionFromYaw } from '../../geometry/rotation.ts';
import type { AttributeSet, AttributeValue } from '../../model/labels.ts';
import type { Vec3 } from '../../model/pose.ts';
import type { LabelTableBuilder } from '../labelTableBuilder.ts';
import { cameraName, PIXEL_CENTRE } from './waymoCameras.ts';
import type { WaymoRows, WaymoTable } from './waymoTable.ts';

const CLASSES = ['unknown', 'vehicle', 'pedestrian', 'sign', 'cyclist'];

/** Files state types by number or by name. */
function className(rows: WaymoRows, row: number): string {
  const type = rows.number('type', row);
  if (!Number.isNaN(type)) return CLASSES[type] ?? `type ${type}`;
  const value = rows.value('type', row);
  return typeof value === 'string' ? value.replace(/^TYPE_/, '').toLowerCase() : CLASSES[0]!;
}

/** Columns that become geometry, class or a count, and no attribute. */
const KNOWN =
  /^(camera_synced_)?box\.(center|size)\.[xyz]$|^(camera_synced_)?box\.heading$|^type$|^num_lidar_points_in_box$/;

export function labelColumns(table: WaymoTable): string[] {
  const keys = ['frame_timestamp_micros', 'camera_name', 'laser_object_id', 'camera_object_id'];
  return [...keys, ...table.values];
}

function attributesOf(table: WaymoTable, rows: WaymoRows, row: number): AttributeSet {
  const attributes: [string, AttributeValue][] = [];
  for (const name of table.values) {
    if (KNOWN.test(name)) continue;
    const value = rows.value(name, row);
    if (typeof value === 'bigint') {
      const number = Number(value);
      attributes.push([name, Number.isSafeInteger(number) ? number : String(value)]);
    } else if (typeof value === 'number' && Number.isFinite(value)) attributes.push([name, value]);
    else if (typeof value === 'string' || typeof value === 'boolean') attributes.push([name, value]);
  }
  return Object.fromEntries(attributes);
}

const vector = (rows: WaymoRows, row: number, name: string): Vec3 => [
  rows.number(`${name}.x`, row),
  rows.number(`${name}.y`, row),
  rows.number(`${name}.z`, row),
];

/** Joins rows of different tables: `time/object`. */
export type Handles = Map<string, number>;

export interface LabelPlace {
  /** Index of the frame by its time; undefined for a time that no frame has. */
  readonly frameAt: ReadonlyMap<string, number>;
  readonly camera: (name: string) => number;
  /** Told once per table: its rows of times without a frame. */
  readonly reportStray: (table: WaymoTable, rows: number) => void;
}

/** Adds a table of 3D boxes; answers the handle of each by its time and object. `box`: `box` or `camera_synced_box`. */
export function addCuboids(
  labels: LabelTableBuilder,
  table: WaymoTable,
  rows: WaymoRows,
  box: string,
  { frameAt, reportStray }: LabelPlace,
  classOf: ReadonlyMap<string, string> | null,
): { handles: Handles; classes: Map<string, string> } {
  const handles: Handles = new Map();
  const classes = new Map<string, string>();
  let stray = 0;
  for (let row = 0; row < rows.count; row++) {
    const time = rows.key('frame_timestamp_micros', row) ?? '';
    const object = rows.key('laser_object_id', row);
    const frame = frameAt.get(time);
    if (frame === undefined) {
      stray++;
      continue;
    }
    const id = object ?? `row-${row}`;
    // The moved boxes state no class: theirs is that of the box they were moved from.
    const name = classOf ? (classOf.get(id) ?? CLASSES[0]!) : className(rows, row);
    classes.set(id, name);
    const handle = labels.addCuboid({
      frame,
      id,
      className: name,
      track: object,
      attributes: attributesOf(table, rows, row),
      path: table.path,
      place: `row ${row}`,
      center: vector(rows, row, `${box}.center`),
      size: vector(rows, row, `${box}.size`),
      rotation: quaternionFromYaw(rows.number(`${box}.heading`, row)),
      statedPoints: rows.number('num_lidar_points_in_box', row),
    });
    if (object !== null) handles.set(`${time}/${object}`, handle);
  }
  if (stray > 0) reportStray(table, stray);
  return { handles, classes };
}

/** Adds a table of boxes in pictures; `cuboidOf` answers which cuboid of the frame is the same object. */
export function addBoxes(
  labels: LabelTableBuilder,
  table: WaymoTable,
  rows: WaymoRows,
  objectKey: 'camera_object_id' | 'laser_object_id',
  { frameAt, camera, reportStray }: LabelPlace,
  cuboidOf: (time: string, camera: string, object: string) => number | undefined,
): void {
  let stray = 0;
  for (let row = 0; row < rows.count; row++) {
    const time = rows.key('frame_timestamp_micros', row) ?? '';
    const frame = frameAt.get(time);
    const key = rows.key('camera_name', row);
    if (frame === undefined || key === null) {
      stray++;
      continue;
    }
    const name = cameraName(key);
    const object = rows.key(objectKey, row);
    const [x, y] = [
      rows.number('box.center.x', row) - PIXEL_CENTRE,
      rows.number('box.center.y', row) - PIXEL_CENTRE,
    ];
    const [halfX, halfY] = [rows.number('box.size.x', row) / 2, rows.number('box.size.y', row) / 2];
    const cuboid = object === null ? undefined : cuboidOf(time, name, object);
    labels.addBox2d({
      frame,
      id: `${name}/${object ?? `row-${row}`}`,
      className: className(rows, row),
      track: object,
      attributes: attributesOf(table, rows, row),
      path: table.path,
      place: `row ${row}`,
      camera: camera(name),
      ltrb: [x - halfX, y - halfY, x + halfX, y + halfY],
      ...(cuboid === undefined ? {} : { cuboid }),
    });
  }
  if (stray > 0) reportStray(table, stray);
}
