/** A stream of chunks read by exact lengths, holding no more than one chunk beyond what is asked for. */
import type { TarCursor } from './tarMembers.ts';

export interface ByteQueue extends TarCursor {
  /** The next `length` bytes in pieces as they come. */
  span(length: number): AsyncGenerator<Uint8Array>;
}

export function createByteQueue(source: AsyncIterable<Uint8Array>): ByteQueue {
  const chunks = source[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  let position = 0;

  async function* span(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0; ) {
      if (rest.length === 0) {
        const next = await chunks.next();
        if (next.done) return;
        rest = next.value;
      }
      const piece = rest.subarray(0, left);
      rest = rest.subarray(piece.length);
      left -= piece.length;
      position += piece.length;
      yield piece;
    }
  }

  return {
    get position() {
      return position;
    },
    span,
    async take(length) {
      const pieces: Uint8Array[] = [];
      for await (const piece of span(length)) pieces.push(piece);
      return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    },
    async skip(length) {
      for await (const _ of span(length));
    },
  };
}
