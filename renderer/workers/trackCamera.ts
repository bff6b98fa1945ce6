/** The part of a camera's picture that shows a label, small, with the label's edges over it. */
import { done, failed, type Result } from '../../shared/base/problem.ts';
import type { Ltrb } from '../../shared/geometry/polygon.ts';
import { projectCuboid } from '../../shared/geometry/projectCuboid.ts';
import type { RasterColour } from '../../shared/geometry/rasterise.ts';
import { decodeImage } from './decodeImage.ts';
import type { HandlerContext } from './serveOperations.ts';
import type { CameraPicture } from './trackProtocol.ts';

/** Share of the crop's width or height that the label fills. */
const filled = 0.72;
/** Enlarging fewer pixels than this shows squares, not an object. */
const fewestPixels = 24;

export async function cameraPicture(
  input: CameraPicture,
  context: HandlerContext,
): Promise<Result<ImageBitmap>> {
  const { address, ref, calibration, shape, width, height, line } = input;
  // The whole bitmap stays here; only the crop travels.
  const decoded = await decodeImage({ address, ref }, { ...context, transfer: () => undefined });
  if (!decoded.ok) return decoded;
  const { bitmap } = decoded.value;
  const projected = projectCuboid(calibration, shape, {
    imageSize: [bitmap.width, bitmap.height],
    clipEdges: true,
  });
  const crop = projected?.hull && cropAround(projected.hull, width / height);
  if (!crop) {
    bitmap.close();
    return failed({ code: 'image-undecodable', severity: 'info', path: ref.path });
  }
  const scale = width / crop.width;
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d')!;
  pen.fillStyle = css(input.background);
  pen.fillRect(0, 0, width, height);
  pen.setTransform(scale, 0, 0, scale, -crop.left * scale, -crop.top * scale);
  pen.imageSmoothingQuality = 'medium';
  pen.drawImage(bitmap, 0, 0);
  bitmap.close();
  // Pixel (0, 0) of a calibration is the middle of the first one.
  pen.translate(0.5, 0.5);
  pen.strokeStyle = css(input.outline);
  pen.lineWidth = line / scale;
  pen.setLineDash(input.isMissing ? [(3 * line) / scale, (3 * line) / scale] : []);
  for (const { points } of projected.edges) {
    pen.beginPath();
    for (let at = 0; at + 1 < points.length; at += 2) pen.lineTo(points[at]!, points[at + 1]!);
    pen.stroke();
  }
  const picture = canvas.transferToImageBitmap();
  context.transfer(picture);
  return done(picture);
}

/** The place of the picture, in its pixels, that shows the label whole and has the sides of the crop. */
export function cropAround(
  [left, top, right, bottom]: Ltrb,
  aspect: number,
): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
  const needed = Math.max((right - left) / filled, (aspect * (bottom - top)) / filled, fewestPixels);
  return {
    left: (left + right) / 2 - needed / 2,
    top: (top + bottom) / 2 - needed / aspect / 2,
    width: needed,
    height: needed / aspect,
  };
}

function css([red, green, blue]: RasterColour): string {
  return `rgb(${red} ${green} ${blue})`;
}
