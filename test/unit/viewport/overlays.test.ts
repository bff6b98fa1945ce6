/** What explains a label beside its box, and how pictures are framed: outside the shell, of the right face, kept. */
import { describe, expect, it, test } from 'vitest';
import type { FaceFinding } from '../../../renderer/screens/review/faceFindings.ts';
import {
  floorMeasure,
  gapMeasure,
  heightMeasure,
  isOverLimit,
  measureOf,
  partsOf,
  valueText,
} from '../../../renderer/screens/review/measure/handMeasures.ts';
import { measureTags } from '../../../renderer/screens/review/measure/measureTags.ts';
import { type CloseChoice, closeNotes } from '../../../renderer/screens/review/overlays/closeNotes.ts';
import { defaultViewOptions, isOnlyTone } from '../../../renderer/viewport/viewOptions.ts';
import { closeDirections, closeFaces } from '../../../renderer/viewport/views/closeView.ts';
import { carriedOver, cropAround, framingOf } from '../../../renderer/viewport/views/imageView.ts';
import { faceNames } from '../../../shared/geometry/cuboid.ts';
import { identityRotation, quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';

const size: Vec3 = [4.6, 1.9, 1.6];
const toleranceMeters = 0.3;
const gaps = {
  inside: 412,
  inward: [0.11, 0.42, 0.03, 0.05, 0.02, 0.01],
  outward: [0.2, 0.9, Number.POSITIVE_INFINITY, 0.4, Number.POSITIVE_INFINITY, 0.01],
};
const seen: readonly FaceFinding[] = [
  { face: 'rear', at: 1, meters: 0.42, limitMeters: 0.3, isOver: true },
  { face: 'left', at: 2, meters: 0.03, limitMeters: 0.2, isOver: false },
];
const choice: CloseChoice = {
  showDimensions: true,
  showFaceGaps: true,
  isFlipped: false,
  toleranceMeters,
  gaps,
  seen,
  words: {
    inside: String,
    gap: (inward, outward, limit) => `${inward} ${outward} ${limit}`,
  },
};

describe('words beside the label', () => {
  for (const face of closeFaces) {
    for (const isFlipped of [false, true]) {
      it(`stand outside the shell, beside one side of it: ${face}${isFlipped ? ', flipped' : ''}`, () => {
        const { right, up } = closeDirections(face, isFlipped);
        const { words } = closeNotes(size, face, { ...choice, isFlipped });
        // Two extents, four faces, and the points inside once.
        expect(words.length).toBe(face === 'top' ? 7 : 6);
        for (const { place } of words) {
          const beyond = [right[0], up[0]].map(
            (axis) => Math.abs(place[axis]) - (size[axis]! / 2 + toleranceMeters),
          );
          expect(Math.max(...beyond)).toBeGreaterThan(0);
        }
        // No two of them at one place.
        expect(new Set(words.map(({ place }) => String(place))).size).toBe(words.length);
      });
    }
  }

  it('dimensions are named by the axis a view shows', () => {
    const of = (face: 'top' | 'side' | 'end') =>
      closeNotes(size, face, { ...choice, showFaceGaps: false })
        .words.map(({ id, text }) => `${id} ${text}`)
        .sort();
    expect(of('top')).toEqual(['length 4.60 m', 'width 1.90 m']);
    expect(of('side')).toEqual(['height 1.60 m', 'length 4.60 m']);
    expect(of('end')).toEqual(['height 1.60 m', 'width 1.90 m']);
  });

  it('a face has its own distances; a limit only where the sensor sees it', () => {
    const { words } = closeNotes(size, 'top', { ...choice, showDimensions: false });
    const word = (id: string) => words.find((entry) => entry.id === id)!;
    expect(word('rear')).toMatchObject({ text: '0.42 0.9 0.3', tone: 'over' });
    expect(word('left')).toMatchObject({ text: '0.03 Infinity 0.2', tone: 'quiet' });
    expect(word('front')).toMatchObject({ text: '0.11 0.2 null', tone: 'quiet' });
    expect(word('inside').text).toBe('412');
    expect(words.map(({ id }) => id)).not.toContain('top');
  });

  it('a face stands on its own side of the view, flipped or not', () => {
    for (const isFlipped of [false, true]) {
      for (const face of closeFaces) {
        const { words } = closeNotes(size, face, { ...choice, isFlipped, showDimensions: false });
        for (const { id, place } of words) {
          const at = faceNames.indexOf(id as (typeof faceNames)[number]);
          if (at < 0) continue;
          const along = place[at >> 1]! * (at % 2 === 0 ? 1 : -1);
          expect([face, isFlipped, id, along]).toEqual([face, isFlipped, id, size[at >> 1]! / 2]);
        }
      }
    }
  });

  it('is nothing where nothing is asked for or known', () => {
    const nothing = { ...choice, showDimensions: false, gaps: null };
    expect(closeNotes(size, 'top', nothing)).toEqual({ lines: [], words: [] });
    const none = [1, 1, 1, 1, 1, 1].map(() => Number.POSITIVE_INFINITY);
    const empty = { ...nothing, gaps: { inside: 0, inward: none, outward: none } };
    expect(closeNotes(size, 'top', empty).words.map(({ id }) => id)).toEqual(['inside']);
  });
});

describe('framing of pictures', () => {
  it('a crop holds the label with its surroundings and never leaves the picture', () => {
    expect(cropAround([100, 200, 300, 300], 1600, 900)).toEqual([60, 160, 340, 340]);
    expect(cropAround([0, 0, 500, 100], 1600, 900)).toEqual([-0.5, -0.5, 600, 200]);
    const [left, top, right, bottom] = cropAround([1590, 890, 1594, 896], 1600, 900);
    expect([right, bottom]).toEqual([1599.5, 899.5]);
    expect(right - left).toBeGreaterThan(20);
    expect(bottom - top).toBeGreaterThan(16);
  });

  it('shows all of a part, in the middle', () => {
    expect(framingOf([100, 100, 500, 200], 200, 100)).toEqual({ center: [300, 150], scale: 2 });
    expect(framingOf([100, 100, 200, 500], 200, 100)).toEqual({ center: [150, 300], scale: 4 });
  });

  it('a kept zoom is the same on the screen for a label of another size', () => {
    const from = framingOf([100, 100, 300, 200], 200, 100);
    // Zoomed in twice, and the middle moved by a quarter of the view to the right.
    const chosen = { center: [from.center[0] + 50 * from.scale, from.center[1]] as const, scale: 0.5 };
    const fitted = framingOf([1000, 400, 1800, 800], 200, 100);
    const kept = carriedOver(chosen, from, fitted);
    expect(kept.scale / fitted.scale).toBe(0.5);
    expect((kept.center[0] - fitted.center[0]) / fitted.scale).toBe(50);
    expect(carriedOver(from, from, fitted)).toEqual(fitted);
  });
});

describe('measures by hand', () => {
  const label = { center: [10, 0, 1] as Vec3, size, rotation: quaternionFromYaw(Math.PI / 2) };
  const context = { frame: 'f7', label, yawLimit: 0.1 };

  it('a ruler keeps where it lay, and tells its way in the axes of the label', () => {
    const measure = measureOf(
      'ruler',
      [
        [10, 0, 0],
        [10, 3, 4],
      ],
      context,
    )!;
    expect(measure).toEqual({
      ...{ quantity: 'ruler', value: 5, limit: null, unit: 'm' },
      place: {
        frame: 'f7',
        points: [
          [10, 0, 0],
          [10, 3, 4],
        ],
      },
    });
    const parts = partsOf(measure, label)!;
    expect(parts.along).toBeCloseTo(3, 9);
    expect(parts.across).toBeCloseTo(0, 9);
    expect(partsOf({ ...measure, quantity: 'angle' }, label)).toBeNull();
  });

  it('an angle to the heading comes with the limit of the spec, whichever way it is off', () => {
    const line = (angle: number): Vec3[] => [
      [0, 0, 0],
      [Math.cos(angle), Math.sin(angle), 0],
    ];
    const off = measureOf('heading', line(Math.PI / 2 - 0.2), context)!;
    expect([off.value, off.limit, off.unit, isOverLimit(off)]).toEqual([-0.2, 0.1, 'rad', true]);
    expect(isOverLimit(measureOf('heading', line(Math.PI / 2 + 0.05), context)!)).toBe(false);
    expect(valueText(off)).toBe('\u221211.5°');
    expect(measureOf('heading', line(0.3), { ...context, label: null })).toBeNull();
  });

  it('heights, the floor of the box, and a gap with its limit', () => {
    expect(heightMeasure([1, 2, 1.25], -0.5, 'f7')).toMatchObject({ quantity: 'ground-height', value: 1.75 });
    expect(floorMeasure(label, 0.35, 'f7').value).toBeCloseTo(-0.15, 9);
    const gap = gapMeasure({ ...label, rotation: identityRotation }, seen[0]!, 'f7');
    expect(gap).toMatchObject({ quantity: 'rear-gap', value: 0.42, limit: 0.3 });
    // From the middle of the rear face 0.42 m forward.
    expect(gap.place!.points).toEqual([
      [7.7, 0, 1],
      [8.12, 0, 1],
    ]);
  });

  it('two clicks on one place are no angle', () => {
    expect(
      measureOf(
        'corner',
        [
          [1, 1, 1],
          [1, 1, 1],
          [2, 2, 2],
        ],
        context,
      ),
    ).toBeNull();
    expect(
      measureOf(
        'heading',
        [
          [1, 1, 1],
          [1, 1, 5],
        ],
        context,
      ),
    ).toBeNull();
  });
});

test('only the tone of pictures changed, or more than that', () => {
  const options = { ...defaultViewOptions, hiddenLidars: ['rear'] };
  const copy = { ...options, hiddenLidars: ['rear'] };
  expect(isOnlyTone(options, copy)).toBe(false);
  expect(isOnlyTone(options, { ...copy, pictureBrightness: 2, pictureContrast: 1.5 })).toBe(true);
  expect(isOnlyTone(options, { ...copy, pictureBrightness: 2, showTrail: false })).toBe(false);
  expect(isOnlyTone(options, { ...copy, hiddenLidars: [], pictureContrast: 2 })).toBe(false);
});

test('the number of a measure stands beside the label close up, and at its point where that is outside', () => {
  const label = { center: [10, 0, 1] as Vec3, size, rotation: identityRotation };
  const room = { frame: 'f7', label, toleranceMeters, isFlipped: false };
  const at = (x: number, y: number, z: number) =>
    measureTags([heightMeasure([x, y, z], 0, 'f7')], null, room).map(({ views, to }) => [views[0], ...to]);
  const [, top, , end] = at(10.5, 0.2, 0);
  // Seen from above right is -y: the word leaves the shell there, on the level of its point.
  expect(top![1]).toBeCloseTo(10.5, 9);
  expect(top![2]).toBeLessThan(-(size[1] / 2 + toleranceMeters));
  // Seen from behind right is -y as well, and up is the height of the point.
  expect(end![3]).toBeCloseTo(0, 9);
  expect(at(20, 5, 0)).toEqual(['context', 'top', 'side', 'end'].map((view) => [view, 20, 5, 0]));
  expect(measureTags([heightMeasure([10, 0, 1], 0, 'f8')], null, room)).toEqual([]);
  expect(measureTags([heightMeasure([10, 0, 1], 0, 'f7')], null, { ...room, label: null })[1]!.to).toEqual([
    10, 0, 0,
  ]);
});
