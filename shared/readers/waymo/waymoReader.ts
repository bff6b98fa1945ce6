/**
 * Waymo Open Dataset, perception, version 2: a folder per component, in it a Parquet file per segment, rows joined by
 * their keys. Frames are in the vehicle's axes: x forward, y left, z up.
 */
import type { Folder } from '../../base/bytes.ts';
import { ProblemError } from '../../base/problem.ts';
import type { FileRef, ImageRef, SweepRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import { naturalOrder } from '../paths.ts';

import type { WaymoCamera } from './waymoCameras.ts';
import { cameraColumns, cameraName, cameraOf, IMAGE, imageColumns, imageTiming } from './waymoCameras.ts';
import type { Tag } from './waymoFiles.ts';
import { isComponent, LABEL_TAGS, SegmentFiles } from './waymoFiles.ts';
import type { Handles, LabelPlace } from './waymoLabels.ts';
import { addBoxes, addCuboids, labelColumns } from './waymoLabels.ts';
import type { KeyName, WaymoRows, WaymoTable } from './waymoTable.ts';
import { openTable } from './waymoTable.ts';

const SPACE = 'vehicle';
const LASERS = ['UNKNOWN', 'TOP', 'FRONT', 'SIDE_LEFT', 'SIDE_RIGHT', 'REAR'];
/** Boxes moved to the time a camera saw them, and their projections: the same work once more, not what is judged. */
const SYNCED = 'camera-synced';

/** Bytes from the end of a file in which its column names stand. */
const FOOTER_READ = 1 << 16;
/** Files that are looked into: one of them may be damaged. */
const MOST_LOOKED_INTO = 4;

async function detect(folder: Folder): Promise<number> {
  const tables = folder.entries.filter(({ path }) => isComponent(path));
  const smallest = tables.toSorted((a, b) => a.size - b.size).slice(0, MOST_LOOKED_INTO);
  for (const { path } of smallest) if (await namesSegment(folder, path)) return 0.95;
  return 0;
}

async function namesSegment(folder: Folder, path: string): Promise<boolean> {
  try {
    const source = await folder.open(path);
    const tail = await source.slice(Math.max(0, source.length - FOOTER_READ), source.length);
    return new TextDecoder().decode(tail).includes('key.segment_context_name');
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

interface Table {
  readonly table: WaymoTable;
  readonly rows: WaymoRows;
}

class SegmentReader {
  readonly #segment: string;
  readonly #files: SegmentFiles;
  readonly #folderOf: (file: FileRef) => Folder;
  readonly #builder: DeliveryBuilder;

  constructor(
    segment: string,
    files: SegmentFiles,
    folderOf: (file: FileRef) => Folder,
    builder: DeliveryBuilder,
  ) {
    this.#segment = segment;
    this.#files = files;
    this.#folderOf = folderOf;
    this.#builder = builder;
  }

  async read(): Promise<void> {
    this.#builder.startScene(this.#segment);
    for (const tag of LABEL_TAGS) {
      const file = this.#files.of(tag, this.#segment);
      if (file?.root === 'delivery') this.#builder.labelFile(file.path);
    }
    const poses = await this.#poses();
    const lidar = await this.#rows('lidar', ['frame_timestamp_micros', 'laser_name']);
    const images = await this.#rows('camera_image', [
      'frame_timestamp_micros',
      'camera_name',
      ...imageColumns,
    ]);
    const boxes = await this.#rows('lidar_box');
    const cameras = await this.#cameras();
    const times = new Set(poses.keys());
    for (const part of [lidar, images, boxes]) for (const time of timesOf(part)) times.add(time);
    const sweeps = this.#sweeps(lidar);
    const pictures = this.#pictures(images, cameras, poses);
    const frameAt = new Map<string, number>();
    for (const time of [...times].sort(naturalOrder)) {
      const worldFromSpace = poses.get(time);
      const frame = this.#builder.addFrame({
        key: time,
        timestampNanos: /^\d{1,18}$/.test(time) ? (BigInt(time) * 1000n).toString() : null,
        space: SPACE,
        sweeps: sweeps.get(time) ?? [],
        images: pictures.get(time) ?? [],
        ...(worldFromSpace ? { worldFromSpace } : {}),
      });
      frameAt.set(time, frame);
    }
    await this.#labels(boxes, frameAt);
  }

  /** Columns of all rows of a component; null where the segment has none or it cannot be read. */
  async #rows(tag: Tag, columns?: readonly string[]): Promise<Table | null> {
    const file = this.#files.of(tag, this.#segment);
    if (!file) return null;
    const table = await openTable(() => this.#folderOf(file).open(file.path), file.path);
    const rows = table.ok ? await table.value.read(columns ?? labelColumns(table.value)) : table;
    if (table.ok && rows.ok) return { table: table.value, rows: rows.value };
    if (!rows.ok) this.#builder.problems.add(rows.problem);
    return null;
  }

  /** World from the vehicle, by time. */
  async #poses(): Promise<Map<string, Mat4>> {
    const poses = new Map<string, Mat4>();
    const name = 'world_from_vehicle.transform';
    const part = await this.#rows('vehicle_pose', ['frame_timestamp_micros', name]);
    if (!part) return poses;
    for (let row = 0; row < part.rows.count; row++) {
      const time = part.rows.key('frame_timestamp_micros', row);
      const pose = part.rows.pose(name, row);
      if (time !== null && pose) poses.set(time, pose);
      else {
        const { path } = part.table;
        this.#builder.problems.add({
          code: 'waymo-pose-bad',
          severity: 'warning',
          path,
          place: `row ${row}`,
        });
      }
    }
    return poses;
  }

  #sweeps(lidar: Table | null): Map<string, SweepRef[]> {
    const file = this.#files.of('lidar', this.#segment);
    const companions = (['lidar_calibration', 'lidar_pose', 'vehicle_pose'] as const).flatMap(
      (tag) => this.#files.of(tag, this.#segment) ?? [],
    );
    return grouped(lidar, (rows, row) => {
      const laser = rows.key('laser_name', row) ?? '';
      const name = /^\d$/.test(laser) ? (LASERS[Number(laser)] ?? laser) : laser;
      return { ...file!, lidar: name, encoding: 'range-image', part: { row }, companions };
    });
  }

  /** By name, for one table may number its cameras and another name them. */
  async #cameras(): Promise<Map<string, WaymoCamera>> {
    const cameras = new Map<string, WaymoCamera>();
    const part = await this.#rows('camera_calibration', ['camera_name', ...cameraColumns]);
    if (!part) return cameras;
    for (let row = 0; row < part.rows.count; row++) {
      const key = part.rows.key('camera_name', row);
      const camera = cameraOf(part.rows, row);
      if (key !== null && camera) cameras.set(cameraName(key), camera);
      else {
        const { path } = part.table;
        const params = { camera: cameraName(key ?? '') };
        this.#builder.problems.add({ code: 'waymo-camera-bad', severity: 'warning', path, params });
      }
    }
    return cameras;
  }

  #pictures(
    images: Table | null,
    cameras: ReadonlyMap<string, WaymoCamera>,
    poses: ReadonlyMap<string, Mat4>,
  ): Map<string, ImageRef[]> {
    const file = this.#files.of('camera_image', this.#segment);
    const column = images?.table.fullName(IMAGE);
    if (!file || !images || !column) return new Map();
    return grouped(images, (rows, row) => {
      const name = cameraName(rows.key('camera_name', row) ?? '');
      const known = cameras.get(name) ?? null;
      const camera = this.#builder.camera(name);
      const timing = imageTiming(
        rows,
        row,
        known,
        poses.get(rows.key('frame_timestamp_micros', row) ?? '') ?? null,
      );
      const calibration = known
        ? this.#builder.calibration({
            camera,
            model: known.model,
            cameraFromSpace: known.cameraFromVehicle,
            ...known.size,
            ...(known.shutter ? { shutter: known.shutter } : {}),
          })
        : -1;
      return { ...file, camera, calibration, encoding: 'parquet', part: { row, name: column }, ...timing };
    });
  }

  async #labels(boxes: Table | null, frameAt: ReadonlyMap<string, number>): Promise<void> {
    const place: LabelPlace = {
      frameAt,
      camera: (name) => this.#builder.camera(name),
      reportStray: (table, rows) => {
        const params = { rows };
        this.#builder.problems.add({
          code: 'waymo-rows-stray',
          severity: 'warning',
          path: table.path,
          params,
        });
      },
    };
    const judged = boxes && addCuboids(this.#builder.labels, boxes.table, boxes.rows, 'box', place, null);
    await this.#cameraBoxes(judged?.handles ?? new Map(), place);
    await this.#syncedBoxes(judged?.classes ?? new Map(), place);
  }

  async #cameraBoxes(handles: Handles, place: LabelPlace): Promise<void> {
    const part = await this.#rows('camera_box');
    if (!part) return;
    const links = await this.#associations();
    addBoxes(
      this.#builder.labels,
      part.table,
      part.rows,
      'camera_object_id',
      place,
      (time, camera, object) => {
        const laserObject = links.get(`${time}/${camera}/${object}`);
        return laserObject === undefined ? undefined : handles.get(`${time}/${laserObject}`);
      },
    );
  }

  /** The lidar's object by time, camera and the camera's object. */
  async #associations(): Promise<Map<string, string>> {
    const links = new Map<string, string>();
    const keys: KeyName[] = ['frame_timestamp_micros', 'camera_name', 'camera_object_id', 'laser_object_id'];
    const part = await this.#rows('camera_to_lidar_box_association', keys);
    if (!part) return links;
    for (let row = 0; row < part.rows.count; row++) {
      const [time, camera, object, laserObject] = keys.map((key) => part.rows.key(key, row) ?? '');
      if (laserObject) links.set(`${time}/${cameraName(camera!)}/${object}`, laserObject);
    }
    return links;
  }

  async #syncedBoxes(classes: ReadonlyMap<string, string>, place: LabelPlace): Promise<void> {
    const moved = await this.#rows('lidar_camera_synced_box');
    const projected = await this.#rows('projected_lidar_box');
    if (!moved && !projected) return;
    const labels = this.#builder.otherLabels(SYNCED, 'vendor');
    const added = moved && addCuboids(labels, moved.table, moved.rows, 'camera_synced_box', place, classes);
    if (!projected) return;
    addBoxes(labels, projected.table, projected.rows, 'laser_object_id', place, (time, _, object) =>
      added?.handles.get(`${time}/${object}`),
    );
  }
}

function timesOf(part: Table | null): string[] {
  if (!part) return [];
  const times: string[] = [];
  for (let row = 0; row < part.rows.count; row++)
    times.push(part.rows.key('frame_timestamp_micros', row) ?? '');
  return times.filter((time) => time !== '');
}

/** Makes one value of each row, by the row's time. */
function grouped<Value>(
  part: Table | null,
  make: (rows: WaymoRows, row: number) => Value,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (let row = 0; part && row < part.rows.count; row++) {
    const time = part.rows.key('frame_timestamp_micros', row) ?? '';
    const group = groups.get(time);
    if (group) group.push(make(part.rows, row));
    else groups.set(time, [make(part.rows, row)]);
  }
  return groups;
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const files = new SegmentFiles(folder, context.sensors);
  const folderOf = ({ root }: FileRef) => (root === 'delivery' ? folder : context.sensors!);
  for (const [position, segment] of files.segments.entries()) {
    context.signal?.throwIfAborted();
    await new SegmentReader(segment, files, folderOf, builder).read();
    context.progress?.(position + 1, files.segments.length);
  }
  return builder.build('waymo');
}

export const waymoReader: Reader = {
  id: 'waymo',
  lookedFor: 'readers.lookedFor.waymo',
  detect,
  index,
};
