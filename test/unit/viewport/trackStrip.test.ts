/** The strip of a track: its columns, what fits into its box, what is asked of the worker, and going through frames. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Desk } from '../../../renderer/screens/review/desk.ts';
import { framesBeside } from '../../../renderer/screens/review/framesBeside.ts';
import { createUnitLocator } from '../../../renderer/screens/review/locateUnit.ts';
import { itemsInView, outwards, stripLayout } from '../../../renderer/screens/review/track/stripLayout.ts';
import { placeInGap, trackColumns, trackMarks } from '../../../renderer/screens/review/track/trackColumns.ts';
import { createTrackPlay } from '../../../renderer/screens/review/track/trackPlay.ts';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import { matrixFromPose } from '../../../shared/geometry/matrix.ts';
import { quaternionFromYaw, yawFromQuaternion } from '../../../shared/geometry/rotation.ts';
import { seriesOfTrack, trackSeries } from '../../../shared/scoring/trackSeries.ts';
import { AuditDesk, defaultSpec } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';
import { deskOf } from './testDesk.ts';

/** Frames 0..5 of one scene; the vehicle drives and turns; the label stands at (20, 3) in the world. */
function drivenIndex() {
  const made = makeIndex({ scenes: 1, framesPerScene: 6, cuboidsPerFrame: 1 });
  const frames = made.delivery.frames.map((frame, at) => ({
    ...frame,
    timestampNanos: String(1_700_000_000_000_000_000n + BigInt(at) * 100_000_000n),
    worldFromSpace: matrixFromPose(quaternionFromYaw(0.1 * at), [2 * at, 0.5 * at, 0]),
  }));
  return { ...made, delivery: { ...made.delivery, frames } };
}

describe('columns', () => {
  const index = drivenIndex();
  test('a frame without the label is a gap between two that have it, and outside elsewhere', () => {
    const rows = new Map([1, 3, 4].map((frame) => [frame, frame]));
    const columns = trackColumns(index, 1, rows, new Set([1, 3, 4]));
    expect(columns.map(({ state }) => state)).toEqual([
      'outside',
      'present',
      'gap',
      'present',
      'present',
      'outside',
    ]);
    expect(columns.map(({ row }) => row)).toEqual([null, 1, null, 3, 4, null]);
  });

  test('frames nobody labelled have no column, unless the label is in one', () => {
    const frames = index.delivery.frames.map((frame, at) => (at % 2 ? { ...frame, isBetween: true } : frame));
    const sparse = { ...index, delivery: { ...index.delivery, frames } };
    const rows = new Map([0, 3, 4].map((frame) => [frame, frame]));
    const columns = trackColumns(sparse, 0, rows, new Set([0, 3, 4]));
    expect(columns.map(({ frame, state }) => `${frame} ${state}`)).toEqual([
      '0 present',
      '2 gap',
      '3 present',
      '4 present',
    ]);
    expect(trackSeries(sparse, [0, 3, 4]).map(({ missedBefore }) => missedBefore)).toEqual([0, 1, 0]);
  });

  test('the place of a missing label is where a standing object stays in the world', () => {
    const standing = makeStanding();
    const series = trackSeries(standing, [1, 4]);
    const place = placeInGap(standing, series, 2)!;
    const own = standing.labels.cuboids.center;
    for (let axis = 0; axis < 3; axis++) expect(place.center[axis]).toBeCloseTo(own[3 * 2 + axis]!, 6);
    expect(yawFromQuaternion(place.rotation)).toBeCloseTo(-0.2, 9);
    expect(place.size).toEqual([4, 2, 1.6]);
    const frames = standing.delivery.frames.map(({ worldFromSpace, ...frame }) => frame);
    const noPoses = { ...standing, delivery: { ...standing.delivery, frames } };
    expect(placeInGap(noPoses, trackSeries(noPoses, [1, 4]), 2)).toBeNull();
  });

  test('drawn units and findings of this track are marked, others are not', () => {
    const unit = (frame: string, track: string, id = `${frame}|x`) =>
      ({ id, frame, track, label: 'x', kind: 'cuboid' }) as never;
    const units = [unit('f1', 't'), unit('f2', 't'), unit('f3', 'other')];
    const audit = {
      verdicts: new Map([['f1|x', { verdict: 'reject' }]]),
      findings: [
        { frame: 'f1', track: 't', label: 'x', defect: { code: 'POS' } },
        { frame: 'f1', track: 't', label: 'x', defect: { code: 'POS' } },
        { frame: 'f4', track: 't', label: 'x', defect: { code: 'CLS' } },
        { frame: 'f2', track: 'other', label: 'x', defect: { code: 'CLS' } },
      ],
    } as never;
    expect([...trackMarks(audit, units, units[0]!, 't')]).toEqual([
      ['f1', { drawn: 'reject', codes: ['POS'] }],
      ['f2', { drawn: 'open', codes: [] }],
      ['f4', { drawn: null, codes: ['CLS'] }],
    ]);
  });

  test('the series of a list of rows is made once', () => {
    const rows = [0, 1];
    expect(seriesOfTrack(index, rows)).toBe(seriesOfTrack(index, rows));
  });
});

/** As `drivenIndex`, its label standing still in the world. */
function makeStanding() {
  const driven = drivenIndex();
  const made = makeIndex({
    scenes: 1,
    framesPerScene: 6,
    cuboidsPerFrame: 1,
    row: (frame) => {
      const [x, y] = [20 - 2 * frame, 3 - 0.5 * frame];
      const turn = -0.1 * frame;
      return {
        center: [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn), 0.8],
        rotation: quaternionFromYaw(turn),
      };
    },
  });
  return { ...made, delivery: driven.delivery };
}

