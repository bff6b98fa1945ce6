/** A cloud message of a recording as a carrier. */
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import type { BufferPool } from '../clouds/bufferPool.ts';
import type { ReadCarrier } from '../clouds/carrier.ts';
import { pointFields, sweepFromRows } from '../clouds/fieldRows.ts';
import type { SweepReading } from '../clouds/sweepRows.ts';
import type { CloudMessage } from './messages.ts';
import { decode, kindOf } from './messages.ts';
import { readMessage } from './recording.ts';
import { WireError } from './wire.ts';

/** Rows longer than this are none of points. */
const LONGEST_ROW = 1 << 20;

/** The points' rows without what may stand between lines; fewer where the bytes end early. */
function rowsOf({ width, height, rowBytes, lineBytes, data }: CloudMessage): {
  bytes: Uint8Array;
  count: number;
} {
  const bytes = data();
  if (lineBytes <= width * rowBytes || height <= 1) {
    return { bytes, count: Math.min(width * Math.max(1, height), Math.floor(bytes.length / rowBytes)) };
  }
  const lines = Math.min(height, Math.floor(bytes.length / lineBytes));
  const used = width * rowBytes;
  const packed = new Uint8Array(lines * used);
  for (let line = 0; line < lines; line++) {
    packed.set(bytes.subarray(line * lineBytes, line * lineBytes + used), line * used);
  }
  return { bytes: packed, count: lines * width };
}

function sweepOf(message: CloudMessage, path: string, place: string, pool: BufferPool): Result<SweepReading> {
  const { rowBytes, width, height } = message;
  const inside = message.fields.filter(({ offset, size }) => offset + size <= rowBytes);
  const fields = pointFields(inside);
  if (!fields || rowBytes > LONGEST_ROW) {
    const params = {
      fields: message.fields
        .map(({ name }) => name)
        .join(' ')
        .slice(0, 200),
    };
    return failed({ code: 'mcap-cloud-fields', severity: 'error', path, place, params });
  }
  const { bytes, count } = rowsOf(message);
  const stated = width * Math.max(1, height);
  const problems: Problem[] = [];
  if (count < stated) {
    const params = { stated, found: count };
    problems.push({ code: 'mcap-cloud-short', severity: 'error', path, place, params });
  }
  // Bytes of their own: a message lies in those of a whole chunk, which must not go to the GPU's side with it.
  const own = bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice(0, count * rowBytes);
  const sweep = sweepFromRows(own, { ...fields, rowBytes, isBigEndian: message.isBigEndian }, count, pool);
  return done({ sweep, problems, viewpoint: null });
}

export const read: ReadCarrier = async (ref, { open, pool }) => {
  const { path, part = {} } = ref;
  const message = await readMessage(await open(ref), path, part);
  const cloud = kindOf(message.channel) === 'cloud' ? decode('cloud', message) : null;
  const place = part.name ?? '';
  const bad = () => failed<SweepReading>({ code: 'mcap-message-bad', severity: 'error', path, place });
  if (!cloud) return bad();
  try {
    return sweepOf(cloud, path, place, pool);
  } catch (error) {
    if (error instanceof WireError) return bad();
    throw error;
  }
};
