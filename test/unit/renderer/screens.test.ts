/** What the screens compute before they draw: rows, presets, plans, completeness, effort, numbers. */
import { describe, expect, test } from 'vitest';
import { deliveryRows } from '../../../renderer/screens/deliveries/deliveryRows.ts';
import { readSpec, shippedSpec } from '../../../renderer/screens/intake/specFile.ts';
import { effortMinutes, judgedOf, paceOf, usualPace } from '../../../renderer/screens/plan/effort.ts';
import { drawnOf, firstProblem, planRows } from '../../../renderer/screens/plan/planRows.ts';
import { presetOf, presets, withPreset } from '../../../renderer/screens/plan/presets.ts';
import { bytes, count, daysSince, duration, localDate } from '../../../renderer/ui/format.ts';
import type { PlanRule } from '../../../shared/audit/qaSpec.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { AuditSummary, LotPreview, RecentDelivery } from '../../../shared/host/contract.ts';
import { arrivalOf, classCounts } from '../../../shared/readers/arrival.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const summary: AuditSummary = {
  audit: 'a1',
  folder: '/home/audits/a1',
  vendor: 'Northlight',
  team: '',
  batch: 'batch 7',
  submission: 1,
  format: 'openlabel',
  deliveryPath: '/data/b7',
  sensorsPath: null,
  deliveryExists: true,
  phase: 'judging',
  judged: 3,
  drawn: 10,
  disposition: null,
  openFindings: 0,
  receivedOn: '2026-11-01',
  dueOn: '2026-11-20',
  startedAt: '2026-11-02T08:00:00.000Z',
  lastAt: '2026-11-02T08:00:00.000Z',
  recoveredTo: null,
};

const recent: RecentDelivery = {
  path: '/data/b8',
  sensorsPath: '/sensors',
  name: 'b8',
  format: 'kitti-object',
  openedAt: '2026-11-21T08:00:00.000Z',
  bytes: 10,
  frames: 2,
  cuboids: 4,
  exists: true,
};

describe('deliveries', () => {
  test.each([
    [{}, 'judge', '#/audit/a1/review'],
    [{ judged: 10 }, 'sign', '#/audit/a1/disposition'],
    [{ phase: 'intake' }, 'freeze-plan', '#/audit/a1/plan'],
    [{ phase: 'signed', openFindings: 2 }, 'answer-findings', '#/audit/a1/rework'],
    [{ phase: 'signed' }, 'nothing', '#/audit/a1/disposition'],
    [{ deliveryExists: false }, 'find-delivery', '#/audit/a1/review'],
    [{ deliveryExists: false, phase: 'signed' }, 'nothing', '#/audit/a1/disposition'],
  ] as [Partial<AuditSummary>, string, string][])('%o waits for %s', (change, waiting, address) => {
    const [row] = deliveryRows([{ ...summary, ...change }], [], '2026-11-22');
    expect(row).toMatchObject({ waiting, address });
  });

  test('is overdue after the due date, and not once it is signed', () => {
    const isOverdue = (change: Partial<AuditSummary>, today: string): boolean =>
      deliveryRows([{ ...summary, ...change }], [], today)[0]!.isOverdue;
    expect(isOverdue({}, '2026-11-20')).toBe(false);
    expect(isOverdue({}, '2026-11-21')).toBe(true);
    expect(isOverdue({ phase: 'signed' }, '2026-11-21')).toBe(false);
    expect(isOverdue({ dueOn: null }, '2026-11-21')).toBe(false);
  });

  test('a delivery with an audit is one row that knows the size of its folder', () => {
    const rows = deliveryRows([summary], [recent, { ...recent, path: '/data/b7', bytes: 99 }], '2026-11-22');
    expect(rows.map(({ key }) => key)).toEqual(['audit a1', 'recent /data/b8']);
    expect(rows[0]!.bytes).toBe(99);
    expect(rows[1]!.address).toBe('#/delivery/%2Fdata%2Fb8/intake?sensors=%2Fsensors');
  });
});

