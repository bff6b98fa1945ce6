/** IDJUMP, IDSW, SHORT, FLICKER, ATTRMOT: whose label it is, and what is said of it. */
import { describe, expect, test } from 'vitest';
import { lackOf } from '../../../../shared/checks/lacks.ts';
import { attrMotCheck } from '../../../../shared/checks/tracks/attrmot.ts';
import { flickerCheck } from '../../../../shared/checks/tracks/flicker.ts';
import { idJumpCheck } from '../../../../shared/checks/tracks/idjump.ts';
import { idSwitchCheck } from '../../../../shared/checks/tracks/idsw.ts';
import { shortCheck } from '../../../../shared/checks/tracks/short.ts';
import {
  type Actor,
  type Drive,
  driving,
  findingsIn,
  findingsOf,
  parked,
  scanned,
  sceneOfDrive,
  standing,
} from './trackLab.ts';

const lanes: readonly Actor[] = [
  { track: 'a', at: driving(0, 4, 10) },
  { track: 'b', at: driving(2, 7.5, 9) },
];

describe('IDSW', () => {
  const exchanged =
    (from: number): NonNullable<Drive['spoil']> =>
    (label, frame) =>
      frame < from ? label : { ...label, track: label.track === 'a' ? 'b' : 'a' };

  test('two cars in lanes beside each other exchange ids, at both rates', () => {
    for (const [hertz, frames, from] of [
      [10, 30, 14],
      [2, 10, 5],
    ] as const) {
      const findings = findingsOf(idSwitchCheck, { actors: lanes, hertz, frames, spoil: exchanged(from) });
      expect(findings.map(({ says, frame, track }) => `${says} ${frame} ${track}`).sort()).toEqual([
        `exchange ${from} a`,
        `exchange ${from} b`,
      ]);
      expect(findings[0]!.params.other).not.toBe(findings[0]!.track);
    }
  });

  test('a track broken in two is found at the second one, whose other part is named', () => {
    const broken: Drive['spoil'] = (label, frame) =>
      label.track === 'a' && frame >= 15 ? { ...label, track: 'new' } : label;
    for (const [hertz, value] of [
      [10, 0],
      [2, 0],
    ] as const) {
      const findings = findingsOf(idSwitchCheck, { actors: lanes, hertz, spoil: broken });
      expect(findings).toMatchObject([
        { says: 'broken', code: 'FRAG', track: 'new', frame: '15', grade: 'hard' },
      ]);
      expect(findings[0]!.params.other).toBe('a');
      expect(findings[0]!.value).toBeCloseTo(value, 6);
    }
  });

  test('cars that pass, turn up elsewhere, or are of other sizes are each their own', () => {
    expect(findingsOf(idSwitchCheck, { actors: lanes })).toEqual([]);
    const relay = (x: number, size: Actor['size']): Drive => ({
      actors: [lanes[0]!, { track: 'c', at: driving(x, 4, 10), ...(size && { size }) }],
      spoil: (label, frame) => ((label.track === 'a') === frame < 15 ? label : null),
    });
    expect(findingsOf(idSwitchCheck, relay(0.3, undefined))).toHaveLength(1);
    expect(findingsOf(idSwitchCheck, relay(6, undefined))).toEqual([]);
    expect(findingsOf(idSwitchCheck, relay(0.3, [12, 2.5, 3.5]))).toEqual([]);
  });

  test('needs poses', () => {
    expect(lackOf(idSwitchCheck, sceneOfDrive({ actors: lanes, hasPoses: false }))).toBe('poses');
  });
});

