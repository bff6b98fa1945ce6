/** Every kind of fault does to its label what its name says. */
import { describe, expect, it } from 'vitest';
import { boxDelta, faceDeltas } from '../../../../shared/geometry/boxDelta.ts';
import { transformPoint } from '../../../../shared/geometry/matrix.ts';
import { tiltOf } from '../../../../shared/geometry/rotation.ts';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import type { SpoilKind, SpoilSize } from '../../../../shared/synth/spoil/kinds.ts';
import {
  type SpoilCuboid,
  type SpoilRecord,
  type SpoilSpans,
  usualSpans,
} from '../../../../shared/synth/spoil/plan.ts';
import { spoilDelivery } from '../../../../shared/synth/spoil/spoilDelivery.ts';
import {
  centerTolerance,
  pointsOf,
  sizeTolerance,
  streetIndex,
  streetRules,
  yawTolerance,
} from './streetIndex.ts';

interface Made {
  readonly before: DeliveryIndex;
  readonly after: DeliveryIndex;
  readonly truth: readonly SpoilRecord[];
}

function make(kind: SpoilKind, size: SpoilSize = 'gross', spans: SpoilSpans = usualSpans): Made {
  const before = streetIndex();
  const plan = {
    ...({ seed: 12, amount: { [kind]: 3 }, kinds: 'all', sizes: size, isMixed: false } as const),
    spans,
  };
  const tools = { rules: streetRules, points: pointsOf(before) };
  const { index, truth } = spoilDelivery(before, plan, tools);
  expect(new Set(truth.map(({ fault }) => fault)).size).toBe(3);
  return { before, after: index, truth };
}

const cuboid = (shape: SpoilRecord['truth']): SpoilCuboid => shape as SpoilCuboid;

/** What lies between the true cuboid and the delivered one, record by record. */
function differences(kind: SpoilKind, size?: SpoilSize) {
  return make(kind, size).truth.map((record) => ({
    record,
    delta: boxDelta(cuboid(record.truth), cuboid(record.delivered)),
    faces: faceDeltas(cuboid(record.truth), cuboid(record.delivered)),
  }));
}

describe('faults of a box', () => {
  it.each([
    ['shift-x', 'along'],
    ['shift-y', 'across'],
    ['shift-z', 'up'],
  ] as const)('%s moves the box %s by so many tolerances and nothing else', (kind, axis) => {
    for (const { record, delta } of differences(kind)) {
      const { [axis]: moved, ...rest } = delta;
      expect(Math.abs(moved)).toBeCloseTo(record.timesTolerance! * centerTolerance, 9);
      for (const other of Object.values(rest)) expect(other).toBeCloseTo(0, 9);
    }
  });

  it.each([
    ['resize-length', 0],
    ['resize-width', 1],
    ['resize-height', 2],
  ] as const)('%s moves one face and leaves the opposite one', (kind, axis) => {
    for (const { record, faces } of differences(kind)) {
      const [one, other] = faces
        .slice(2 * axis, 2 * axis + 2)
        .map(Math.abs)
        .sort((a, b) => a - b);
      expect(one).toBeCloseTo(0, 9);
      expect(other).toBeCloseTo(record.timesTolerance! * sizeTolerance, 9);
      const rest = faces.filter((_, face) => face < 2 * axis || face > 2 * axis + 1);
      for (const face of rest) expect(face).toBeCloseTo(0, 9);
    }
  });

  it.each([
    ['loose', 1],
    ['cut', -1],
  ] as const)('%s moves all faces the same way', (kind, sign) => {
    for (const { record, faces } of differences(kind)) {
      for (const face of faces) {
        expect(sign * face).toBeCloseTo((record.timesTolerance! * sizeTolerance) / 2, 9);
      }
    }
  });

  it('yaw turns about the upright', () => {
    for (const { record, delta } of differences('yaw', 'mild')) {
      expect(Math.abs(delta.yaw)).toBeCloseTo(record.timesTolerance! * yawTolerance, 9);
    }
  });

  it('flip turns by half', () => {
    for (const { delta } of differences('flip')) expect(Math.abs(delta.yaw)).toBeCloseTo(Math.PI, 9);
  });

  it('tilt leans the box over', () => {
    for (const { record } of differences('tilt', 'mild')) {
      const lean = tiltOf(cuboid(record.delivered).rotation);
      expect(lean).toBeCloseTo((record.timesTolerance! * 5 * Math.PI) / 180, 9);
    }
  });

  it.each([
    ['floating', 1],
    ['sunk', -1],
  ] as const)('%s moves the box straight up or down', (kind, sign) => {
    for (const { record, delta } of differences(kind)) {
      expect(sign * delta.up).toBeCloseTo(record.timesTolerance! * centerTolerance, 9);
    }
  });

  it('lasts for a frame, a stretch or the whole life as the plan says', () => {
    const lasting = (spans: SpoilSpans): number[] => {
      const { truth } = make('shift-x', 'gross', spans);
      return [1, 2, 3].map((fault) => truth.filter((record) => record.fault === fault).length);
    };
    expect(lasting({ frame: 1, stretch: 0, whole: 0 })).toEqual([1, 1, 1]);
    for (const count of lasting({ frame: 0, stretch: 0, whole: 1 })) expect(count).toBeGreaterThan(7);
    for (const count of lasting({ frame: 0, stretch: 1, whole: 0 })) {
      expect(count).toBeGreaterThanOrEqual(3);
      expect(count).toBeLessThanOrEqual(9);
    }
  });
});

