/** Going through the frames of a unit: at a steady pace while it plays, or at once to the first or the last. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Engine } from '../../../viewport/engineContract.ts';
import type { Desk } from '../desk.ts';
import type { UnitLocator } from '../locateUnit.ts';
import type { DeskValue } from '../useDesk.ts';

/** About five frames a second: slow enough to see each, quick enough to see motion. */
const frameMs = 200;
/** A key down for longer is held: letting go stops. */
const heldMs = 400;

export interface TrackPlay {
  readonly store: StoreApi<{ readonly isPlaying: boolean }>;
  /** Starts or stops. Who asked the system for less motion gets one frame on each press. */
  press(): void;
  /** The key went up. */
  release(): void;
  stop(): void;
  toEnd(end: 'first' | 'last'): void;
}

export interface TrackPlayNeeds {
  readonly desk: Desk;
  readonly locator: UnitLocator;
  /** False while the frame asked for last is not on screen yet: it is waited for. */
  readonly isShown: () => boolean;
  readonly wantsLessMotion: () => boolean;
  readonly now: () => number;
}

export function createTrackPlay(needs: TrackPlayNeeds): TrackPlay {
  const { desk, locator } = needs;
  const store = createStore(() => ({ isPlaying: false }));
  let timer: ReturnType<typeof setInterval> | undefined;
  let stopListening = (): void => undefined;
  let startedAt: number | null = null;
  let isOwnStep = false;

  function step(): void {
    const unit = desk.unit();
    const frames = locator.framesOf(unit);
    const now = desk.store.getState().frame ?? locator.locate(unit)?.frame ?? -1;
    const next = frames[(frames.indexOf(now) + 1) % frames.length];
    if (next === undefined) return;
    isOwnStep = true;
    desk.goToFrame(next);
    isOwnStep = false;
  }

  function stop(): void {
    clearInterval(timer);
    stopListening();
    stopListening = () => undefined;
    startedAt = null;
    if (store.getState().isPlaying) store.setState({ isPlaying: false });
  }

  function start(): void {
    if (locator.framesOf(desk.unit()).length < 2) return;
    startedAt = needs.now();
    store.setState({ isPlaying: true });
    // Whatever else happens on the desk (a verdict, another unit or label, a step by hand) ends it.
    stopListening = desk.store.subscribe((state, before) => {
      const isOther =
        state.at !== before.at ||
        state.given !== before.given ||
        state.besideRow !== before.besideRow ||
        state.picker !== before.picker ||
        state.frame !== before.frame;
      if (isOther && !isOwnStep) stop();
    });
    timer = setInterval(() => {
      if (needs.isShown()) step();
    }, frameMs);
  }

  return {
    store,
    press() {
      if (needs.wantsLessMotion()) step();
      else if (store.getState().isPlaying) stop();
      else start();
    },
    release() {
      if (startedAt !== null && needs.now() - startedAt > heldMs) stop();
      else startedAt = null;
    },
    stop,
    toEnd(end) {
      const frame = locator.framesOf(desk.unit()).at(end === 'first' ? 0 : -1);
      if (frame !== undefined) desk.goToFrame(frame);
    },
  };
}

const plays = new WeakMap<Desk, TrackPlay>();

/** One for each desk: its keys, its button and its strip are different components. */
export function trackPlayOf({ desk, locator }: DeskValue, engine: Engine): TrackPlay {
  const known = plays.get(desk);
  if (known) return known;
  const made = createTrackPlay({
    desk,
    locator,
    isShown: () => !engine.facts.getState().isAwaiting,
    wantsLessMotion: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
    now: () => performance.now(),
  });
  plays.set(desk, made);
  return made;
}
