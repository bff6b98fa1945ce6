/**
 * Faults of the data under the labels: a camera that stands otherwise than its calibration says, pictures with the
 * wrong time, a path that jumps. The labels stay true; whoever judges them must not be blamed for it.
 */
import { multiply } from '../../geometry/matrix.ts';
import type { Frame, ImageRef, Scene } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import { cos, sin } from '../portableMath.ts';
import type { Random } from '../random.ts';
import type { SpoilSize } from './kinds.ts';
import type { Order, Workbench } from './workbench.ts';

type Band = Readonly<Record<SpoilSize, readonly [number, number]>>;

const rotationDegrees: Band = { mild: [0.5, 1], gross: [1, 3] };
/** A camera's time is suspect from 25 ms off its own usual offset. */
const offsetMillis: Band = { mild: [25, 50], gross: [50, 200] };
const usualOffsetMillis = 25;
/** A path jumps from half a metre on. */
const jumpMeters: Band = { mild: [0.6, 1], gross: [1, 3] };
const usualJumpMeters = 0.5;
/** The share of a scene's frames that have the wrong time or place: fewer than half, so that the usual one stays known. */
const stretchShare = [0.2, 0.4] as const;

/** One camera's calibration is turned for a whole scene, about an axis drawn by chance. */
export function spoilExtrinsic(bench: Workbench, at: number, order: Order): boolean {
  const { draft, index } = bench;
  const scene = index.delivery.scenes[at]!;
  const isCalibrated = ({ calibration }: ImageRef): boolean => draft.calibrations[calibration] !== undefined;
  const camera = drawCamera(bench, scene, order.random, isCalibrated);
  if (camera === null) return false;
  const axis = order.random.integer(0, 2) as 0 | 1 | 2;
  const degrees = between(rotationDegrees, order);
  const turn = rotation(axis, (degrees * Math.PI) / 180);
  const turnedOnes = new Map<number, number>();
  const turnedOne = (calibration: number): number => {
    const known = turnedOnes.get(calibration);
    if (known !== undefined) return known;
    const was = draft.calibrations[calibration]!;
    const made =
      draft.calibrations.push({ ...was, cameraFromSpace: multiply(turn, was.cameraFromSpace) }) - 1;
    turnedOnes.set(calibration, made);
    return made;
  };
  const mark = bench.startFault(order);
  for (const frame of framesOf(scene)) {
    const isChanged = changeImages(bench, frame, (image) =>
      image.camera !== camera || !isCalibrated(image)
        ? image
        : {
            ...image,
            calibration: turnedOne(image.calibration),
            ...(image.cameraFromSpace ? { cameraFromSpace: multiply(turn, image.cameraFromSpace) } : {}),
          },
    );
    if (isChanged) mark({ frame, camera }, null, { axis: (['x', 'y', 'z'] as const)[axis], degrees });
  }
  return true;
}

/** The pictures of one camera carry another time over a stretch of a scene. */
export function spoilTime(bench: Workbench, at: number, order: Order): boolean {
  const scene = bench.index.delivery.scenes[at]!;
  const hasTime = ({ timestampNanos }: ImageRef): boolean => timestampNanos !== null;
  const camera = drawCamera(bench, scene, order.random, hasTime);
  const stretch = drawFrames(scene, order.random);
  if (camera === null || stretch === null) return false;
  const milliseconds = Math.round(between(offsetMillis, order)) * (order.random.chance(0.5) ? 1 : -1);
  const mark = bench.startFault(order);
  for (const frame of stretch) {
    const isChanged = changeImages(bench, frame, (image) =>
      image.camera !== camera || image.timestampNanos === null
        ? image
        : {
            ...image,
            timestampNanos: String(BigInt(image.timestampNanos) + BigInt(milliseconds) * 1_000_000n),
          },
    );
    if (isChanged) mark({ frame, camera }, Math.abs(milliseconds) / usualOffsetMillis, { milliseconds });
  }
  return true;
}

/** The path lies off to one side over a stretch: it jumps where the stretch begins and where it ends. */
export function spoilPose(bench: Workbench, at: number, order: Order): boolean {
  const { draft, index } = bench;
  const scene = index.delivery.scenes[at]!;
  const stretch = drawFrames(scene, order.random);
  if (stretch === null || stretch.some((frame) => draft.frame(frame).worldFromSpace === undefined))
    return false;
  const meters = between(jumpMeters, order);
  const angle = order.random.between(-Math.PI, Math.PI);
  const isSingle = order.random.chance(bench.plan.spans.frame);
  const mark = bench.startFault(order);
  for (const frame of isSingle ? stretch.slice(0, 1) : stretch) {
    const was = draft.frame(frame);
    const moved = [...was.worldFromSpace!];
    moved[3]! += meters * cos(angle);
    moved[7]! += meters * sin(angle);
    draft.frames.set(frame, { ...was, worldFromSpace: moved });
    mark({ frame, camera: null }, meters / usualJumpMeters, { meters });
  }
  return true;
}

function between(band: Band, { size, random }: Order): number {
  const [from, to] = band[size];
  return random.between(from, to);
}

function framesOf({ frameStart, frameCount }: Scene): number[] {
  return Array.from({ length: frameCount }, (_, at) => frameStart + at);
}

/** Frames one after the other within a scene, neither its first nor its last; null where it is too short. */
function drawFrames(scene: Scene, random: Random): number[] | null {
  const inner = framesOf(scene).slice(1, -1);
  if (inner.length < 3) return null;
  const length = Math.max(1, Math.floor(scene.frameCount * random.between(...stretchShare)));
  const start = random.integer(0, inner.length - Math.min(length, inner.length));
  return inner.slice(start, start + length);
}

/** A camera that some frame of the scene has a fitting picture of. */
function drawCamera(
  { draft }: Workbench,
  scene: Scene,
  random: Random,
  fits: (image: ImageRef) => boolean,
): number | null {
  const cameras = new Set<number>();
  for (const at of framesOf(scene)) {
    for (const image of draft.frame(at).images) if (fits(image)) cameras.add(image.camera);
  }
  return cameras.size === 0 ? null : random.pick([...cameras].sort((a, b) => a - b));
}

/** Whether any picture of the frame was changed. */
function changeImages({ draft }: Workbench, at: number, change: (image: ImageRef) => ImageRef): boolean {
  const was: Frame = draft.frame(at);
  const images = was.images.map(change);
  if (images.every((image, place) => image === was.images[place])) return false;
  draft.frames.set(at, { ...was, images });
  return true;
}

/** About one of the camera's own axes. */
function rotation(axis: 0 | 1 | 2, radians: number): Mat4 {
  const [c, s] = [cos(radians), sin(radians)];
  if (axis === 0) return [1, 0, 0, 0, 0, c, -s, 0, 0, s, c, 0, 0, 0, 0, 1];
  if (axis === 1) return [c, 0, s, 0, 0, 1, 0, 0, -s, 0, c, 0, 0, 0, 0, 1];
  return [c, -s, 0, 0, s, c, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
}