describe('labels that are not there, and labels of nothing', () => {
  it('missing takes labels out with their boxes in the pictures', () => {
    const { before, after, truth } = make('missing');
    expect(after.labels.cuboids.count).toBe(before.labels.cuboids.count - truth.length);
    expect(after.labels.boxes2d.count).toBe(before.labels.boxes2d.count - truth.length);
    for (const { delivered, points } of truth) expect([delivered, points]).toEqual([null, 50]);
  });

  it('ghost stands still in the world where nothing else is', () => {
    const { before, after, truth } = make('ghost');
    const places = new Map<number, string[]>();
    for (const { fault, frame, delivered, truth: was } of truth) {
      expect(was).toBeNull();
      const at = [...before.delivery.frameIds].indexOf(frame);
      const { center } = cuboid(delivered);
      const world = transformPoint(after.delivery.frames.at(at)!.worldFromSpace!, center);
      const seen = places.get(fault) ?? [];
      places.set(fault, [...seen, world.map((value) => value.toFixed(6)).join(' ')]);
      for (let row = 0; row < before.labels.cuboids.count; row++) {
        const other = cuboidAt(before.labels, row);
        if (other.frame !== at) continue;
        expect(Math.hypot(other.center[0] - center[0], other.center[1] - center[1])).toBeGreaterThan(0.5);
      }
    }
    for (const seen of places.values()) expect(new Set(seen).size).toBe(1);
  });

  it('duplicate stands beside its object under a track of its own', () => {
    const { before, after, truth } = make('duplicate');
    for (const { row, amount, frame, track } of truth) {
      const copy = cuboidAt(after.labels, row!);
      const rows = Array.from({ length: before.labels.cuboids.count }, (_, at) => at);
      const own = rows
        .map((at) => cuboidAt(before.labels, at))
        .find((label) => label.id === amount!.of && before.delivery.frames.at(label.frame)!.id === frame)!;
      const { along, across } = boxDelta(own, copy);
      expect(Math.hypot(along, across)).toBeLessThan(0.5);
      expect(before.labels.tracks).not.toContain(track);
    }
  });

  it('empty moves the label off its object', () => {
    for (const { record, delta } of differences('empty')) {
      expect(Math.hypot(delta.along, delta.across)).toBeCloseTo(record.amount!.meters as number, 6);
      expect(record.amount!.meters).toBeGreaterThan(3);
    }
  });

  it('out of range puts a label beyond the limit', () => {
    for (const { delivered, truth } of make('out-of-range').truth) {
      const [x, y] = cuboid(delivered).center;
      expect(Math.hypot(x, y)).toBeGreaterThan(streetRules.maxRangeMeters!);
      expect(truth).toBeNull();
    }
  });
});

/** Rows of a delivery by track name. */
function framesOfTrack({ labels }: DeliveryIndex, track: string): number[] {
  const rows = Array.from({ length: labels.cuboids.count }, (_, row) => cuboidAt(labels, row));
  return rows.filter((label) => label.track === track).map(({ frame }) => frame);
}

