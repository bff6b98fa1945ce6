/** The encoded bytes (JPEG, PNG) of a picture, whatever carries them. */
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done, failed, ProblemError } from '../../base/problem.ts';
import type { FileRef, ImageEncoding, ImageRef } from '../../model/delivery.ts';

export type OpenFile = (file: FileRef) => Promise<ByteSource>;

/** Rejects with ProblemError where a file cannot be opened; what a file holds is a result. */
export type ReadImage = (ref: ImageRef, open: OpenFile) => Promise<Result<Uint8Array>>;

/** Table and recording readers are large: each is loaded when a delivery first needs it. */
const carriers: Partial<Readonly<Record<ImageEncoding, () => Promise<ReadImage>>>> = {
  mcap: async () => (await import('../mcap/mcapImage.ts')).read,
  zarr: async () => (await import('../ncore/zarrImage.ts')).read,
  parquet: async () => (await import('../waymo/parquetImage.ts')).read,
};

/**
 * Reads a picture out of what holds many, or a file as it is. Films (`mp4`) are not pictures: their frames are made by
 * a decoder of the machine, see the renderer's image worker.
 */
export async function readImage(ref: ImageRef, open: OpenFile): Promise<Result<Uint8Array>> {
  const { encoding = 'file', path } = ref;
  try {
    if (encoding === 'file') {
      const source = await open(ref);
      return done(await source.slice(0, source.length));
    }
    const carrier = carriers[encoding];
    if (!carrier) {
      return failed({ code: 'image-encoding-unknown', severity: 'error', path, params: { encoding } });
    }
    const read = await carrier();
    return await read(ref, open);
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}
