/** `assay frame`: one frame's points and labels, and where every camera sees them. */
import { ProblemError } from '../../../shared/base/problem.ts';
import { effectiveCalibration } from '../../../shared/geometry/imageCalibration.ts';
import { projectCuboid } from '../../../shared/geometry/projectCuboid.ts';
import { yawFromQuaternion } from '../../../shared/geometry/rotation.ts';
import { problemSentence, type Translate } from '../../../shared/messages/translate.ts';
import type { Calibration, Frame, ImageRef } from '../../../shared/model/delivery.ts';
import { box2dAt, type Cuboid, cuboidAt } from '../../../shared/model/labelRow.ts';
import { frameById } from '../../../shared/readers/frameLookup.ts';
import { IMAGE_HEAD_BYTES, readImageSize } from '../../../shared/readers/images/imageSize.ts';
import type { Command } from '../command.ts';
import { ExitCode } from '../exitCodes.ts';
import { measureFrame } from '../measureFrame.ts';
import { type CommandDelivery, deliveryOptions, deliveryUsage, withDelivery } from '../openForCommand.ts';
import { table } from '../output.ts';
import { secondsOf } from '../times.ts';
import { requirePositional } from '../values.ts';

export const frameCommand: Command = {
  name: 'frame',
  usage: `<path> <frame-id> ${deliveryUsage} [--json]`,
  example: 'assay frame ./training 000001 --json',
  mostArguments: 2,
  options: deliveryOptions,
  run: (input, context) => {
    const name = requirePositional(input, 1, 'frame-id');
    return withDelivery(input, context, async (delivery) => {
      const found = frameById(delivery.index.delivery, name);
      if (!found.ok) throw new ProblemError(found.problem);
      const document = await describeFrame(delivery, found.value, context.t);
      for (const { message } of document.problems) context.output.remark(message);
      context.output.answer(document, () => linesOf(document, (key) => context.t(`cli.words.${key}`)));
      return ExitCode.done;
    });
  },
};

async function describeFrame(delivery: CommandDelivery, frameIndex: number, t: Translate) {
  const { labels } = delivery.index;
  const frame = delivery.index.delivery.frames.at(frameIndex)!;
  const rows = rowsOf(labels.cuboids.frameStart, frameIndex);
  const cuboids = rows.map((row) => cuboidAt(labels, row));
  const { points, pointsInside, problems } = await measureFrame(delivery, frame, cuboids);
  return {
    frame: frame.id,
    scene: delivery.index.delivery.scenes[frame.scene]!.id,
    timestampS: secondsOf(frame.timestampNanos),
    space: frame.space,
    isBetween: frame.isBetween ?? false,
    points,
    cuboids: cuboids.map(({ id, track, className, center, size, rotation, attributes }, at) => ({
      id,
      track,
      class: className,
      center,
      size,
      yaw: yawFromQuaternion(rotation),
      rotation,
      pointsInside: pointsInside?.[at] ?? null,
      attributes,
    })),
    cameras: await Promise.all(frame.images.map((image) => describeCamera(delivery, image, cuboids))),
    boxes2d: rowsOf(labels.boxes2d.frameStart, frameIndex).map((row) => {
      const { id, camera, className, ltrb } = box2dAt(labels, row);
      return { id, camera: delivery.index.delivery.cameras[camera]!.name, class: className, ltrb };
    }),
    problems: problems.map((problem) => ({ ...problem, message: problemSentence(t, problem) })),
  };
}

async function describeCamera(delivery: CommandDelivery, image: ImageRef, cuboids: readonly Cuboid[]) {
  const { cameras } = delivery.index.delivery;
  const calibration = effectiveCalibration(delivery.index.delivery, image);
  const size = (await imageSizeOf(delivery, image)) ?? statedSize(calibration);
  const project = (cuboid: Cuboid) =>
    calibration && projectCuboid(calibration, cuboid, size ? { imageSize: [size.width, size.height] } : {});
  return {
    name: cameras[image.camera]!.name,
    width: size?.width ?? null,
    height: size?.height ?? null,
    boxes: cuboids.flatMap((cuboid) => {
      const projected = project(cuboid);
      if (!projected) return [];
      return [{ cuboid: cuboid.id, corners: projected.corners, visible: projected.visible }];
    }),
  };
}

function statedSize(calibration: Calibration | null): { width: number; height: number } | null {
  const { width, height } = calibration ?? {};
  return width === undefined || height === undefined ? null : { width, height };
}

/** The image's own size from its first bytes; null where it is missing or no image we know. */
async function imageSizeOf(delivery: CommandDelivery, image: ImageRef) {
  try {
    const source = await delivery.open(image);
    return (
      readImageSize(await source.slice(0, IMAGE_HEAD_BYTES)) ??
      readImageSize(await source.slice(0, Math.min(source.length, 64 * IMAGE_HEAD_BYTES)))
    );
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

function rowsOf(frameStart: Uint32Array, frame: Frame['index']): number[] {
  const start = frameStart[frame]!;
  return Array.from({ length: frameStart[frame + 1]! - start }, (_, at) => start + at);
}

function linesOf(
  document: Awaited<ReturnType<typeof describeFrame>>,
  word: (key: string) => string,
): string[] {
  const triple = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(' ');
  return [
    ...table([
      [word('id'), document.frame],
      [word('scene'), document.scene],
      [word('time'), String(document.timestampS ?? '–')],
      [word('space'), document.space],
      [word('pointCount'), String(document.points.count)],
    ]),
    '',
    ...table([
      ['id', 'class', 'track', 'center', 'size', 'yaw', 'pointsInside'].map(word),
      ...document.cuboids.map((cuboid) => [
        cuboid.id,
        cuboid.class,
        cuboid.track ?? '–',
        triple(cuboid.center),
        triple(cuboid.size),
        cuboid.yaw.toFixed(3),
        cuboid.pointsInside ?? '–',
      ]),
    ]),
  ];
}
