/** STATIC, SIZEVAR, COPY and the property that right labels say nothing at all. */
import { describe, expect, test } from 'vitest';
import { lackOf } from '../../../../shared/checks/lacks.ts';
import { copyCheck } from '../../../../shared/checks/tracks/copy.ts';
import { sizeVarCheck } from '../../../../shared/checks/tracks/sizevar.ts';
import { standingTracks } from '../../../../shared/checks/tracks/standing.ts';
import { staticCheck } from '../../../../shared/checks/tracks/static.ts';
import { trackChecks } from '../../../../shared/checks/tracks/trackChecks.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import {
  type Actor,
  allSaid,
  carSize,
  type Drive,
  driving,
  findingsIn,
  findingsOf,
  type Pose,
  parked,
  scanned,
  sceneOfDrive,
  standing,
  withinTolerance,
} from './trackLab.ts';

const bending = (t: number): Pose => {
  const yaw = 0.25 * t;
  return { x: 40 * Math.sin(yaw), y: 44 - 40 * Math.cos(yaw), yaw };
};
/** Brakes from 9 m/s to rest and sets off again. */
const stopping = (t: number): Pose => {
  const covered = (s: number): number => (s < 1.5 ? 9 * s - 3 * s * s : 6.75);
  const away = Math.max(0, t - 2.2);
  return { x: 3 + covered(t) + away * away, y: -4, yaw: 0 };
};
const street: readonly Actor[] = [
  ...parked,
  { track: 'straight', at: driving(-10, 4, 13), attributes: { state: 'moving' } },
  { track: 'bend', at: bending },
  { track: 'stops', at: stopping },
  { track: 'reverses', at: (t) => ({ ...driving(30, -5, -2)(t), yaw: 0 }) },
  { track: 'truck', className: 'truck', size: [9, 2.6, 3.3], at: driving(40, 8, -11) },
  { track: 'cyclist', className: 'cyclist', size: [1.7, 0.6, 1.7], at: driving(5, 2, 5, 0.2) },
  { track: 'walker', className: 'pedestrian', size: [0.6, 0.7, 1.75], at: driving(15, 6, 1.4, 2) },
  { track: 'waits', className: 'pedestrian', size: [0.6, 0.7, 1.75], at: standing(18, 7) },
  { track: 'cone', className: 'traffic_cone', size: [0.4, 0.4, 0.8], at: standing(14, 3) },
];

describe('right labels', () => {
  // A truck that drives backwards at 11 m/s is not right: it faces its way.
  const facing = street.map((actor) =>
    actor.track === 'truck' ? { ...actor, at: driving(40, 8, 11, Math.PI) } : actor,
  );

  test('without scatter nothing is said, at 2 and at 10 frames a second', () => {
    for (const [hertz, frames] of [
      [10, 40],
      [2, 12],
    ] as const) {
      expect(allSaid(sceneOfDrive({ actors: facing, hertz, frames }))).toEqual([]);
    }
  });

  test.each(Array.from({ length: 12 }, (_, at) => at + 1))(
    'within tolerance nothing is said, seed %i',
    (seed) => {
      const spoil = withinTolerance(seed);
      expect(allSaid(sceneOfDrive({ actors: facing, spoil, frames: 40 }))).toEqual([]);
      const slow = { actors: facing, spoil: withinTolerance(100 + seed), hertz: 2, frames: 12 };
      expect(allSaid(sceneOfDrive(slow))).toEqual([]);
    },
  );

  test('drift of the poses is not held against the labels', () => {
    const drift = (frame: number): [number, number] => [0.03 * frame, 0.5 * Math.sin(frame / 8)];
    expect(allSaid(sceneOfDrive({ actors: facing, drift, frames: 40 }))).toEqual([]);
  });

  test('tracks of one and two labels, and none at all', () => {
    for (const frames of [1, 2]) expect(allSaid(sceneOfDrive({ actors: facing, frames }))).toEqual([]);
    expect(allSaid(sceneOfDrive({ actors: [] }))).toEqual([]);
  });
});

