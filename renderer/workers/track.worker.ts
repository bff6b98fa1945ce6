/** Entry of the worker that pictures a label in every frame of its track. */
import { done, type Result } from '../../shared/base/problem.ts';
import { createRaster } from '../../shared/geometry/rasterise.ts';
import { rasteriseLabel } from '../../shared/geometry/rasteriseLabel.ts';
import { createBufferPool } from '../../shared/readers/clouds/bufferPool.ts';
import { type HandlerContext, serveOperations, type WorkerPort } from './serveOperations.ts';
import { createByteCache } from './trackCache.ts';
import { cameraPicture } from './trackCamera.ts';
import { createSweepReader, pointsAround } from './trackPoints.ts';
import type { PointsPicture, TrackOperations } from './trackProtocol.ts';

/** Points around labels that are kept for another size or another theme. */
const keptBytes = 16 * 1024 * 1024;
/** Sweeps that are kept for the next label of the scene: forty of a 32-beam lidar take half of it. */
const keptSweepBytes = 64 * 1024 * 1024;

const sweeps = createSweepReader(createBufferPool(), keptSweepBytes);
const kept = createByteCache<Float32Array>(keptBytes, (points) => points.byteLength);

async function pointsPicture(input: PointsPicture, context: HandlerContext): Promise<Result<ImageBitmap>> {
  const { key, shape, pictures } = input;
  let points = kept.get(key);
  if (!points) {
    const read = await pointsAround(sweeps, input, context.signal);
    if (!read.ok) return read;
    points = read.value;
    kept.set(key, points);
  }
  const parts = pictures.map((picture) => rasteriseLabel(points, shape.size, picture));
  const [first] = pictures;
  const height = parts.reduce((sum, part) => sum + part.height, 0);
  const sheet = createRaster(first!.width, height, first!.colours.background);
  let at = 0;
  for (const { rgba } of parts) {
    sheet.rgba.set(rgba, at);
    at += rgba.length;
  }
  const bitmap = await createImageBitmap(new ImageData(sheet.rgba, sheet.width, sheet.height));
  context.transfer(bitmap);
  return done(bitmap);
}

// One at a time: the strip takes what the views leave.
serveOperations<TrackOperations>(
  self as unknown as WorkerPort,
  { points: pointsPicture, camera: cameraPicture },
  1,
  () => undefined,
);
