/** Where a panel would go that is let go: edges, middle, the edge of everything; and what windows may tell each other. */
import { describe, expect, test } from 'vitest';
import { type DockRectangle, roomOf, targetAt } from '../../../../renderer/dock/dockZones.ts';
import { parseMessage } from '../../../../renderer/screens/companion/messages.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const all: DockRectangle = { left: 40, top: 30, width: 1000, height: 600 };
const panels = new Map<string, DockRectangle>([
  ['a', { left: 40, top: 30, width: 500, height: 600 }],
  ['b', { left: 540, top: 30, width: 500, height: 600 }],
]);

describe('letting go', () => {
  test.each([
    [45, 300, { id: null, zone: 'left' }],
    [700, 625, { id: null, zone: 'bottom' }],
    [560, 330, { id: 'b', zone: 'left' }],
    [1000, 330, { id: 'b', zone: 'right' }],
    [790, 80, { id: 'b', zone: 'top' }],
    [790, 560, { id: 'b', zone: 'bottom' }],
    [790, 330, { id: 'b', zone: 'middle' }],
    // Over itself, and outside.
    [290, 330, null],
    [20, 330, null],
    [790, 700, null],
  ])('at %i, %i means %j', (x, y, target) => {
    expect(targetAt(all, panels, 'a', x, y)).toEqual(target);
  });

  test('the room that is drawn lies within what it belongs to', () => {
    const random = seededRandom(5);
    for (let step = 0; step < 200; step++) {
      const target = targetAt(all, panels, 'a', random.between(0, 1100), random.between(0, 700));
      if (!target) continue;
      const whole = target.id === null ? all : panels.get(target.id)!;
      const room = roomOf(whole, target);
      expect(room.left).toBeGreaterThanOrEqual(whole.left);
      expect(room.top).toBeGreaterThanOrEqual(whole.top);
      expect(room.left + room.width).toBeLessThanOrEqual(whole.left + whole.width + 1e-9);
      expect(room.top + room.height).toBeLessThanOrEqual(whole.top + whole.height + 1e-9);
    }
  });
});

test.each([
  null,
  'place',
  { kind: 'record', unit: 'u' },
  { kind: 'place', unit: 'u', frame: -1, besideRow: null },
  { kind: 'place', unit: 7, frame: null, besideRow: null },
  { kind: 'select', row: 1.5 },
  { kind: 'select', row: Number.POSITIVE_INFINITY },
  { kind: 'frame' },
])('a message that no window sends is not heard: %j', (data) => {
  expect(parseMessage(data)).toBeNull();
});

test('a place and a click are', () => {
  const place = { kind: 'place', unit: 'u', frame: null, besideRow: 4 };
  expect(parseMessage(place)).toEqual(place);
  expect(parseMessage({ kind: 'select', row: 3 })).toEqual({ kind: 'select', row: 3 });
});
