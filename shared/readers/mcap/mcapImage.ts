/** A compressed picture of a recording. */
import { done, failed } from '../../base/problem.ts';
import type { ReadImage } from '../images/readImage.ts';
import { decode, kindOf } from './messages.ts';
import { readMessage } from './recording.ts';
import { WireError } from './wire.ts';

export const read: ReadImage = async (ref, open) => {
  const { path, part = {} } = ref;
  const message = await readMessage(await open(ref), path, part);
  const picture = kindOf(message.channel) === 'picture' ? decode('picture', message) : null;
  const bad = () =>
    failed<Uint8Array>({ code: 'mcap-message-bad', severity: 'error', path, place: part.name ?? '' });
  if (!picture) return bad();
  try {
    // A copy: the message lies in the bytes of a whole chunk, which would stay in memory with it.
    return done(picture.data().slice());
  } catch (error) {
    if (error instanceof WireError) return bad();
    throw error;
  }
};
