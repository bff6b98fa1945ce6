/**
 * A made scene of the size that nuScenes has: 40 key frames half a second apart, about 35,000 points and 40 cuboids
 * each, six calibrated cameras with a 2D box for every cuboid they see. There are no pictures: no check opens one.
 */
import { invertRigid, multiply } from '../../../shared/geometry/matrix.ts';
import { projectCuboid } from '../../../shared/geometry/projectCuboid.ts';
import { actorInstances } from '../../../shared/synth/camera/exposure.ts';
import { type CameraSpec, LIDAR_POSITION, MAX_CAMERAS, makeRig } from '../../../shared/synth/camera/rig.ts';
import { type MadeBox2d, type MadeLabel, rangeOf, written } from '../../../shared/synth/labels/label.ts';
import { OpenLabelScene, type SensorFile } from '../../../shared/synth/labels/openLabel.ts';
import { trueLabels } from '../../../shared/synth/labels/truth.ts';
import { makeBeams } from '../../../shared/synth/lidar/beams.ts';
import { Caster } from '../../../shared/synth/lidar/caster.ts';
import { encodePcd } from '../../../shared/synth/lidar/pcd.ts';
import { makeSweep } from '../../../shared/synth/lidar/sweep.ts';
import { randomStream } from '../../../shared/synth/random.ts';
import { lidarPlace } from '../../../shared/synth/synthesise.ts';
import { makeWorld } from '../../../shared/synth/world/world.ts';

export const streetFrames = 40;
const frameSeconds = 0.5;
export const streetSeconds = streetFrames * frameSeconds;
const cuboids = 40;
const firstNanos = 1_772_442_000_000_000_000n;

/** The delivery's files: one label file, sweeps, and an empty file where a picture would be. */
export function streetFiles(seed: number): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const world = makeWorld(seed, 1, streetSeconds);
  const caster = new Caster(makeBeams({ rings: 40, columns: 1060, rangeMeters: 100 }));
  const rig = sixCameras();
  const labels = new OpenLabelScene('street', rig);
  for (let frame = 0; frame < streetFrames; frame++) {
    const time = frame * frameSeconds;
    const nanos = firstNanos + BigInt(Math.round(time * 1e9));
    const ego = world.egoAt(time);
    const lidar = lidarPlace(ego);
    const instances = [...world.scenery, ...actorInstances(world, time, ego)];
    caster.cast(instances, lidar);
    const sweep = makeSweep(caster, instances, lidar, world.road, randomStream(seed, 'street', frame));
    const nearest = trueLabels(world.actors, time, sweep, lidar, [])
      .sort((a, b) => rangeOf(a.box) - rangeOf(b.box))
      .slice(0, cuboids);
    const uri = (sensor: string, ending: string): string => `sensors/${sensor}/${frame}.${ending}`;
    const sensors: SensorFile[] = [
      { sensor: 'LIDAR_TOP', uri: uri('LIDAR_TOP', 'pcd'), nanos },
      ...rig.map(({ name }) => ({ sensor: name, uri: uri(name, 'jpg'), nanos })),
    ];
    files.set(sensors[0]!.uri, encodePcd(sweep));
    for (const { uri: picture } of sensors.slice(1)) files.set(picture, new Uint8Array(0));
    const seen = nearest.map((label) => ({
      ...label,
      boxes2d: rig.flatMap((camera) => boxIn(camera, label)),
    }));
    labels.addFrame(ego, nanos, sensors, seen, ({ className }) => className);
  }
  files.set('labels/street.json', labels.encode());
  return files;
}

/** The rig of the made vehicle, and one that looks back. */
function sixCameras(): CameraSpec[] {
  const rig = makeRig(MAX_CAMERAS, 1600, 900);
  const turned = multiply([-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], rig[0]!.vehicleFromCamera);
  return [...rig, { ...rig[0]!, name: 'CAM_BACK', vehicleFromCamera: turned }];
}

function boxIn(camera: CameraSpec, { box }: MadeLabel): MadeBox2d[] {
  const [x, y, z] = LIDAR_POSITION;
  const vehicleFromLidar = [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 0, 0, 0, 1];
  const cameraFromSpace = multiply(invertRigid(camera.vehicleFromCamera), vehicleFromLidar);
  const { name, model, width, height } = camera;
  const { hull } = projectCuboid({ model, cameraFromSpace, width, height }, written(box)) ?? { hull: null };
  if (hull === null || hull[2] - hull[0] < 5 || hull[3] - hull[1] < 5) return [];
  const isTruncated = hull[0] <= 0 || hull[1] <= 0 || hull[2] >= width - 1 || hull[3] >= height - 1;
  return [{ camera: name, ltrb: [...hull], visibility: 1, isTruncated }];
}
