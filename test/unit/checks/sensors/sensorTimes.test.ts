/** TIME: against each camera's own offset, the usual period, and the order of the frames. */
import { describe, expect, test } from 'vitest';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { checked, drivenIndex, told, withFrames } from './drivenIndex.ts';

const plain = drivenIndex();

/** Moves the time of frame `at`, and of its picture, as the callbacks say, milliseconds. */
function retimed(
  frameLate: (at: number) => number,
  pictureLate: (at: number) => number = () => 0,
): DeliveryIndex {
  const moved = (nanos: string | null, milliseconds: number): string =>
    String(BigInt(nanos!) + BigInt(Math.round(1e6 * milliseconds)));
  return withFrames(plain, (frame, at) => {
    const timestampNanos = moved(frame.timestampNanos, frameLate(at));
    return {
      ...frame,
      timestampNanos,
      images: frame.images.map((image) => ({
        ...image,
        timestampNanos: moved(timestampNanos, pictureLate(at)),
      })),
    };
  });
}

function timeFindings(index: DeliveryIndex) {
  return checked(index).findings.filter(({ check, says }) => check === 'TIME' && says !== 'clock');
}

describe('the offset of a picture from its sweep', () => {
  test.each([0, 27, -43])('may be %i ms, if it always is', (milliseconds) => {
    expect(
      timeFindings(
        retimed(
          () => 0,
          () => milliseconds,
        ),
      ),
    ).toEqual([]);
  });

  test('is odd beyond 25 ms from what is usual for the camera, and worse beyond 50', () => {
    const one = (milliseconds: number) =>
      timeFindings(
        retimed(
          () => 0,
          (at) => 30 + (at === 7 ? milliseconds : 0),
        ),
      );
    expect(one(20)).toEqual([]);
    expect(one(30)).toMatchObject([
      {
        says: 'camera',
        grade: 'soft',
        frame: '7',
        owner: 'data',
        code: 'SYNC',
        params: { ms: 60, usual: 30 },
      },
    ]);
    expect(one(-70)).toMatchObject([{ grade: 'hard', params: { ms: -40, usual: 30 } }]);
  });

  test('is told once for a stretch of frames', () => {
    const stretch = retimed(
      () => 0,
      (at) => (at >= 5 && at <= 8 ? 40 : 0),
    );
    expect(timeFindings(stretch)).toMatchObject([{ frames: 4, firstFrame: '5', lastFrame: '8' }]);
  });

  test('scatters where cameras run free, and is then no finding', () => {
    const free = retimed(
      () => 0,
      (at) => ((7 * at) % 20) * 3 - 30,
    );
    expect(timeFindings(free)).toEqual([]);
  });
});

describe('the time from frame to frame', () => {
  test('may vary by a tenth of the period', () => {
    expect(timeFindings(retimed((at) => (at === 9 ? 8 : 0)))).toEqual([]);
    expect(timeFindings(retimed((at) => (at >= 9 ? 30 : 0)))).toMatchObject([
      { says: 'period', grade: 'soft', frame: '9', params: { ms: 130, usual: 100 } },
    ]);
  });

  test('goes forward', () => {
    expect(timeFindings(retimed((at) => (at === 9 ? -100 : 0)))).toContainEqual(
      expect.objectContaining({ says: 'order', grade: 'hard', frame: '9' }),
    );
  });

  test('is not asked of a delivery that has none', () => {
    const timeless = withFrames(plain, (frame) => ({ ...frame, timestampNanos: null }));
    const { checks } = checked(timeless);
    expect(checks.find(({ id }) => id === 'TIME')).toMatchObject({ ran: 0, skipped: { times: 1 } });
  });
});

describe('the clock that the labels ask for', () => {
  test.each([0.06, -0.08])('is %f s off', (seconds) => {
    const { findings, checks } = checked(drivenIndex({ seconds }));
    expect(findings.map(({ check, says }) => `${check} ${says}`)).toEqual(['TIME clock']);
    expect(findings[0]!.params.ms).toBeGreaterThan(1000 * seconds - 8);
    expect(findings[0]!.params.ms).toBeLessThan(1000 * seconds + 8);
    expect(findings[0]).toMatchObject({ owner: 'data', code: 'SYNC', camera: 'camera 0' });
    // What single labels would be blamed for goes up in it.
    expect(findings[0]!.explained).toBe(checks.find(({ id }) => id === 'PROJ')!.explained);
  });

  test('is not asked for where everything fits', () => {
    expect(told(plain)).toEqual([]);
  });
});