describe('layout', () => {
  test('a low box has blocks and plots, a usual one a row of pictures, a high one three rows', () => {
    const size = [4.6, 1.9, 1.7] as const;
    expect(stripLayout(70, size)).toMatchObject({ rowHeight: 0, hasPlots: false });
    expect(stripLayout(100, size)).toMatchObject({ rowHeight: 0, hasPlots: true });
    const usual = stripLayout(160, size);
    expect(usual).toMatchObject({ faces: ['top'], hasCamera: false, rowHeight: 61 });
    const high = stripLayout(300, size);
    expect(high).toMatchObject({ faces: ['top', 'side'], hasCamera: true });
    expect(stripLayout(300, null).rowHeight).toBe(0);
    for (const layout of [usual, high]) {
      // The label and half a metre around it fit into every picture.
      expect(layout.rowHeight * layout.metersPerPixel).toBeGreaterThan(5.5);
      expect(layout.columnWidth * layout.metersPerPixel).toBeGreaterThan(2.8);
    }
    expect(high.columnWidth * high.metersPerPixel).toBeGreaterThan(5.5);
  });

  test('only columns in reach of the scroller are asked for, from the current one outwards', () => {
    expect(itemsInView(0, 100, 20, 1000, 2)).toEqual({ from: 0, to: 7 });
    expect(itemsInView(400, 100, 20, 1000, 2)).toEqual({ from: 18, to: 27 });
    expect(itemsInView(19_900, 100, 20, 1000, 2)).toEqual({ from: 993, to: 1000 });
    expect(itemsInView(0, 100, 20, 3, 2)).toEqual({ from: 0, to: 3 });
    expect(itemsInView(0, 100, 0, 3, 2)).toEqual({ from: 0, to: 0 });
    expect(outwards(3, 8, 5)).toEqual([5, 6, 4, 7, 3]);
    expect(outwards(3, 6, 20)).toEqual([5, 4, 3]);
  });

  test('a step on asks for more frames the way it went', () => {
    const series = [2, 4, 6, 8, 10, 12, 14].map((frame) => ({ frame }));
    expect(framesBeside(series, 6, null)).toEqual([8, 4]);
    expect(framesBeside(series, 6, 4)).toEqual([8, 10, 12, 14, 4]);
    expect(framesBeside(series, 6, 8)).toEqual([4, 2, 8]);
    // From another unit's frame nothing is known of the way.
    expect(framesBeside(series, 6, 99)).toEqual([8, 4]);
    expect(framesBeside(series, 5, 4)).toEqual([]);
  });
});

describe('play', () => {
  const index = makeIndex();
  const code = specDefect(defaultSpec, 'POS')!;

  function made(options: { isShown?: () => boolean; lessMotion?: boolean } = {}) {
    vi.useFakeTimers();
    const audit = AuditDesk.ready(index);
    const locator = createUnitLocator(index);
    let now = 1000;
    const desk = deskOf(audit, index, { clock: () => now });
    const play = createTrackPlay({
      desk,
      locator,
      isShown: options.isShown ?? (() => true),
      wantsLessMotion: () => options.lessMotion ?? false,
      now: () => now,
    });
    const frames = locator.framesOf(desk.unit());
    const own = locator.locate(desk.unit())!.frame;
    const pass = (milliseconds: number): void => {
      now += milliseconds;
      vi.advanceTimersByTime(milliseconds);
    };
    return {
      play,
      desk,
      pass,
      frames,
      own,
      frame: () => desk.store.getState().frame ?? own,
      isPlaying: () => play.store.getState().isPlaying,
    };
  }

  afterEach(() => {
    vi.useRealTimers();
  });

  test('goes round, frame after frame, until it is pressed again', () => {
    const { play, pass, isPlaying, frames, own, frame } = made();
    expect(frames).toHaveLength(5);
    play.press();
    play.release();
    const first = frames.indexOf(own);
    for (let step = 1; step <= 7; step++) {
      pass(200);
      expect(frame()).toBe(frames[(first + step) % 5]);
    }
    play.press();
    const last = frame();
    pass(1000);
    expect([isPlaying(), frame()]).toEqual([false, last]);
  });

  test('waits for a frame that is not on screen yet', () => {
    let isShown = false;
    const { play, pass, own, frame } = made({ isShown: () => isShown });
    play.press();
    pass(1000);
    expect(frame()).toBe(own);
    isShown = true;
    pass(200);
    expect(frame()).not.toBe(own);
    play.stop();
  });

  test('a key that was held stops when it is let go', () => {
    const { play, pass, isPlaying } = made();
    play.press();
    pass(900);
    expect(isPlaying()).toBe(true);
    play.release();
    expect(isPlaying()).toBe(false);
  });

  test.each<[string, (desk: Desk, frames: readonly number[]) => void]>([
    ['a verdict', (desk) => desk.accept()],
    ['a code', (desk) => desk.reject(code)],
    ['another unit', (desk) => desk.step(1)],
    ['a step by hand', (desk, frames) => desk.goToFrame(frames.at(-1)!)],
    ['a list', (desk) => desk.patch({ picker: 'jump' })],
  ])('%s stops it', (_what, act) => {
    const { play, desk, pass, frames, isPlaying } = made();
    play.press();
    pass(200);
    expect(isPlaying()).toBe(true);
    act(desk, frames);
    expect(isPlaying()).toBe(false);
  });

  test('with less motion each press is one frame; the ends are one key away', () => {
    const { play, pass, isPlaying, frames, own, frame } = made({ lessMotion: true });
    play.press();
    pass(2000);
    expect([isPlaying(), frame()]).toEqual([false, frames[(frames.indexOf(own) + 1) % 5]]);
    play.toEnd('first');
    expect(frame()).toBe(frames[0]);
    play.toEnd('last');
    expect(frame()).toBe(frames[4]);
  });
});
