/** One scene of a mapped delivery: its frames paired with clouds and pictures, placed in the world, with their labels. */
import { transformCuboid } from '../../geometry/cuboid.ts';
import { identityMatrix, invertRigid } from '../../geometry/matrix.ts';
import type { ImageRef, SweepRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import { encodingByName, folderEncoding } from '../cloudEncoding.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import { reportImages, reportSweeps } from '../pairingProblems.ts';
import { isCloudPath } from '../paths.ts';
import type { PairedRole } from '../roleFiles.ts';
import type { MappedCalibrations } from './mappedCalibrations.ts';
import type { TimedPose } from './mappedPoses.ts';
import type { MappedSensors } from './mappedSensors.ts';
import type { FrameDraft, PlacedLabel, SceneTable } from './sceneTable.ts';

export interface SceneWork {
  readonly builder: DeliveryBuilder;
  readonly table: SceneTable;
  readonly sensors: MappedSensors;
  readonly calibrations: MappedCalibrations;
  readonly poses: ReadonlyMap<string, TimedPose>;
  readonly areWorldLabels: boolean;
  readonly scene: string;
  /** Whether track names restart per scene. */
  readonly hasSeveral: boolean;
}

interface LidarFiles {
  readonly name: string;
  readonly spaceFromPoints: Mat4 | null;
  readonly paired: PairedRole;
}

interface CameraFiles {
  readonly name: string;
  readonly paired: PairedRole;
}

const isSame = (matrix: Mat4): boolean => matrix.every((part, at) => part === identityMatrix[at]);

export async function addScene(work: SceneWork): Promise<void> {
  const { builder, table, sensors, scene } = work;
  for (const stem of sensors.unlabelledFrames(scene, table.framesOf(scene))) table.frame(scene, stem);
  const frames = table.framesOf(scene);
  for (const frame of frames) frame.timestampNanos ??= poseOf(work, frame)?.timestampNanos ?? null;
  const lidars = sensors.lidarsOf(scene, frames);
  const cameras = sensors.camerasOf(scene, frames);
  for (const { paired } of lidars) reportSweeps(builder.problems, frames, paired);
  for (const { name, paired } of cameras) reportImages(builder.problems, frames, paired, name);
  const encodings = await Promise.all(lidars.map((lidar) => encodingOf(lidar, sensors)));
  builder.startScene(scene);
  for (const [at, frame] of frames.entries()) {
    const pose = poseOf(work, frame);
    const index = builder.addFrame({
      key: frame.stem,
      timestampNanos: frame.timestampNanos,
      space: 'lidar',
      sweeps: lidars.flatMap((lidar, number) => sweepOf(lidar, at, encodings[number]!)),
      images: await imagesOf(work, cameras, frame, at),
      ...(pose ? { worldFromSpace: pose.worldFromSpace } : {}),
    });
    addLabels(work, frame, index, pose);
  }
}

/** By the frame's name, or else by its very time. */
function poseOf({ poses }: SceneWork, { stem, timestampNanos }: FrameDraft): TimedPose | null {
  return poses.get(stem) ?? (timestampNanos === null ? null : (poses.get(timestampNanos) ?? null));
}

/** Files of one lidar are all alike: its first settles what bare floats mean. */
async function encodingOf(
  { paired }: LidarFiles,
  sensors: MappedSensors,
): Promise<SweepRef['encoding'] | null> {
  const first = paired.files.find((file) => file !== null);
  if (!first) return null;
  const paths = paired.files.flatMap((file) => (file?.root === first.root ? [file.path] : []));
  return await folderEncoding(sensors.folder(first.root), paths);
}

function sweepOf(lidar: LidarFiles, at: number, bare: SweepRef['encoding'] | null): SweepRef[] {
  const file = lidar.paired.files[at];
  if (!file || bare === null) return [];
  const named = isCloudPath(file.path) ? encodingByName(file.path) : bare;
  const isBare = named === 'bin4' || named === 'bin5';
  const { name, spaceFromPoints } = lidar;
  const placed = spaceFromPoints && !isSame(spaceFromPoints) ? { spaceFromPoints } : {};
  return [{ ...file, lidar: name, encoding: isBare ? bare : named, ...placed }];
}

async function imagesOf(
  { builder, calibrations, scene }: SceneWork,
  cameras: readonly CameraFiles[],
  { stem, timestampNanos }: FrameDraft,
  at: number,
): Promise<ImageRef[]> {
  const images: ImageRef[] = [];
  for (const { name, paired } of cameras) {
    const camera = builder.camera(name);
    const file = paired.files[at];
    if (!file) continue;
    const lens = await calibrations.of({ camera: name, scene, frame: stem }, camera);
    const calibration = lens ? builder.calibration(lens) : -1;
    images.push({ ...file, camera, calibration, timestampNanos });
  }
  return images;
}

function addLabels(work: SceneWork, draft: FrameDraft, frame: number, pose: TimedPose | null): void {
  const { builder, areWorldLabels } = work;
  const isLost = areWorldLabels && pose === null && draft.labels.length > 0;
  if (isLost) {
    const params = { frame: draft.stem };
    builder.problems.add({ code: 'mapped-pose-missing', severity: 'error', path: '', params });
  }
  const spaceFromLabels = areWorldLabels && pose ? invertRigid(pose.worldFromSpace) : null;
  for (const [at, label] of draft.labels.entries()) addLabel(work, label, at, frame, spaceFromLabels);
}

function addLabel(
  { builder, sensors, scene, hasSeveral }: SceneWork,
  label: PlacedLabel,
  at: number,
  frame: number,
  spaceFromLabels: Mat4 | null,
): void {
  const { cuboid, ltrb, className, attributes, path, place, points } = label;
  const track = label.track === null ? null : `${hasSeveral ? `${scene}/` : ''}${label.track}`;
  const id = label.id ?? label.track ?? `row-${at}`;
  const common = { frame, className, track, attributes, path, place };
  const placed = cuboid && spaceFromLabels ? transformCuboid(spaceFromLabels, cuboid) : cuboid;
  const counted = points === null ? {} : { statedPoints: points };
  const row = placed ? builder.labels.addCuboid({ ...common, id, ...placed, ...counted }) : null;
  if (ltrb === null) return;
  const camera = label.camera ?? sensors.onlyCamera ?? 'camera';
  const link = row === null ? {} : { cuboid: row };
  builder.labels.addBox2d({
    ...common,
    id: `${id}/${camera}`,
    camera: builder.camera(camera),
    ltrb,
    ...link,
  });
}
