/** Poses of the vehicle (or the lidar) by scene and frame, from files of rows. */
import type { Folder } from '../../base/bytes.ts';
import { invertRigid, matrixFromPose, multiply } from '../../geometry/matrix.ts';
import { normalizeQuaternion } from '../../geometry/rotation.ts';
import type { Mat4 } from '../../model/pose.ts';
import { stemOf } from '../paths.ts';
import type { ProblemList } from '../problemList.ts';
import { nanosOf } from '../timestamps.ts';
import { flatNumbers, nameOf } from '../toolExports/fields.ts';
import { forwardOf, levelFromAxes, metresOf, numberReader, rigidOf, rotationReader } from './conventions.ts';
import { ONLY_SCENE } from './labelRows.ts';
import type { PoseMapping } from './mappingDocument.ts';
import { matchedFiles } from './patternFiles.ts';
import { readRowText, rowsOf } from './rowFiles.ts';
import { type Row, valuePath } from './valuePath.ts';

export interface TimedPose {
  readonly timestampNanos: string | null;
  readonly worldFromSpace: Mat4;
}

/** By scene, then by frame. */
export type PoseTable = ReadonlyMap<string, ReadonlyMap<string, TimedPose>>;

export async function readPoses(
  mapping: PoseMapping,
  folder: Folder,
  problems: ProblemList,
): Promise<PoseTable> {
  const table = new Map<string, Map<string, TimedPose>>();
  const poseOf = poseReader(mapping);
  const text = (field: string | null, row: Row) => (field === null ? null : nameOf(valuePath(field).of(row)));
  const files = mapping.files.flatMap((pattern) => matchedFiles(folder, pattern));
  for (const { path, parts } of files) {
    const content = await readRowText(folder, path, mapping);
    if (!content.ok) {
      problems.add(content.problem);
      continue;
    }
    for (const row of rowsOf(content.value, path, mapping, (problem) => problems.add(problem))) {
      const timestampNanos =
        mapping.timestamp === null ? null : nanosOf(valuePath(mapping.timestamp).of(row));
      const scene = text(mapping.scene, row) ?? parts.scene ?? ONLY_SCENE;
      const named = text(mapping.frame, row) ?? parts.frame ?? timestampNanos;
      const frame = named ?? (mapping.frame === null ? stemOf(path) : null);
      const worldFromSpace = poseOf(row);
      if (frame === null || worldFromSpace === null) {
        const params = { field: frame === null ? 'frame' : 'position' };
        problems.add({ code: 'mapped-pose-unfit', severity: 'warning', path, place: row.place, params });
        continue;
      }
      const ofScene = table.get(scene) ?? new Map<string, TimedPose>();
      table.set(scene, ofScene.set(frame, { timestampNanos, worldFromSpace }));
    }
  }
  return table;
}

/** World from space, both turned into level axes; null where numbers are missing or are no rigid motion. */
function poseReader(mapping: PoseMapping): (row: Row) => Mat4 | null {
  const metres = metresOf[mapping.unit];
  const level = levelFromAxes[mapping.axes];
  const turned = (pose: Mat4): Mat4 => multiply(multiply(level, pose), invertRigid(level));
  if (mapping.matrix !== null) {
    const path = valuePath(mapping.matrix);
    return (row) => {
      const pose = rigidOf(flatNumbers(path.of(row)), metres);
      return pose && turned(pose);
    };
  }
  const [x, y, z] = [mapping.position.x, mapping.position.y, mapping.position.z].map(numberReader) as [
    (row: Row) => number,
    (row: Row) => number,
    (row: Row) => number,
  ];
  // Angles other than a heading turn the vehicle from where its own axes are the world's.
  const isHeading = mapping.rotation.kind === 'yaw';
  const zero = isHeading ? mapping.rotation.zero : forwardOf[mapping.axes];
  const rotationOf = rotationReader({ ...mapping.rotation, zero }, mapping.axes);
  return (row) => {
    const rotation = normalizeQuaternion(rotationOf(row));
    const position = [x(row) * metres, y(row) * metres, z(row) * metres] as const;
    if (!rotation || !position.every(Number.isFinite)) return null;
    // `rotation` brings own level axes into the vendor's world; only the world's side is still to be turned.
    return multiply(level, matrixFromPose(rotation, position));
  };
}