describe('faults of a track', () => {
  it('track switch gives two objects each other’s name to their end', () => {
    const { truth } = make('track-switch');
    for (const fault of [1, 2, 3]) {
      const records = truth.filter((record) => record.fault === fault);
      const names = new Set(records.map(({ track, amount }) => `${amount!.trueTrack}→${track}`));
      expect(names.size).toBe(2);
      const [one, other] = [...names].map((name) => name.split('→'));
      expect(one).toEqual(other!.reverse());
    }
  });

  it('fragment goes on under a name nobody had', () => {
    const { before, truth } = make('fragment');
    for (const { track } of truth) expect(before.labels.tracks).not.toContain(track);
  });

  it('merge has a later object under the name of one that ended', () => {
    const before = streetIndex();
    const plan = { seed: 1, amount: { merge: 1 }, kinds: 'all', sizes: 'both', isMixed: false } as const;
    const { index, truth } = spoilDelivery(
      before,
      { ...plan, spans: usualSpans },
      { rules: streetRules, points: pointsOf(before) },
    );
    const frames = framesOfTrack(index, truth[0]!.track!);
    expect(frames.length).toBe(new Set(frames).size);
    expect(frames.length).toBeGreaterThan(framesOfTrack(before, truth[0]!.track!).length);
  });

  it('gap leaves frames before and after', () => {
    const { before, after, truth } = make('gap');
    for (const fault of [1, 2, 3]) {
      const records = truth.filter((record) => record.fault === fault);
      const at = records.map(({ frame }) => [...before.delivery.frameIds].indexOf(frame));
      const left = framesOfTrack(after, records[0]!.track!);
      expect(records.length).toBeGreaterThanOrEqual(3);
      expect(Math.min(...left)).toBeLessThan(Math.min(...at));
      expect(Math.max(...left)).toBeGreaterThan(Math.max(...at));
    }
  });

  it.each([
    ['late-start', 'first'],
    ['early-end', 'last'],
  ] as const)('%s takes the %s frames of a track', (kind, end) => {
    const { before, after, truth } = make(kind, 'mild');
    for (const { frame, track } of truth) {
      const at = [...before.delivery.frameIds].indexOf(frame);
      const left = framesOfTrack(after, track!);
      if (end === 'first') expect(at).toBeLessThan(Math.min(...left));
      else expect(at).toBeGreaterThan(Math.max(...left));
    }
  });

  it('jitter is off another way in every frame', () => {
    const offs = differences('jitter').map(
      ({ delta }) => `${delta.along.toFixed(6)} ${delta.across.toFixed(6)}`,
    );
    expect(new Set(offs).size).toBe(offs.length);
  });

  it('a frozen copy stays in one place of the world while its object moves on', () => {
    const { after, truth } = make('frozen-copy');
    for (const fault of [1, 2, 3]) {
      const places = truth
        .filter((record) => record.fault === fault)
        .map(({ frame, delivered }) => {
          const at = [...after.delivery.frameIds].indexOf(frame);
          const pose = after.delivery.frames.at(at)!.worldFromSpace!;
          return transformPoint(pose, cuboid(delivered).center).map((value) => value.toFixed(6));
        });
      expect(new Set(places.map(String)).size).toBe(1);
    }
    expect(Math.max(...truth.map(({ timesTolerance }) => timesTolerance!))).toBeGreaterThan(4);
  });

  it('class flicker changes the class within a track that keeps it elsewhere', () => {
    const { after, truth } = make('class-flicker');
    for (const { track, class: name } of truth) {
      const rows = Array.from({ length: after.labels.cuboids.count }, (_, row) =>
        cuboidAt(after.labels, row),
      );
      const classes = rows.filter((label) => label.track === track).map(({ className }) => className);
      expect(new Set(classes).size).toBe(2);
      expect(classes.filter((other) => other === name).length).toBeLessThanOrEqual(3);
    }
  });

  it('attribute says the contrary of what the track does', () => {
    const { after, truth } = make('attribute');
    for (const { row, amount } of truth) {
      const { activity, occlusion } = cuboidAt(after.labels, row!).attributes;
      expect(activity).toBe((amount!.metersPerSecond as number) > 1 ? 'parked' : 'moving');
      expect(occlusion).toBe('none');
    }
  });
});