describe('QA spec', () => {
  test('the shipped one is the normal preset, and every preset is recognised', () => {
    expect(presetOf(shippedSpec)).toBe('normal');
    for (const preset of presets) expect(presetOf(withPreset(shippedSpec, preset))).toBe(preset);
  });

  test('a preset leaves c = 0 rules and AQLs as they are; a changed rule is no preset', () => {
    const quick = withPreset(shippedSpec, 'quick');
    const isC0 = ({ scheme }: { scheme: string }): boolean => scheme === 'c0';
    expect(quick.plans.filter(isC0)).toEqual(shippedSpec.plans.filter(isC0));
    const plans = shippedSpec.plans.map((rule) =>
      rule.scheme === 'iso2859-1' ? { ...rule, level: 'III' as const } : rule,
    );
    expect(presetOf({ ...shippedSpec, plans })).toBeNull();
  });

  test('a file is read with or without a byte order mark; faults name their path', () => {
    expect(readSpec(`\uFEFF${JSON.stringify(shippedSpec)}`)).toEqual({ ok: true, spec: shippedSpec });
    const broken = structuredClone(shippedSpec) as unknown as { plans: { aql: unknown }[] };
    broken.plans[1]!.aql = 1.5;
    const reading = readSpec(JSON.stringify(broken));
    expect(reading.ok ? [] : reading.faults.map(({ path }) => path)).toEqual(['/plans/1/aql']);
    expect(readSpec('{').ok).toBe(false);
  });
});

describe('plans of a lot', () => {
  const lot: LotPreview = {
    unit: 'cuboid',
    lotSize: 1912,
    cells: 320,
    excluded: {},
    byClass: {},
    uninspectable: 0,
    scenes: 1,
  };

  test('ISO 2859-1 for 1912 units at AQL 1.5, level II, normal is 125/5/6', () => {
    const rows = planRows(shippedSpec, lot);
    const major = rows.find(({ sample, severity }) => sample === 'labels' && severity === 'major')!;
    expect(major.plan).toMatchObject({
      ok: true,
      value: { sampleSize: 125, acceptanceNumber: 5, rejectionNumber: 6, codeLetter: 'K' },
    });
    expect(drawnOf(rows, 'labels')).toBe(125);
    expect(firstProblem(rows)).toBeNull();
  });

  test('a lot too small for a plan says why', () => {
    expect(firstProblem(planRows(shippedSpec, { ...lot, lotSize: 0 }))?.code).toBe('plan-lot-size');
  });
});

describe('arrival', () => {
  const index = makeIndex();

  test('completeness agrees with a slow count, frame by frame', () => {
    const { delivery, labels } = index;
    for (const [at, row] of arrivalOf(index).scenes.entries()) {
      const frames = delivery.frames
        .map((frame, number) => ({ frame, number }))
        .filter(({ frame }) => frame.scene === at);
      expect(row.frames).toBe(frames.length);
      expect(row.sweeps).toEqual(
        delivery.lidars.map(
          ({ name }) => frames.filter(({ frame }) => frame.sweeps.some((s) => s.lidar === name)).length,
        ),
      );
      const isLabelled = (number: number): boolean =>
        labels.cuboids.frame.slice(0, labels.cuboids.count).includes(number) ||
        labels.boxes2d.frame.slice(0, labels.boxes2d.count).includes(number);
      expect(row.labelled).toBe(frames.filter(({ number }) => isLabelled(number)).length);
    }
  });

  test('classes and pairing add up to the delivery', () => {
    const classes = classCounts(index);
    const sum = (pick: (row: (typeof classes)[number]) => number): number =>
      classes.reduce((total, row) => total + pick(row), 0);
    expect(sum(({ cuboids }) => cuboids)).toBe(index.labels.cuboids.count);
    expect(sum(({ boxes2d }) => boxes2d)).toBe(index.labels.boxes2d.count);
    expect(arrivalOf(index).pairing.frames).toBe(index.delivery.frames.length);
  });
});