describe('IDJUMP', () => {
  const jumping = (meters: number, missing: readonly number[] = []): Drive => ({
    actors: lanes.slice(0, 1),
    spoil: (label, frame) =>
      missing.includes(frame) ? null : frame >= 12 ? { ...label, y: label.y + meters } : label,
  });

  test('farther than any car gets, and off its way by less', () => {
    const far = findingsOf(idJumpCheck, jumping(30));
    const beyond = far.find(({ says }) => says === 'is')!;
    expect(beyond).toMatchObject({ frame: '12', grade: 'hard', code: 'MERGE' });
    // Moved by the step and the metre it drives, beyond 70 m/s for a tenth of a second and two metres.
    expect(beyond.value).toBeCloseTo(Math.hypot(30, 1) - 9, 6);
    expect(findingsOf(idJumpCheck, jumping(4)).map(({ says }) => says)).toEqual(['leap']);
    expect(findingsOf(idJumpCheck, jumping(0.5))).toEqual([]);
  });

  test('elsewhere after a gap; where it was going all is well', () => {
    const findings = findingsOf(idJumpCheck, jumping(8, [9, 10, 11]));
    expect(findings.map(({ says, code }) => `${says} ${code}`)).toEqual(['reuse IDREUSE']);
    expect(findingsOf(idJumpCheck, jumping(0, [9, 10, 11]))).toEqual([]);
  });

  test('one id twice in a frame, also without poses', () => {
    const findings = findingsOf(idJumpCheck, {
      actors: lanes,
      hasPoses: false,
      spoil: (label, frame) =>
        label.track === 'a' && frame === 6 ? [label, { ...label, y: label.y + 3 }] : label,
    });
    expect(findings).toMatchObject([{ says: 'double', frame: '6', track: 'a', params: { apart: 3 } }]);
  });
});

describe('SHORT', () => {
  const brief = (from: number, to: number): Drive => ({
    actors: [...parked, { track: 'brief', at: standing(15, 5) }],
    spoil: (label, frame) => (label.track === 'brief' && (frame < from || frame >= to) ? null : label),
  });

  test('a frame or two in the middle of a scene', () => {
    expect(findingsOf(shortCheck, brief(10, 12))).toMatchObject([{ track: 'brief', value: 2 }]);
    expect(findingsOf(shortCheck, brief(10, 13))).toEqual([]);
  });

  test('not at the ends of the scene, nor with few points', () => {
    expect(findingsOf(shortCheck, brief(0, 2))).toEqual([]);
    expect(findingsOf(shortCheck, brief(28, 30))).toEqual([]);
    expect(findingsIn(shortCheck, scanned(sceneOfDrive(brief(10, 12)), 40))).toHaveLength(1);
    expect(findingsIn(shortCheck, scanned(sceneOfDrive(brief(10, 12)), 8))).toEqual([]);
  });
});

describe('FLICKER', () => {
  test('the labels that differ from most of their track', () => {
    const findings = findingsOf(flickerCheck, {
      actors: lanes,
      spoil: (label, frame) =>
        label.track === 'b' && (frame === 4 || frame === 20) ? { ...label, className: 'truck' } : label,
    });
    expect(findings.map(({ track, frame }) => `${track} ${frame}`)).toEqual(['b 4', 'b 20']);
    expect(findings[0]!.params).toEqual({ here: 'truck', usual: 'car', frames: 2 });
    expect(findingsOf(flickerCheck, { actors: lanes })).toEqual([]);
  });

  test('two names for one class of the spec are one class', () => {
    const spoil: Drive['spoil'] = (label, frame) => (frame === 4 ? { ...label, className: 'Car' } : label);
    expect(findingsOf(flickerCheck, { actors: lanes, spoil })).toEqual([]);
  });
});

describe('ATTRMOT', () => {
  const called = (state: string, at: Actor['at']): Actor => ({ track: 'a', at, attributes: { state } });

  test('called what it does not do, at both rates', () => {
    for (const [hertz, frames] of [
      [10, 30],
      [2, 8],
    ] as const) {
      const said = (actor: Actor) =>
        findingsOf(attrMotCheck, { actors: [actor], hertz, frames }).map(({ says }) => says);
      expect(said(called('parked', driving(0, 4, 2.5)))).toEqual(['still']);
      expect(said(called('vehicle.moving', standing(9, 4)))).toEqual(['moving']);
      expect(said(called('parked', standing(9, 4)))).toEqual([]);
      expect(said(called('moving', driving(0, 4, 2)))).toEqual([]);
    }
  });

  test('an attribute that changes half a second late is none', () => {
    const setsOff = (t: number) => ({ x: t < 1 ? 0 : (t - 1) ** 2, y: 4, yaw: 0 });
    const spoil: Drive['spoil'] = (label, frame) => ({
      ...label,
      attributes: { state: frame < 20 ? 'stopped' : 'moving' },
    });
    expect(findingsOf(attrMotCheck, { actors: [{ track: 'a', at: setsOff }], spoil })).toEqual([]);
  });

  test('without such attributes there is nothing to hold against the motion', () => {
    expect(lackOf(attrMotCheck, sceneOfDrive({ actors: lanes }))).toBe('motion-attributes');
  });
});