describe('faults of pictures, of the schema and of the data', () => {
  it('2D box off shifts the box by a share of its width', () => {
    for (const { delivered, truth, amount, camera } of make('box2d-off').truth) {
      const [was, is] = [truth, delivered].map((shape) => (shape as { ltrb: number[] }).ltrb);
      expect(is).toEqual([
        was![0]! + Number(amount!.pixels),
        was![1],
        was![2]! + Number(amount!.pixels),
        was![3],
      ]);
      expect(camera).toBe('front');
    }
  });

  it('link broken has two boxes point at each other’s cuboid', () => {
    const { before, after } = make('link-broken');
    const wrong = [...after.labels.boxes2d.cuboid.entries()].filter(
      ([box, row]) => before.labels.boxes2d.cuboid[box] !== row,
    );
    expect(wrong.length).toBeGreaterThanOrEqual(6);
    for (const [box, row] of wrong) {
      const back = wrong.find(([, other]) => other === before.labels.boxes2d.cuboid[box]);
      expect(before.labels.boxes2d.cuboid[back![0]]).toBe(row);
    }
  });

  it('schema faults are what no schema lets pass', () => {
    const before = streetIndex();
    const plan = { seed: 3, amount: { schema: 12 }, kinds: 'all', sizes: 'both', isMixed: false } as const;
    const tools = { rules: streetRules, points: pointsOf(before) };
    const { index, truth } = spoilDelivery(before, { ...plan, spans: usualSpans }, tools);
    const seen = new Set(truth.map(({ amount }) => amount!.schema));
    expect(seen).toEqual(new Set(['nan', 'size-zero', 'unknown-class', 'duplicate-id', 'missing-attribute']));
    for (const { row, amount } of truth) {
      const label = cuboidAt(index.labels, row!);
      if (amount!.schema === 'nan') expect(label.center[0]).toBeNaN();
      if (amount!.schema === 'size-zero') expect(Math.min(...label.size)).toBe(0);
      if (amount!.schema === 'missing-attribute') expect(label.attributes).not.toHaveProperty('activity');
      expect(label.isUsable).toBe(!['nan', 'size-zero'].includes(String(amount!.schema)));
    }
  });

  it('extrinsic turns one camera and leaves the labels', () => {
    const { before, after, truth } = make('extrinsic');
    expect(after.labels).toEqual(before.labels);
    for (const { camera, amount, object } of truth) {
      expect([camera, object]).toEqual(['front', null]);
      expect(amount!.degrees).toBeGreaterThanOrEqual(1);
    }
    const used = after.delivery.frames.map(({ images }) => images[0]!.calibration);
    expect(after.delivery.calibrations[0]).toEqual(before.delivery.calibrations[0]);
    expect(new Set(used).has(0)).toBe(false);
  });

  it('time offset shifts the pictures of a stretch shorter than half of the scene', () => {
    const { before, after, truth } = make('time-offset');
    const shifted = before.delivery.frames
      .map(({ images }, at) => [
        images[0]!.timestampNanos,
        after.delivery.frames.at(at)!.images[0]!.timestampNanos,
      ])
      .filter(([was, is]) => was !== is);
    expect(shifted.length).toBe(new Set(truth.map(({ frame }) => frame)).size);
    const longest = Math.max(
      ...[1, 2, 3].map((fault) => truth.filter((record) => record.fault === fault).length),
    );
    expect(longest).toBeLessThan(10);
  });

  it('pose jump moves the vehicle aside and back', () => {
    const { before, after, truth } = make('pose-jump');
    for (const { frame, amount, fault } of truth) {
      if (truth.some((other) => other.frame === frame && other.fault !== fault)) continue;
      const at = [...before.delivery.frameIds].indexOf(frame);
      const [was, is] = [before, after].map(({ delivery }) => delivery.frames.at(at)!.worldFromSpace!);
      const off = Math.hypot(is![3]! - was![3]!, is![7]! - was![7]!);
      expect(off).toBeCloseTo(amount!.meters as number, 9);
    }
    for (const end of [0, 19, 20, 39]) {
      expect(after.delivery.frames.at(end)).toEqual(before.delivery.frames.at(end));
    }
  });
});
