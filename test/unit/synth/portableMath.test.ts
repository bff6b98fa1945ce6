import { describe, expect, it } from 'vitest';
import {
  atan2,
  cos,
  fractionalPower,
  raise,
  roundTo,
  sin,
  wrapAngle,
} from '../../../shared/synth/portableMath.ts';
import { mix32, randomStream, smoothNoise } from '../../../shared/synth/random.ts';

describe('portable mathematics', () => {
  it('agrees with the engine to 1e-13 where the engine is good', () => {
    for (let i = -4000; i <= 4000; i++) {
      const angle = i * 0.0173;
      expect(Math.abs(sin(angle) - Math.sin(angle))).toBeLessThan(1e-13);
      expect(Math.abs(cos(angle) - Math.cos(angle))).toBeLessThan(1e-13);
    }
  });

  it('gives the angle of a vector in every quadrant and on the axes', () => {
    for (let i = -360; i <= 360; i++) {
      const [x, y] = [Math.cos(i / 57) * 3, Math.sin(i / 57) * 3];
      expect(Math.abs(atan2(y, x) - Math.atan2(y, x))).toBeLessThan(1e-12);
    }
    expect(atan2(0, 1)).toBe(0);
    expect(atan2(1, 0)).toBeCloseTo(Math.PI / 2, 14);
    expect(atan2(0, -1)).toBeCloseTo(Math.PI, 14);
    expect(atan2(-1, 0)).toBeCloseTo(-Math.PI / 2, 14);
    expect(atan2(0, 0)).toBe(0);
  });

  it('raises to fractions and whole powers', () => {
    for (const base of [0.001, 0.2, 0.5, 1, 2.5])
      for (const exponent of [0, 0.25, 1 / 2.2, 0.9])
        expect(fractionalPower(base, exponent)).toBeCloseTo(base ** exponent, 9);
    expect(fractionalPower(0, 0.4)).toBe(0);
    expect(raise(1.5, 12)).toBeCloseTo(1.5 ** 12, 9);
  });

  it('rounds to decimals without a negative zero, and wraps angles into (-pi, pi]', () => {
    expect(roundTo(1.23456, 3)).toBe(1.235);
    expect(Object.is(roundTo(-0.0001, 3), 0)).toBe(true);
    expect(wrapAngle(Math.PI)).toBe(Math.PI);
    expect(wrapAngle(-Math.PI)).toBeCloseTo(Math.PI, 14);
    expect(wrapAngle(7)).toBeCloseTo(7 - 2 * Math.PI, 14);
  });
});

describe('repeatable chance', () => {
  it('gives a stream that is the same for ever', () => {
    const stream = randomStream(7, 'scene', 0, 'traffic');
    expect(Array.from({ length: 4 }, () => Math.floor(stream.unit() * 4294967296))).toEqual([
      1608819702, 1185061977, 257327654, 3693076055,
    ]);
    expect(mix32(1)).toBe(1364076727);
  });

  it('keeps streams of other names and seeds apart', () => {
    const first = (seed: number, name: string) => randomStream(seed, name).unit();
    expect(new Set([first(1, 'a'), first(2, 'a'), first(1, 'b'), first(1, 'ab')]).size).toBe(4);
  });

  it('stays within its bounds and near its moments', () => {
    const random = randomStream(3, 'moments');
    let sum = 0;
    let squares = 0;
    const count = 20_000;
    for (let i = 0; i < count; i++) {
      const value = random.normal();
      expect(Math.abs(value)).toBeLessThanOrEqual(2 * Math.sqrt(3));
      sum += value;
      squares += value * value;
      const whole = random.integer(2, 4);
      expect([2, 3, 4]).toContain(whole);
    }
    expect(Math.abs(sum / count)).toBeLessThan(0.03);
    expect(Math.abs(squares / count - 1)).toBeLessThan(0.04);
  });

  it('makes noise without jumps, also across the origin', () => {
    for (let i = -500; i < 500; i++) {
      const [a, b] = [smoothNoise(i / 50, 0.3, 4), smoothNoise((i + 1) / 50, 0.3, 4)];
      expect(Math.abs(a - b)).toBeLessThan(0.06);
      expect(a).toBeGreaterThanOrEqual(0);
      expect(a).toBeLessThan(1);
    }
  });
});
