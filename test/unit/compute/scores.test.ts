import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../support/seededRandom.ts';
import { answer, near, refusal } from './ask.ts';

describe('ap', () => {
  const car = (x: number, score?: number) => ({
    center: [x, 0, 0],
    class: 'car',
    ...(score === undefined ? {} : { score }),
  });
  const options = { class: 'car', distance: 2, minRecall: 0.1, minPrecision: 0.1 };
  const ap = (reference: object, candidate: object, more: object = {}) =>
    (answer('ap', { reference, candidate, ...options, ...more }) as { ap: number }).ap;

  it('is 1 for everything found and nothing else', () => {
    expect(
      ap({ a: [car(0), car(10)], b: [car(5)] }, { a: [car(0.5, 0.9), car(10.5, 0.3)], b: [car(5, 0.7)] }),
    ).toBeCloseTo(1, 12);
  });

  it('follows the interpolated curve by hand', () => {
    // Recall 0.5, 0.5 and precision 1, 0.5: recalls 0.11 to 0.49 give 1, at 0.5 the last value counts, beyond 0.
    expect(ap({ a: [car(0), car(50)] }, { a: [car(0, 0.9), car(20, 0.8)] })).toBeCloseTo(
      (39 * 0.9 + 0.4) / 90 / 0.9,
      12,
    );
    // A miss first: precision 0, 0.5, so it rises on the way to recall 0.5.
    const rising = Array.from({ length: 40 }, (_, k) => Math.max(0, 0.11 + k / 100 - 0.1));
    expect(ap({ a: [car(0), car(50)] }, { a: [car(0, 0.8), car(20, 0.9)] })).toBeCloseTo(
      rising.reduce((sum, value) => sum + value, 0) / 90 / 0.9,
      12,
    );
  });

  it('gives each object to one candidate, the best one, and only nearer than the distance', () => {
    expect(ap({ a: [car(0)] }, { a: [car(0.1, 0.9), car(0, 0.5)] })).toBeCloseTo(
      (89 * 0.9 + 0.4) / 90 / 0.9,
      12,
    );
    expect(ap({ a: [car(0)] }, { a: [car(2, 0.9)] })).toBe(0);
    expect(ap({ a: [car(0)] }, { b: [car(0, 0.9)] })).toBe(0);
    expect(ap({ a: [{ ...car(0), class: 'bus' }] }, { a: [car(0, 0.9)] })).toBe(0);
    expect(
      ap(
        { a: [{ center: [0, 0, 0], class: 'car' }] },
        { a: [{ center: [0, 0, 30], class: 'car', score: 1 }] },
      ),
    ).toBeCloseTo(1, 12);
  });
});

describe('tracking', () => {
  const ones = (n: number) => new Array<number>(n).fill(1);

  it('gives the values of half a track each, by hand', () => {
    // AssA is 2 of 4 and DetA 1 up to a threshold of 0.8, both 0 above: HOTA is sqrt(1/2) in 16 of 19 thresholds.
    expect((16 / 19) * Math.SQRT1_2).toBeCloseTo(0.5954583, 7);
    const result = answer('tracking', {
      reference: [[1, 1, 1, 1]],
      candidate: [
        [1, 1, 0, 0],
        [0, 0, 1, 1],
      ],
      similarity: { 'g0-t0': [0.8, 0.8, 0, 0], 'g0-t1': [0, 0, 0.8, 0.8] },
    });
    expect(result).toMatchObject({
      ...{ mota: 0.75, idSwitches: 1, idf1: 0.5, idp: 0.5, idr: 0.5, tp: 4, fp: 0, fn: 0, motp: near(0.8) },
      ...{ mostlyTracked: 1, mostlyLost: 0, fragmentations: 0 },
      hota: near(0.5954583, 7),
      perAlpha: expect.objectContaining({
        '0.50': { detA: 1, assA: near(0.5), hota: near(Math.SQRT1_2, 12) },
        '0.80': expect.objectContaining({ detA: 1 }),
        '0.85': { detA: 0, assA: 0, hota: 0 },
      }),
    });
  });

  it('is perfect for perfect tracks, whatever they are called', () => {
    const result = answer('tracking', {
      reference: [ones(5), [0, 1, 1, 1, 0]],
      candidate: [[0, 1, 1, 1, 0], ones(5)],
      similarity: { 'g0-t1': ones(5), 'g1-t0': ones(5) },
    });
    expect(result).toMatchObject({
      mota: 1,
      motp: 1,
      idf1: 1,
      hota: 1,
      detA: 1,
      assA: 1,
      locA: 1,
      idSwitches: 0,
      mostlyTracked: 2,
    });
  });

  it('goes on with the partner of the frame before as long as it holds', () => {
    const result = answer('tracking', {
      reference: [[1, 1, 1]],
      candidate: [
        [1, 1, 1],
        [0, 1, 1],
      ],
      similarity: { 'g0-t0': [0.6, 0.6, 0.4], 'g0-t1': [0, 0.9, 0.9] },
    });
    // At time 1 the other track is more alike, yet the first one still holds; at time 2 it no longer does.
    expect(result).toMatchObject({ tp: 3, fp: 2, fn: 0, idSwitches: 1, mota: 0 });
  });

  it('counts losses, fragments and what is mostly lost', () => {
    const result = answer('tracking', {
      reference: [ones(10), ones(10)],
      candidate: [
        [1, 1, 0, 1, 1, 0, 1, 1, 1, 1],
        [1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      ],
      similarity: { 'g0-t0': ones(10), 'g1-t1': ones(10) },
    });
    expect(result).toMatchObject({
      tp: 9,
      fp: 0,
      fn: 11,
      fragmentations: 2,
      idSwitches: 0,
      mostlyTracked: 0,
      mostlyLost: 1,
      idr: 9 / 20,
      idp: 1,
    });
  });

  it('has nothing to divide where nothing is', () => {
    expect(answer('tracking', { reference: [], candidate: [], similarity: {} })).toMatchObject({
      mota: null,
      motp: null,
      idf1: null,
      hota: 0,
    });
    expect(refusal('tracking', { reference: [[1, 1]], candidate: [[1]], similarity: {} })?.code).toBe(
      'compute-input-invalid',
    );
    expect(refusal('tracking', { reference: [[2]], candidate: [[1]], similarity: {} })?.field).toBe(
      '/reference/0/0',
    );
  });

  it('keeps every score in [0, 1]', () => {
    const random = seededRandom(95);
    for (let round = 0; round < 100; round++) {
      const [objects, tracks, times] = [random.integer(1, 4), random.integer(1, 4), random.integer(1, 8)];
      const rows = (n: number) =>
        Array.from({ length: n }, () => Array.from({ length: times }, () => (random.next() < 0.7 ? 1 : 0)));
      const similarity: Record<string, number[]> = {};
      for (let g = 0; g < objects; g++) {
        for (let t = 0; t < tracks; t++)
          similarity[`g${g}-t${t}`] = Array.from({ length: times }, () => random.next());
      }
      const result = answer('tracking', {
        reference: rows(objects),
        candidate: rows(tracks),
        similarity,
      }) as Record<string, number | null>;
      for (const key of ['hota', 'detA', 'assA', 'locA', 'idf1', 'motp']) {
        const value = result[key] ?? 0;
        expect(value >= 0 && value <= 1 + 1e-12, `${key} ${value}`).toBe(true);
      }
    }
  });
});
