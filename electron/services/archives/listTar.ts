/** Lists a plain tar by its headers alone: contents are stepped over, so a tar of any size costs a read a file. */
import type { ByteSource } from '../../../shared/base/bytes.ts';
import type { ArchiveMember } from './archive.ts';
import { type TarCursor, walkTar } from './tarMembers.ts';

/** Small files follow each other closely, so that one read holds many headers; between large ones it would be waste. */
const closeBytes = 32 * 1024;
const wideWindow = 256 * 1024;
const narrowWindow = 4096;

export interface TarContent {
  readonly members: readonly ArchiveMember[];
  /** False where the tar was cut off or is damaged from some place on. */
  readonly isWhole: boolean;
}

export async function listTar(source: ByteSource): Promise<TarContent> {
  const members: ArchiveMember[] = [];
  let isInside = true;
  const isWhole = await walkTar(cursorOver(source), async (member) => {
    if (member.end <= source.length) members.push(member);
    else isInside = false;
  });
  return { members, isWhole: isWhole && isInside };
}

function cursorOver(source: ByteSource): TarCursor {
  let position = 0;
  let windowStart = 0;
  let window: Uint8Array = new Uint8Array(0);
  let skipped = 0;
  return {
    get position() {
      return position;
    },
    async take(length) {
      const end = Math.min(position + length, source.length);
      if (position < windowStart || end > windowStart + window.length) {
        const ahead = skipped < closeBytes ? wideWindow : narrowWindow;
        windowStart = position;
        window = await source.slice(position, Math.max(end, position + ahead));
      }
      const bytes = window.subarray(position - windowStart, end - windowStart);
      position += bytes.length;
      return bytes;
    },
    async skip(length) {
      position += length;
      skipped = length;
    },
  };
}