describe('effort', () => {
  const lotOf: LotPreview = {
    unit: 'cuboid',
    lotSize: 1912,
    cells: 320,
    excluded: {},
    byClass: {},
    uninspectable: 0,
    scenes: 4,
  };

  const audit = (durations: readonly number[]): AuditState =>
    ({
      verdicts: new Map(durations.map((durationMs, at) => [String(at), { durationMs }])),
      cellVerdicts: new Map(),
    }) as unknown as AuditState;

  test('takes the usual pace until ten units are judged, then the median', () => {
    expect(paceOf(audit([1000, 2000]))).toEqual({ ...usualPace, restsOn: 'usual' });
    const own = audit([9, 8, 7, 6, 5, 5, 5, 4, 3, 900].map((seconds) => 1000 * seconds));
    expect(paceOf(own)).toEqual({ label: 6, cell: usualPace.cell, restsOn: 'audit' });
    expect(effortMinutes({ label: 30, cell: 60 }, 120, 30)).toBe(90);
  });

  test('rests on the last audit until this one tells, each of the two by itself', () => {
    const earlier = { label: 12, cell: 33 };
    expect(paceOf(audit([]), 1, earlier)).toEqual({ ...earlier, restsOn: 'earlier' });
    const own = audit(Array.from({ length: 10 }, () => 7000));
    expect(paceOf(own, 1, earlier)).toEqual({ label: 7, cell: 33, restsOn: 'audit' });
  });

  test('a frame takes as long as its labels until its own pace is known', () => {
    expect(paceOf(audit([]), 48).label).toBe(48 * usualPace.label);
    expect(paceOf(audit([]), 0.5).label).toBe(usualPace.label);
    expect(paceOf(audit(Array.from({ length: 10 }, () => 90_000)), 48).label).toBe(90);
  });

  const stages = { n1: 50, ac1: 0, re1: 2, n2: 50, ac2: 1, re2: 2 };
  const double: PlanRule = {
    scheme: 'double',
    severity: 'major',
    aql: null,
    level: 'II',
    inspection: 'normal',
    stages,
  };
  const single: PlanRule = { scheme: 'c0', severity: 'critical', limitingRate: 0.05, confidence: 0.95 };
  const rowsOf = (...plans: PlanRule[]) => planRows({ ...shippedSpec, plans }, { ...lotOf, lotSize: 1912 });

  test('a double plan takes its first sample at least, 68.58 units at 2 % bad, both at most', () => {
    const { least, mean, most } = judgedOf(rowsOf(double), 'labels', 0.02);
    expect([least, most]).toEqual([50, 100]);
    // 50 + 50 P(exactly one of 50 bad at 2 %) = 50 + 50 * 50 * 0.02 * 0.98^49.
    expect(mean).toBeCloseTo(50 + 50 * 50 * 0.02 * 0.98 ** 49, 9);
  });

  test('the plan that asks for most decides, and a single plan is judged to its end', () => {
    const alone = judgedOf(rowsOf(single), 'labels', 0.02);
    expect(alone.least).toBe(alone.most);
    expect(judgedOf(rowsOf(double, single), 'labels', 0.02)).toEqual({
      least: alone.least,
      mean: Math.max(alone.mean, judgedOf(rowsOf(double), 'labels', 0.02).mean),
      most: 100,
    });
  });
});

describe('numbers', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1500, '1.5 kB'],
    [53_500_000, '53.5 MB'],
    [7.25e11, '725 GB'],
  ])('%d bytes are %s', (size, text) => {
    expect(bytes(size)).toBe(text);
  });

  test('thousands are parted by a narrow space, time is in hours and minutes', () => {
    expect(count(1234567)).toBe('1\u202f234\u202f567');
    expect(count(12)).toBe('12');
    expect(duration(117.6)).toBe('1 h 58 min');
    expect(duration(12)).toBe('12 min');
  });

  test('days are whole and never negative; a date is the local one', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    expect(daysSince('2026-11-20T13:00:00Z', now)).toBe(1);
    expect(daysSince('2026-11-30', now)).toBe(0);
    expect(localDate(new Date(2026, 0, 5))).toBe('2026-01-05');
  });
});
