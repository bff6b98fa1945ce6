/** Pictures of NCore: the encoded bytes of an `image` array. */
import { done, failed } from '../../base/problem.ts';
import type { ReadImage } from '../images/readImage.ts';
import { readEncodedBytes } from '../zarr/zarrArray.ts';
import { openReferredStore } from './referredStore.ts';

export const read: ReadImage = async (ref, open) => {
  const opened = await openReferredStore(ref, open);
  if (!opened.ok) return opened;
  const key = ref.part?.name ?? '';
  const image = await readEncodedBytes(opened.value, key);
  if (!image.ok) return image;
  if (!image.value) {
    return failed({ code: 'ncore-array-missing', severity: 'error', path: opened.value.path, place: key });
  }
  return done(image.value.bytes);
};