describe('hostile labels', () => {
  test('numbers beyond all bounds are told or left, but nothing throws and no value is without bounds', () => {
    for (const x of [1e6, 1e150, 1e300, -1e300]) {
      for (const frames of [[10], [10, 11, 12], [0], [29]]) {
        const scene = sceneOfDrive({
          actors: street,
          spoil: (label, frame) => (frames.includes(frame) ? { ...label, x } : label),
        });
        const findings = trackChecks
          .filter((check) => lackOf(check, scene) === null)
          .flatMap((check) => findingsIn(check, scene));
        expect(findings.length).toBeGreaterThan(0);
        for (const { value, params } of findings) {
          expect(Number.isFinite(value)).toBe(true);
          expect(
            Object.values(params).filter((param) => typeof param === 'number' && !Number.isFinite(param)),
          ).toEqual([]);
        }
      }
    }
  });

  test('frames of one and the same time', () => {
    const scene = sceneOfDrive({ actors: street, hertz: Number.POSITIVE_INFINITY });
    expect(() => allSaid(scene)).not.toThrow();
  });
});

describe('STATIC', () => {
  const moved =
    (track: string, from: number, to: number, x: number): NonNullable<Drive['spoil']> =>
    (label, frame) =>
      label.track === track && frame >= from && frame < to ? { ...label, x: label.x + x } : label;

  test('a parked car off its place in some frames, by how much, whatever the poses do', () => {
    for (const drift of [
      () => [0, 0] as const,
      (frame: number) => [0.008 * frame, -0.004 * frame] as const,
    ]) {
      const findings = findingsOf(staticCheck, {
        actors: parked,
        spoil: moved('parked-1', 12, 17, 0.45),
        drift,
      });
      expect(findings).toMatchObject([{ track: 'parked-1', says: 'is', grade: 'hard', frames: 5 }]);
      expect(findings[0]!.value).toBeCloseTo(0.45, 2);
    }
    expect(findingsOf(staticCheck, { actors: parked, spoil: moved('parked-1', 12, 17, 0.15) })).toEqual([]);
  });

  test('common drift is found as a slow search finds it', () => {
    const random = seededRandom(5);
    const drift = Array.from(
      { length: 30 },
      () => [random.between(-0.4, 0.4), random.between(-0.4, 0.4)] as const,
    );
    const scene = sceneOfDrive({ actors: parked, drift: (frame) => drift[frame]! });
    for (const { off } of standingTracks(scene)) {
      for (const [x, y] of off) expect(Math.hypot(x, y)).toBeLessThan(1e-9);
    }
  });

  test('two standing cars do not show which of them is off', () => {
    const actors = parked.slice(0, 2);
    const findings = findingsOf(staticCheck, { actors, spoil: moved('parked-1', 12, 17, 0.45) });
    expect(findings.filter(({ says }) => says === 'is')).toEqual([]);
  });

  test('a moving label off the way of the frames around, and one that scatters all along', () => {
    const actors = [{ track: 'a', at: bending }];
    const lone = findingsOf(staticCheck, { actors, spoil: moved('a', 14, 15, 0.5) });
    expect(new Set(lone.map(({ track, code }) => `${track} ${code}`))).toEqual(new Set(['a POS']));
    const line = lone.find(({ says }) => says === 'line')!;
    expect(line.frame).toBe('14');
    expect(line.value).toBeCloseTo(0.5, 2);
    const random = seededRandom(9);
    const spoil: Drive['spoil'] = (label) => ({
      ...label,
      x: label.x + random.between(-0.7, 0.7),
      y: label.y + random.between(-0.7, 0.7),
    });
    const jitter = findingsOf(staticCheck, { actors, spoil }).filter(({ says }) => says === 'jitter');
    expect(jitter).toMatchObject([{ code: 'JIT', track: 'a' }]);
    // Uniform within 0.7 m along each axis: twice a standard deviation of 0.4 m.
    expect(jitter[0]!.value).toBeGreaterThan(0.5);
    expect(jitter[0]!.value).toBeLessThan(1.1);
  });

  test('labels with too few points are not judged', () => {
    const scene = sceneOfDrive({ actors: parked, spoil: moved('parked-1', 12, 17, 0.9) });
    expect(findingsIn(staticCheck, scanned(scene, 20))).toHaveLength(1);
    expect(findingsIn(staticCheck, scanned(scene, 2))).toEqual([]);
  });
});

