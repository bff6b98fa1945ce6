/** Drives whose every motion is known: actors along ways of the world, labelled from a vehicle that drives as well. */
import type { Check } from '../../../../shared/checks/contract.ts';
import type { CheckFinding } from '../../../../shared/checks/finding.ts';
import { lackOf } from '../../../../shared/checks/lacks.ts';
import { depthBins, uprightFaces } from '../../../../shared/checks/scan/faceDepths.ts';
import type { SceneScan } from '../../../../shared/checks/scan/sceneScan.ts';
import { type CheckScene, sceneOfLabels, withScan } from '../../../../shared/checks/scene.ts';
import type { CheckSettings } from '../../../../shared/checks/settings.ts';
import { createSink } from '../../../../shared/checks/sink.ts';
import { trackChecks } from '../../../../shared/checks/tracks/trackChecks.ts';
import { quaternionFromEuler } from '../../../../shared/geometry/rotation.ts';
import type { Frame } from '../../../../shared/model/delivery.ts';
import type { AttributeSet, DeliveryIndex } from '../../../../shared/model/labels.ts';
import type { Mat4, Vec3 } from '../../../../shared/model/pose.ts';
import { LabelTableBuilder } from '../../../../shared/readers/labelTableBuilder.ts';
import { ProblemList } from '../../../../shared/readers/problemList.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { contextOf } from '../labels/labelledScene.ts';

export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly yaw: number;
}

export interface Actor {
  readonly track: string;
  readonly className?: string;
  readonly size?: Vec3;
  readonly at: (seconds: number) => Pose;
  readonly attributes?: AttributeSet;
}

export interface TrackLabel extends Pose {
  readonly track: string;
  readonly className: string;
  readonly size: Vec3;
  readonly attributes: AttributeSet;
  /** Metres above its place, and radians by which it leans to its right. */
  readonly up?: number;
  readonly lean?: number;
}

export interface Drive {
  readonly actors: readonly Actor[];
  readonly frames?: number;
  readonly hertz?: number;
  /** The vehicle; drives at 8 m/s unless told. */
  readonly ego?: (seconds: number) => Pose;
  /** False = the frames have no poses. */
  readonly hasPoses?: boolean;
  readonly hasTimes?: boolean;
  /** How far the pose of a frame is off, metres of the world. */
  readonly drift?: (frame: number) => readonly [number, number];
  /** Changes labels as they stand in the world; null or nothing = taken out. */
  readonly spoil?: (label: TrackLabel, frame: number) => TrackLabel | readonly TrackLabel[] | null;
}

export const carSize: Vec3 = [4.6, 1.95, 1.7];
const height = 0.85;
const egoWay = (seconds: number): Pose => ({ x: 8 * seconds, y: 0, yaw: 0.1 });

export const standing =
  (x: number, y: number, yaw = 0) =>
  (): Pose => ({ x, y, yaw });

export const driving =
  (x: number, y: number, speed: number, yaw = 0) =>
  (seconds: number): Pose => ({
    x: x + speed * seconds * Math.cos(yaw),
    y: y + speed * seconds * Math.sin(yaw),
    yaw,
  });

/** Three cars parked along the road: what shows the drift of poses. */
export const parked: readonly Actor[] = [0, 1, 2].map((at) => ({
  track: `parked-${at}`,
  at: standing(12 + 9 * at, at % 2 === 0 ? 9 : -9, 0.2),
}));

