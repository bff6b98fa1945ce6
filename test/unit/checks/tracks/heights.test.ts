/** Labels that step in height against their track, and labels that lean: on drives whose every label is known. */
import { expect, test } from 'vitest';
import { flipCheck } from '../../../../shared/checks/tracks/flip.ts';
import { staticCheck } from '../../../../shared/checks/tracks/static.ts';
import { type Actor, type Drive, driving, findingsOf, parked, type TrackLabel } from './trackLab.ts';

const actors: readonly Actor[] = [...parked, { track: 'a', at: driving(10, 4, 9) }];
/** A street that rises by 6 %, over which labels stand as they should, but for `up` metres in some frames. */
const rising = (up: (label: TrackLabel, frame: number) => number): Drive => ({
  actors,
  frames: 20,
  hertz: 10,
  spoil: (label, frame) => ({ ...label, up: 0.06 * label.x + up(label, frame) }),
});
const heightsOf = (drive: Drive) =>
  findingsOf(staticCheck, drive)
    .filter(({ limitKey }) => limitKey === 'height')
    .map(({ track, says, firstFrame, lastFrame, params }) => [track, says, firstFrame, lastFrame, params]);

test('a slope is no step, and right labels may scatter by centimetres', () => {
  expect(heightsOf(rising((_label, frame) => 0.04 * ((frame * 7) % 3)))).toEqual([]);
});

test('a stretch that stands too high, and a single label too low, are told by how much', () => {
  const high = rising(({ track }, frame) => (track === 'a' && frame >= 5 && frame < 12 ? 0.7 : 0));
  expect(heightsOf(high)).toEqual([['a', 'higher', '5', '11', { meters: 0.7 }]]);
  const low = rising(({ track }, frame) => (track === 'parked-1' && frame === 8 ? -0.5 : 0));
  expect(heightsOf(low)).toEqual([['parked-1', 'lower', '8', '8', { meters: 0.5 }]]);
  const first = rising(({ track }, frame) => (track === 'a' && frame < 4 ? -0.6 : 0));
  expect(heightsOf(first)).toEqual([['a', 'lower', '0', '3', { meters: 0.6 }]]);
});

const leansOf = (lean: (label: TrackLabel, frame: number) => number) =>
  findingsOf(flipCheck, {
    actors,
    frames: 12,
    spoil: (label, frame) => ({ ...label, lean: lean(label, frame) }),
  })
    .filter(({ says }) => says === 'lean')
    .map(({ track, frames, params }) => [track, frames, params]);

test('a label that leans where the others are upright is told, however long it does', () => {
  expect(leansOf(() => 0)).toEqual([]);
  expect(leansOf(({ track }, frame) => (track === 'a' && frame < 6 ? 0.1 : 0))).toEqual([
    ['a', 6, { off: 6 }],
  ]);
});

test('where labels follow the ground nothing is said of how they lean', () => {
  expect(leansOf(({ track }) => (track === 'a' ? 0.3 : 0.05))).toEqual([]);
});