describe('SIZEVAR', () => {
  const grown =
    (size: Actor['size'], frames: readonly number[]): NonNullable<Drive['spoil']> =>
    (label, frame) =>
      frames.includes(frame) ? { ...label, size: size! } : label;
  const actors = [{ track: 'a', at: driving(0, 4, 8) }];

  test('by extent, with the usual size as the expected box', () => {
    const findings = findingsOf(sizeVarCheck, { actors, spoil: grown([4.6, 2.2, 1.7], [4, 5, 6]) });
    expect(findings).toMatchObject([
      { says: 'width', frames: 3, grade: 'hard', params: { off: 0.25, usual: 1.95 } },
    ]);
    expect(findings[0]!.evidence).toMatchObject([{ kind: 'box', role: 'expected', size: carSize }]);
    expect(findingsOf(sizeVarCheck, { actors, spoil: grown([4.68, 1.95, 1.7], [4]) })).toMatchObject([
      { says: 'length', grade: 'soft' },
    ]);
  });

  test('centimetres that a file rounds away, two labels, and people are left alone', () => {
    expect(findingsOf(sizeVarCheck, { actors, spoil: grown([4.61, 1.95, 1.69], [4]) })).toEqual([]);
    expect(findingsOf(sizeVarCheck, { actors, frames: 2, spoil: grown([6, 3, 3], [1]) })).toEqual([]);
    const people = [{ ...actors[0]!, className: 'pedestrian' }];
    expect(findingsOf(sizeVarCheck, { actors: people, spoil: grown([1, 1, 1], [4]) })).toEqual([]);
  });

  test('limits set by a person hold', () => {
    const settings = { limits: { SIZEVAR: { all: { soft: 0.5, hard: null } } } };
    const scene = sceneOfDrive({ actors, spoil: grown([4.6, 2.2, 1.7], [4]) }, settings);
    expect(findingsIn(sizeVarCheck, scene)).toEqual([]);
  });
});

describe('COPY', () => {
  /** The pose of one frame in those that follow. */
  const frozen =
    (at: Actor['at'], from: number, to: number, hertz: number): NonNullable<Drive['spoil']> =>
    (label, frame) =>
      frame > from && frame < to ? { ...label, ...at(from / hertz) } : label;

  test('a pose that stands while the object drives on', () => {
    const at = driving(0, 4, 10);
    const findings = findingsOf(copyCheck, { actors: [{ track: 'a', at }], spoil: frozen(at, 10, 15, 10) });
    expect(findings).toMatchObject([{ grade: 'hard', value: 4, firstFrame: '11', lastFrame: '14' }]);
  });

  test('a pose copied in the space of a moving vehicle', () => {
    const [ego, at] = [driving(0, 0, 12), driving(30, 4, 2)];
    const spoil: Drive['spoil'] = (label, frame) =>
      frame > 10 && frame < 15
        ? { ...label, x: at(1).x + ego(frame / 10).x - ego(1).x, y: at(1).y, yaw: at(1).yaw }
        : label;
    const findings = findingsOf(copyCheck, { actors: [{ track: 'a', at }], ego, spoil });
    expect(findings).toMatchObject([{ value: 4, firstFrame: '11', lastFrame: '14' }]);
  });

  test('what parks, stops, or keeps its distance to the vehicle is no copy', () => {
    const following = { track: 'follows', at: driving(20, 0, 8) };
    expect(findingsOf(copyCheck, { actors: [...street, following], frames: 40 })).toEqual([]);
  });

  test('a way drawn at its ends, between corners', () => {
    const zigzag = (t: number): Pose => ({ x: 8 * t, y: Math.abs(((t / 1.5) % 2) - 1) * 3, yaw: 0 });
    const findings = findingsOf(copyCheck, { actors: [{ track: 'a', at: zigzag }], frames: 60 });
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.every(({ says, grade }) => says === 'ruled' && grade === 'soft')).toBe(true);
    expect(findingsOf(copyCheck, { actors: [{ track: 'a', at: bending }], frames: 60 })).toEqual([]);
  });
});
