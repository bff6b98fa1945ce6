/** An image file as a bitmap that can be handed to the window and uploaded as it is. */
import { done, failed, type Result } from '../../shared/base/problem.ts';
import { fetchBlob } from './fetchBytes.ts';
import type { DecodedImage } from './protocol.ts';
import type { HandlerContext } from './serveOperations.ts';

/**
 * Pixels as stored: no turning by EXIF (calibrations speak of the stored raster), no colour conversion, no
 * premultiplication.
 */
export async function decodeImage(
  { address, path }: { readonly address: string; readonly path: string },
  context: HandlerContext,
): Promise<Result<DecodedImage>> {
  const fetched = await fetchBlob(address, path, context.signal);
  if (!fetched.ok) return fetched;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(fetched.value, {
      imageOrientation: 'none',
      premultiplyAlpha: 'none',
      colorSpaceConversion: 'none',
    });
  } catch {
    // The one reason a decoder has to refuse: these bytes are no picture it knows.
    return failed({ code: 'image-undecodable', severity: 'error', path });
  }
  if (context.signal.aborted) {
    bitmap.close();
    return failed({ code: 'image-undecodable', severity: 'info', path });
  }
  context.transfer(bitmap);
  return done({ bitmap, width: bitmap.width, height: bitmap.height });
}
