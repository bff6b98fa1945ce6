/** An image file as a bitmap that can be handed to the window and uploaded as it is. */
import { done, failed, type Problem, type Result } from '../../shared/base/problem.ts';
import type { ImageRef } from '../../shared/model/delivery.ts';
import { IMAGE_HEAD_BYTES, readImageSize, tooManyPixels } from '../../shared/readers/images/imageSize.ts';
import { readImage } from '../../shared/readers/images/readImage.ts';
import { fetchBlob } from './fetchBytes.ts';
import type { DecodedImage, ImageOperations, PicturePixels } from './protocol.ts';
import { addressOf, type DeliveryAddress, rangedFile } from './remoteFiles.ts';
import type { HandlerContext } from './serveOperations.ts';
import { filmFrame } from './video/filmFrames.ts';

/**
 * Pixels as stored: no turning by EXIF (calibrations speak of the stored raster), no colour conversion, no
 * premultiplication.
 */
export async function decodeImage(
  { address, ref }: { readonly address: DeliveryAddress; readonly ref: ImageRef },
  context: HandlerContext,
): Promise<Result<DecodedImage>> {
  const { path } = ref;
  const decoded = await bitmapOf(address, ref, context.signal);
  if (!decoded.ok) return decoded;
  const bitmap = decoded.value;
  if (context.signal.aborted) {
    bitmap.close();
    return failed({ code: 'image-undecodable', severity: 'info', path });
  }
  context.transfer(bitmap);
  return done({ bitmap, width: bitmap.width, height: bitmap.height });
}

/** The picture as bytes, made smaller so that neither side is longer than `longest` pixels. */
export async function decodePixels(
  { address, ref, longest }: ImageOperations['pixels']['input'],
  context: HandlerContext,
): Promise<Result<PicturePixels>> {
  const decoded = await bitmapOf(address, ref, context.signal);
  if (!decoded.ok) return decoded;
  const bitmap = decoded.value;
  const full = [bitmap.width, bitmap.height] as const;
  const scale = Math.min(1, longest / Math.max(...full));
  const [width, height] = full.map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  canvas?.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  if (!canvas || context.signal.aborted) {
    return failed({ code: 'image-undecodable', severity: 'info', path: ref.path });
  }
  const pixels = canvas.getImageData(0, 0, width, height).data as Uint8ClampedArray<ArrayBuffer>;
  context.transfer(pixels.buffer);
  return done({ pixels, width, height, full });
}

const bitmapOf = (
  address: DeliveryAddress,
  ref: ImageRef,
  signal: AbortSignal,
): Promise<Result<ImageBitmap>> =>
  ref.encoding === 'mp4' ? filmPicture(address, ref, signal) : picture(address, ref, signal);

/** Films stay open between requests, so their bytes do not end with one of them. */
const unending = new AbortController().signal;

function filmPicture(
  address: DeliveryAddress,
  ref: ImageRef,
  signal: AbortSignal,
): Promise<Result<ImageBitmap>> {
  const open = () => rangedFile(address, ref, unending);
  return filmFrame(addressOf(address, ref), ref.path, open, ref.part?.row ?? 0, signal);
}

async function picture(
  address: DeliveryAddress,
  ref: ImageRef,
  signal: AbortSignal,
): Promise<Result<ImageBitmap>> {
  const fetched = await encodedImage(address, ref, signal);
  if (!fetched.ok) return fetched;
  const refused = await refusal(fetched.value, ref.path);
  if (refused) return failed(refused);
  try {
    return done(
      await createImageBitmap(fetched.value, {
        imageOrientation: 'none',
        premultiplyAlpha: 'none',
        colorSpaceConversion: 'none',
      }),
    );
  } catch {
    // The one reason a decoder has to refuse: these bytes are no picture it knows.
    return failed({ code: 'image-undecodable', severity: 'error', path: ref.path });
  }
}

/** What a picture states of itself is looked at before a decoder sets memory aside for it. */
async function refusal(blob: Blob, path: string): Promise<Problem | null> {
  const sizeWithin = async (end: number) =>
    readImageSize(new Uint8Array(await blob.slice(0, end).arrayBuffer()));
  const size = (await sizeWithin(IMAGE_HEAD_BYTES)) ?? (await sizeWithin(blob.size));
  return size && tooManyPixels(size, path);
}

/** An image file travels as the browser's own blob; anything else is read out of what carries it. */
async function encodedImage(
  address: DeliveryAddress,
  ref: ImageRef,
  signal: AbortSignal,
): Promise<Result<Blob>> {
  if ((ref.encoding ?? 'file') === 'file') return fetchBlob(addressOf(address, ref), ref.path, signal);
  const bytes = await readImage(ref, (file) => rangedFile(address, file, signal));
  return bytes.ok ? done(new Blob([bytes.value as Uint8Array<ArrayBuffer>])) : bytes;
}