export function indexOfDrive(drive: Drive): DeliveryIndex {
  const { actors, frames: count = 30, hertz = 10, ego = egoWay, hasPoses = true, hasTimes = true } = drive;
  const { drift = () => [0, 0], spoil = (label) => label } = drive;
  const builder = new LabelTableBuilder(new ProblemList());
  let named = 0;
  const frames = Array.from({ length: count }, (_, index): Frame => {
    const from = ego(index / hertz);
    for (const { track, className = 'car', size = carSize, at, attributes = {} } of actors) {
      const label = { track, className, size, attributes, ...at(index / hertz) };
      for (const made of [spoil(label, index) ?? []].flat()) {
        const [dx, dy] = [made.x - from.x, made.y - from.y];
        const [c, s] = [Math.cos(from.yaw), Math.sin(from.yaw)];
        builder.addCuboid({
          ...{ frame: index, id: `${made.track}-${index}-${named++}`, className: made.className },
          ...{ track: made.track, size: made.size, attributes: made.attributes, path: 'labels.json' },
          center: [c * dx + s * dy, -s * dx + c * dy, height + (made.up ?? 0)],
          rotation: quaternionFromEuler(made.lean ?? 0, 0, made.yaw - from.yaw),
        });
      }
    }
    const [offX, offY] = drift(index);
    return {
      ...{ id: String(index), scene: 0, index, space: 'lidar', sweeps: [], images: [] },
      timestampNanos: hasTimes
        ? String(1_700_000_000_000_000_000n + BigInt(Math.round((index / hertz) * 1e9)))
        : null,
      ...(hasPoses && { worldFromSpace: poseOf({ ...from, x: from.x + offX, y: from.y + offY }) }),
    };
  });
  return {
    delivery: {
      ...{ format: 'openlabel', scenes: [{ id: 'drive', frameStart: 0, frameCount: count }], frames },
      frameIds: frames.map(({ id }) => id),
      ...{ lidars: [{ name: 'top' }], cameras: [], calibrations: [], labelFiles: ['labels.json'] },
    },
    labels: builder.build(count),
    ...{ source: { name: 'vendor', kind: 'vendor' }, others: [], problems: [] },
  };
}

function poseOf({ x, y, yaw }: Pose): Mat4 {
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
  return [c, -s, 0, x, s, c, 0, y, 0, 0, 1, 0, 0, 0, 0, 1];
}

export function sceneOfDrive(drive: Drive, settings?: Partial<CheckSettings>): CheckScene {
  return sceneOfLabels(indexOfDrive(drive), 0, contextOf(settings ? { settings } : {}));
}

export function findingsIn(check: Check, scene: CheckScene): CheckFinding[] {
  const lack = lackOf(check, scene);
  if (lack !== null) throw new Error(`skipped: ${lack}`);
  const sink = createSink(check, scene);
  check.run(scene, sink);
  return sink.results().findings.map(({ finding }) => finding);
}

export function findingsOf(check: Check, drive: Drive): CheckFinding[] {
  return findingsIn(check, sceneOfDrive(drive));
}

/** What all checks of tracks that can run say, as `CHECK says track`. */
export function allSaid(scene: CheckScene): string[] {
  return trackChecks
    .filter((check) => lackOf(check, scene) === null)
    .flatMap((check) => findingsIn(check, scene))
    .map(({ check, says, track, frame, value }) => `${check} ${says} ${track} ${frame} ${value.toFixed(3)}`);
}

/** A scan in which every label holds so many points, and the probes what is answered. */
export function scanned(
  scene: CheckScene,
  points: number | ((row: number) => number),
  probes: SceneScan['probes'] = [],
): CheckScene {
  const count = scene.rowTo - scene.rowFrom;
  const inside = Int32Array.from({ length: count }, (_, at) =>
    typeof points === 'number' ? points : points(scene.rowFrom + at),
  );
  return withScan(scene, {
    ...{ inside, insideGrown: inside, standing: inside, beside: new Float32Array(count) },
    ...{ shell: new Int32Array(count) },
    seen: new Float32Array(count).fill(1),
    faceGap: new Float32Array(6 * count).fill(Number.NaN),
    faceOut: new Float32Array(6 * count).fill(Number.NaN),
    faceDepths: new Uint16Array(count * uprightFaces * depthBins),
    outside: new Uint16Array(6 * count),
    aboveGround: new Float32Array(count).fill(Number.NaN),
    groundTilt: new Float32Array(count).fill(Number.NaN),
    ...{ clusters: [], probes },
  });
}

/** Labels as right as the default spec asks within 30 m of a car: within 0.2 m of the place and 5 degrees. */
export function withinTolerance(seed: number): NonNullable<Drive['spoil']> {
  const random = seededRandom(seed);
  return (label) => {
    const isPerson = label.className === 'pedestrian' || label.className === 'cyclist';
    const [away, angle] = [
      (isPerson ? 0.15 : 0.2) * Math.sqrt(random.next()),
      random.between(-Math.PI, Math.PI),
    ];
    return {
      ...label,
      x: label.x + away * Math.cos(angle),
      y: label.y + away * Math.sin(angle),
      yaw: label.yaw + (random.between(-1, 1) * (5 * Math.PI)) / 180,
    };
  };
}
