/** One picture and the sweeps of its frame, read and compared: edge scores for every camera move asked for. */
import { done, failed, type Result } from '../../shared/base/problem.ts';
import type { ImageSize } from '../../shared/geometry/lens.ts';
import { buildSweepGrid } from '../../shared/geometry/sweepGrid.ts';
import type { BufferPool } from '../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../shared/readers/clouds/readPoints.ts';
import {
  alignmentScores,
  type DepthEdges,
  depthEdges,
  type EdgeField,
  edgeField,
} from '../../shared/scoring/edgeAlignment.ts';
import { codecsFrom } from './codecs.ts';
import { decodeImage } from './decodeImage.ts';
import { projectSweep } from './projectSweep.ts';
import type { AlignedPicture, AlignOperations } from './protocol.ts';
import { rangedFile } from './remoteFiles.ts';
import type { HandlerContext } from './serveOperations.ts';

type AlignInput = AlignOperations['align']['input'];

/** Wider pictures are looked at in this width: finer edges than that are texture. */
const fieldWidth = 800;

export async function alignPicture(
  input: AlignInput,
  pool: BufferPool,
  context: HandlerContext,
): Promise<Result<AlignedPicture>> {
  const { address, image, calibration, moves } = input;
  // The bitmap stays here.
  const decoded = await decodeImage({ address, ref: image }, { ...context, transfer: () => undefined });
  if (!decoded.ok) return decoded;
  const { bitmap, width, height } = decoded.value;
  const field = fieldOf(bitmap);
  bitmap.close();
  const size: ImageSize = [width, height];
  const edges = await edgesOf(input, size, pool, context);
  if (!edges.ok) return edges;
  return done({
    scores: alignmentScores(field, edges.value, calibration, size, moves),
    edges: edges.value.points.length,
  });
}

function fieldOf(bitmap: ImageBitmap): EdgeField {
  const scale = Math.min(1, fieldWidth / bitmap.width);
  const [width, height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
  const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  canvas.imageSmoothingQuality = 'high';
  canvas.drawImage(bitmap, 0, 0, width, height);
  const { data } = canvas.getImageData(0, 0, width, height);
  // Rec. 709: how bright each colour looks.
  const grey = Float32Array.from(
    { length: width * height },
    (_, at) => 0.2126 * data[4 * at]! + 0.7152 * data[4 * at + 1]! + 0.0722 * data[4 * at + 2]!,
  );
  return edgeField(grey, width, height, scale);
}

/** Depth edges of all sweeps of the frame; each lidar is compared with itself only. */
async function edgesOf(
  { address, sweeps, calibration }: AlignInput,
  size: ImageSize,
  pool: BufferPool,
  { signal }: HandlerContext,
): Promise<Result<DepthEdges>> {
  const all: DepthEdges[] = [];
  for (const ref of sweeps) {
    const reading = await readPoints(ref, {
      open: (file) => rangedFile(address, file, signal),
      pool,
      codecs: codecsFrom(address.base),
    });
    if (!reading.ok) return reading;
    if (signal.aborted) return failed({ code: 'sweep-not-loaded', severity: 'info', path: ref.path });
    const { sweep } = reading.value;
    const projected = projectSweep(buildSweepGrid(sweep), calibration, ref.spaceFromPoints ?? null, ...size);
    pool.release(sweep.interleaved.buffer);
    all.push(depthEdges(projected.points, projected.count, calibration, size));
  }
  return done({
    points: all.flatMap(({ points }) => points),
    weights: all.flatMap(({ weights }) => weights),
  });
}
