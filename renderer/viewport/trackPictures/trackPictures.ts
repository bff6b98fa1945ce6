/**
 * The small pictures of a track: made one after the other by a worker of their own, the most wanted first, and only
 * while the views wait for nothing. What was made is kept within a budget.
 */
import { type Problem, ProblemError } from '../../../shared/base/problem.ts';
import { Priority } from '../../workers/protocol.ts';
import { createByteCache } from '../../workers/trackCache.ts';
import type { TrackOperations } from '../../workers/trackProtocol.ts';
import { isAbort, type WorkerChannel } from '../../workers/workerChannel.ts';

/** One picture to be made. `input` is asked for when its turn comes. Null = there is nothing to be seen. */
export type PictureWish = { readonly key: string } & {
  [Kind in keyof TrackOperations]: {
    readonly kind: Kind;
    readonly input: () => TrackOperations[Kind]['input'] | null;
  };
}[keyof TrackOperations];

/** A picture, why there is none, or null where there is nothing to be seen. */
export type MadePicture = { readonly bitmap: ImageBitmap } | { readonly problem: Problem } | null;

export interface TrackPictures {
  /** Replaces everything wanted so far; what is under way and no longer wanted is aborted. Most wanted first. */
  want(wishes: readonly PictureWish[]): void;
  /** What was made; undefined while it is not there. */
  get(key: string): MadePicture | undefined;
  /** Hears the key of every picture made, until the answer is called. */
  listen(listener: (key: string) => void): () => void;
  /** The views may have come to rest: goes on if they have. */
  wake(): void;
  readonly bytes: number;
  dispose(): void;
}

export interface TrackPicturesNeeds {
  readonly open: () => WorkerChannel<TrackOperations>;
  /** True while nothing that was asked for in the views is still on its way. */
  readonly isCalm: () => boolean;
  readonly budgetBytes: number;
}

/** What a picture that could not be made weighs: its place in the list. */
const entryBytes = 256;

export function createTrackPictures(needs: TrackPicturesNeeds): TrackPictures {
  let wishes: readonly PictureWish[] = [];
  let wanted: ReadonlySet<string> = new Set();
  let channel: WorkerChannel<TrackOperations> | null = null;
  let making: { readonly key: string; readonly controller: AbortController } | null = null;
  let isDisposed = false;
  const listeners = new Set<(key: string) => void>();
  const cache = createByteCache<{ readonly made: MadePicture }>(
    needs.budgetBytes,
    ({ made }) =>
      made && 'bitmap' in made ? 4 * made.bitmap.width * made.bitmap.height + entryBytes : entryBytes,
    ({ made }) => {
      if (made && 'bitmap' in made) made.bitmap.close();
    },
    (key) => wanted.has(key),
  );

  function keep(key: string, made: MadePicture): void {
    cache.set(key, { made });
    for (const listener of listeners) listener(key);
  }

  function next(): void {
    while (!isDisposed && making === null && needs.isCalm()) {
      const wish = wishes.find(({ key }) => !cache.has(key));
      if (!wish) return;
      const input = wish.input();
      if (input === null) keep(wish.key, null);
      else void make(wish.key, wish.kind, input);
    }
  }

  async function make(key: string, kind: 'points' | 'camera', input: unknown): Promise<void> {
    channel ??= needs.open();
    const controller = new AbortController();
    making = { key, controller };
    try {
      const bitmap = await channel.call(kind, input as never, {
        signal: controller.signal,
        priority: Priority.later,
      });
      if (isDisposed) bitmap.close();
      else keep(key, { bitmap });
    } catch (error) {
      if (isDisposed) return;
      if (error instanceof ProblemError) keep(key, { problem: error.problem });
      else if (!isAbort(error)) throw error;
    } finally {
      making = null;
      next();
    }
  }

  return {
    want(all) {
      wishes = all;
      wanted = new Set(all.map(({ key }) => key));
      if (making && !wanted.has(making.key)) making.controller.abort();
      next();
    },
    get: (key) => cache.get(key)?.made,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake: next,
    get bytes() {
      return cache.bytes;
    },
    dispose() {
      isDisposed = true;
      making?.controller.abort();
      channel?.close();
      cache.clear();
      listeners.clear();
    },
  };
}
