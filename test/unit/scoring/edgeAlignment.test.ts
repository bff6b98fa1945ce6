/** A made picture and sweep of boards in front of a wall: the score peaks where nothing is off. */
import { describe, expect, it } from 'vitest';
import { nudge } from '../../../shared/geometry/calibrationTrial.ts';
import type { ImageCalibration } from '../../../shared/geometry/imageCalibration.ts';
import { projectPoint } from '../../../shared/geometry/lens.ts';
import { identityMatrix } from '../../../shared/geometry/matrix.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { judgeEdges } from '../../../shared/scoring/calibrationVerdict.ts';
import {
  alignmentScores,
  type CurvePeak,
  depthEdges,
  edgeField,
  peakOf,
} from '../../../shared/scoring/edgeAlignment.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const size = [640, 400] as const;
const calibration: ImageCalibration = {
  camera: 0,
  model: { kind: 'pinhole', fx: 500, fy: 500, cx: 319.5, cy: 199.5, distortion: [] },
  cameraFromSpace: identityMatrix,
};

interface Board {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly depth: number;
}
const random = seededRandom(5);
const boards: Board[] = Array.from({ length: 9 }, (_, at) => {
  const [x, y, depth] = [-5 + 1.3 * at, random.between(-2, 0.5), random.between(8, 14)];
  return { left: x, right: x + random.between(0.5, 0.9), top: y, bottom: y + random.between(1, 2), depth };
});
const wallDepth = 25;

function depthAlong(x: number, y: number): number {
  const hit = boards
    .filter(({ left, right, top, bottom, depth }) => {
      const [px, py] = [x * depth, y * depth];
      return px >= left && px <= right && py >= top && py <= bottom;
    })
    .map(({ depth }) => depth);
  return Math.min(wallDepth, ...hit);
}

/** The picture: boards bright, wall dark, some noise; taken with the camera turned by `turn`. */
function picture(turn: Vec3): Float32Array {
  const noise = seededRandom(6);
  const [cos, sin] = [Math.cos(turn[1]), Math.sin(turn[1])];
  return Float32Array.from({ length: size[0] * size[1] }, (_, at) => {
    const [u, v] = [at % size[0], Math.floor(at / size[0])];
    const [x, y] = [(u - 319.5) / 500, (v - 199.5) / 500];
    // The camera turned about y by an angle sees the old axes turned back.
    const [oldX, oldZ] = [cos * x - sin, sin * x + cos];
    return (depthAlong(oldX / oldZ, y / oldZ) < wallDepth ? 200 : 60) + 6 * noise.normal();
  });
}

/** A sweep of 40 rings: u, v, depth. */
function sweep(): Float32Array {
  const rows: number[] = [];
  for (let ring = 0; ring < 40; ring++) {
    for (let step = 0; step < 320; step++) {
      const [x, y] = [-0.62 + (1.24 * step) / 320, -0.38 + (0.76 * ring) / 40];
      const depth = depthAlong(x, y);
      rows.push(...projectPoint(calibration.model, [x * depth, y * depth, depth])!, depth);
    }
  }
  return Float32Array.from(rows);
}

const steps = Array.from({ length: 33 }, (_, at) => (at - 16) * 0.1);
const moves = steps.map((degrees) => nudge([0, (degrees * Math.PI) / 180, 0], [0, 0, 0]));

const clear = (at: number, gain = 0.1): CurvePeak => ({ at, gain, isClear: true });

describe('what edges alone make suspect', () => {
  const none = { edges: 2000, time: null, yaw: clear(0.02), pitch: clear(-0.1) };

  it('is what fits clearly elsewhere', () => {
    expect(judgeEdges(none)).toBe('agrees');
    expect(judgeEdges({ ...none, yaw: clear(0.6) })).toBe('calibration');
    expect(judgeEdges({ ...none, pitch: clear(-0.5) })).toBe('calibration');
    expect(judgeEdges({ ...none, time: clear(0.04) })).toBe('sync');
    expect(judgeEdges({ ...none, time: clear(0.04), yaw: clear(0.6) })).toBe('sync-or-calibration');
  });

  it('is nothing where optima are unclear, hardly better, or from a handful of edges', () => {
    expect(judgeEdges({ ...none, yaw: { ...clear(0.6), isClear: false } })).toBe('too-few');
    expect(judgeEdges({ ...none, yaw: clear(0.6, 0.01) })).toBe('agrees');
    expect(judgeEdges({ ...none, edges: 85, yaw: clear(0.6) })).toBe('too-few');
    expect(judgeEdges({ edges: 2000, time: clear(0), yaw: null, pitch: null })).toBe('too-few');
  });

  it('has no optimum on the edge of a plateau', () => {
    const places = [-2, -1, 0, 1, 2];
    expect(peakOf(places, [1.3, 1.31, 1.2, 1.1, 1])!.isClear).toBe(false);
    expect(peakOf(places, [1, 1.31, 1.2, 1.1, 1])!.isClear).toBe(true);
    expect(peakOf(places, [1, 1.1, 1.2, 1.1, 1])!.at).toBeCloseTo(0, 12);
  });
});

describe('depth edges against picture edges', () => {
  const points = sweep();
  const edges = depthEdges(points, points.length / 3, calibration, size);

  it('finds the points in front, at the borders only', () => {
    expect(edges.points.length).toBeGreaterThan(100);
    expect(edges.points.length).toBeLessThan(points.length / 3 / 5);
    for (const [x, y, z] of edges.points) {
      expect(z).toBeLessThan(wallDepth - 1);
      const nearest = Math.min(
        ...boards.map(({ left, right, depth }) =>
          Math.abs(depth - z) < 0.01 ? Math.min(Math.abs(x - left), Math.abs(x - right)) : 9,
        ),
      );
      expect(nearest).toBeLessThan(0.08);
      expect(Number.isFinite(y)).toBe(true);
    }
    for (const weight of edges.weights) expect(weight).toBeLessThanOrEqual(1);
  });

  it('takes no gap for an edge where the neighbour is far off along its row', () => {
    const pair = (apart: number): number =>
      depthEdges(Float32Array.from([300, 200, 8, 300 + apart, 200, 20]), 2, calibration, size).points.length;
    expect(pair(5)).toBe(1);
    expect(pair(15)).toBe(0);
  });

  it('scores best where the calibration is right, and where it is not, at what it lacks', () => {
    for (const degrees of [0, 0.6, -0.8]) {
      const field = edgeField(picture([0, (degrees * Math.PI) / 180, 0]), ...size, 1);
      const scores = alignmentScores(field, edges, calibration, size, moves);
      const peak = peakOf(steps, scores)!;
      expect(peak.isClear).toBe(true);
      // A pixel is 0.115 degrees.
      expect(Math.abs(peak.at - degrees)).toBeLessThan(0.15);
      expect(Math.max(...scores)).toBeGreaterThan(1.1);
      if (degrees === 0) expect(peak.gain).toBeLessThan(0.02);
      else expect(peak.gain).toBeGreaterThan(0.1);
    }
  });

  it('claims nothing over a picture without edges, or without points', () => {
    const flat = edgeField(new Float32Array(size[0] * size[1]).fill(90), ...size, 1);
    expect(peakOf(steps, alignmentScores(flat, edges, calibration, size, moves))?.isClear ?? false).toBe(
      false,
    );
    const none = alignmentScores(flat, { points: [], weights: [] }, calibration, size, moves);
    expect(peakOf(steps, none)).toBeNull();
    const unknown = { ...calibration, model: { kind: 'unknown', name: 'x' } as const };
    expect(depthEdges(points, 10, unknown, size).points).toEqual([]);
  });

  it('works on a coarser field', () => {
    const whole = picture([0, 0.01, 0]);
    const half = Float32Array.from({ length: 320 * 200 }, (_, at) => {
      const [x, y] = [2 * (at % 320), 2 * Math.floor(at / 320)];
      return (
        (whole[y * 640 + x]! +
          whole[y * 640 + x + 1]! +
          whole[(y + 1) * 640 + x]! +
          whole[(y + 1) * 640 + x + 1]!) /
        4
      );
    });
    const scores = alignmentScores(edgeField(half, 320, 200, 0.5), edges, calibration, size, moves);
    expect(Math.abs(peakOf(steps, scores)!.at - 0.573)).toBeLessThan(0.12);
  });
});
