/** The checks screen without the screen: limits on a histogram, what is taught, what answers record, runs that give way. */
import { describe, expect, test } from 'vitest';
import { createCheckRun } from '../../../renderer/screens/checks/checkRun.ts';
import { answerCounts, isShown, noFilter, valuesOf } from '../../../renderer/screens/checks/findingFilter.ts';
import { placeOf } from '../../../renderer/screens/checks/findingPlace.ts';
import { barHeight, beyondCount, movedLimit, totalOf } from '../../../renderer/screens/checks/limitMath.ts';
import { reliedUnits } from '../../../renderer/screens/checks/reliedUnits.ts';
import {
  isSameSettings,
  stillFound,
  widened,
  withException,
  withLimits,
  withoutException,
} from '../../../renderer/screens/checks/teaching.ts';
import {
  type Confirmation,
  confirmDrafts,
  dismissDrafts,
  evidenceText,
  normalDrafts,
  takeBackDrafts,
  targetPlace,
} from '../../../renderer/screens/checks/triageDrafts.ts';
import type { EventDraft } from '../../../shared/audit/events.ts';
import { targetQueue } from '../../../shared/audit/targets.ts';
import type { Check } from '../../../shared/checks/contract.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import { addToHistogram, type HistogramCounts } from '../../../shared/checks/histogram.ts';
import { shippedSettings } from '../../../shared/checks/settings.ts';
import type { Host, HostOutput } from '../../../shared/host/contract.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { AuditDesk, auditor } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });

const above: Check = {
  ...{ id: 'SIZE', version: 1, looksAt: 'cuboid', needs: [], code: 'DIM' },
  quantity: { unit: 'm', wrong: 'above', range: [0, 2] },
  limits: { all: { soft: 0.5, hard: 1 } },
  run: () => undefined,
};
const below: Check = {
  ...above,
  quantity: { ...above.quantity, wrong: 'below' },
  limits: { all: { soft: 1, hard: 0.5 } },
};

function finding(id: string, changes: Partial<CheckFinding> = {}): CheckFinding {
  return {
    ...{ id, check: 'SIZE', version: 1, grade: 'hard', severity: 'major', code: 'DIM', owner: 'vendor' },
    ...{ scene: 'scene0', frame: 'scene0-0000', object: 'label-1', track: 'scene0/1', camera: null },
    ...{ className: 'car', annotator: null, frames: 1, firstFrame: 'scene0-0000', lastFrame: 'scene0-0000' },
    ...{ limitKey: 'all', value: 1.2345, limit: 1, score: 0.9, says: 'is', params: {}, explained: 0 },
    evidence: [],
    ...changes,
  } as CheckFinding;
}

describe('limits on a histogram', () => {
  function histogramOf(values: readonly number[]): HistogramCounts {
    const histograms = new Map<string, HistogramCounts>();
    for (const value of values) addToHistogram(histograms, 'all', [0, 2], value);
    return histograms.get('all')!;
  }

  test('what lies beyond a limit is counted to within the bin that the limit cuts, on either side', () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 4000 }, () => 2.2 * random.next());
    const histogram = histogramOf(values);
    expect(totalOf(histogram)).toBe(4000);
    for (let limit = 0.05; limit < 1.95; limit += 0.07) {
      const exact = values.filter((value) => value > limit).length;
      const bin = Math.max(...histogram.counts.slice(0, -1));
      expect(Math.abs(beyondCount(histogram, limit, 'above') - exact)).toBeLessThanOrEqual(bin);
      const sum = beyondCount(histogram, limit, 'above') + beyondCount(histogram, limit, 'below');
      expect(Math.abs(sum - 4000)).toBeLessThanOrEqual(1);
    }
    expect(beyondCount(histogram, null, 'above')).toBe(0);
  });

  test.each([
    ['soft', 0.7, above, { soft: 0.7, hard: 1 }],
    ['soft', 1.7, above, { soft: 1, hard: 1 }],
    ['hard', 0.2, above, { soft: 0.5, hard: 0.5 }],
    ['hard', 9, above, { soft: 0.5, hard: 2 }],
    ['soft', -3, above, { soft: 0, hard: 1 }],
    ['soft', 0.2, below, { soft: 0.5, hard: 0.5 }],
    ['hard', 1.7, below, { soft: 1, hard: 1 }],
    ['hard', 0.3049, below, { soft: 1, hard: 0.3 }],
  ] as const)(
    '%s moved to %d stays in the range and on its side',
    (name, value, { limits, quantity }, moved) => {
      expect(movedLimit(limits.all!, name, value, quantity)).toEqual(moved);
    },
  );

  test('a single value is seen beside thousands', () => {
    expect(barHeight(1, 5000)).toBeGreaterThan(0.05);
    expect(barHeight(0, 5000)).toBe(0);
    expect(barHeight(5000, 5000)).toBe(1);
    expect(barHeight(0, 0)).toBe(0);
  });
});

describe('what is taught', () => {
  const exception = {
    check: 'SIZE' as const,
    className: 'car',
    scene: null,
    track: null,
    camera: null,
    note: 'n',
  };

  test('a widened limit takes the value in, and no other limit with it', () => {
    expect(widened(above, shippedSettings, finding('a'))).toEqual({ soft: 1.24, hard: 1.24 });
    expect(widened(above, shippedSettings, finding('a', { value: 0.8, limit: 0.5 }))).toEqual({
      soft: 0.8,
      hard: 1,
    });
    expect(widened(below, shippedSettings, finding('a', { value: 0.4321, limit: 0.5 }))).toEqual({
      soft: 0.432,
      hard: 0.432,
    });
  });

  test('limits that depend on the object cannot be widened', () => {
    expect(widened(above, shippedSettings, finding('a', { limit: 0.77 }))).toBeNull();
  });

  test('for any finding the widened limit leaves it no finding', () => {
    const random = seededRandom(8);
    for (let round = 0; round < 500; round++) {
      for (const check of [above, below]) {
        const { soft, hard } = check.limits.all!;
        const isAbove = check === above;
        const value =
          (isAbove ? 1 : 0.5) * (isAbove ? 1 + 3 * random.next() : random.next()) +
          (isAbove ? 0.001 : -0.001);
        const one = finding('a', { value, limit: hard! });
        const wider = widened(check, shippedSettings, one)!;
        const settings = withLimits(shippedSettings, 'SIZE', 'all', wider);
        expect(stillFound(one, check, shippedSettings, settings)).toBe(false);
        expect(isAbove ? wider.soft! >= soft! : wider.soft! <= soft!).toBe(true);
      }
    }
  });

  test('exceptions and limits come and go, and leave nothing behind', () => {
    const taught = withException(withLimits(shippedSettings, 'SIZE', 'all', { soft: 2, hard: 3 }), exception);
    expect(stillFound(finding('a'), above, shippedSettings, taught)).toBe(false);
    expect(stillFound(finding('a', { className: 'bus', value: 4 }), above, shippedSettings, taught)).toBe(
      true,
    );
    const back = withLimits(withoutException(taught, 0), 'SIZE', 'all', null);
    expect(isSameSettings(back, shippedSettings)).toBe(true);
    expect(isSameSettings(taught, shippedSettings)).toBe(false);
  });

  test('a check that is left out finds nothing any more', () => {
    expect(stillFound(finding('a'), above, shippedSettings, { ...shippedSettings, off: ['SIZE'] })).toBe(
      false,
    );
  });
});

describe('which findings are shown', () => {
  const all = [
    finding('a'),
    finding('b', { check: 'GAP', className: null, scene: 'scene1' }),
    finding('c', { owner: 'data', annotator: '7' }),
  ];

  test('a filter asks every field it names; open and answered part the findings', () => {
    const desk = AuditDesk.ready(index);
    for (const draft of dismissDrafts(all[0]!, 'right')) desk.record(draft);
    const shown = (patch: object) =>
      all.filter((one) => isShown({ ...noFilter, ...patch }, one, desk.state!.triage)).map(({ id }) => id);
    expect(shown({})).toEqual(['b', 'c']);
    expect(shown({ answer: 'answered' })).toEqual(['a']);
    expect(shown({ answer: 'all', check: 'SIZE' })).toEqual(['a', 'c']);
    expect(shown({ answer: 'all', owner: 'vendor', scene: 'scene1' })).toEqual(['b']);
    expect(answerCounts(desk.state!.triage.values())).toEqual({ defects: 0, dismissed: 1, normal: 0 });
  });

  test('values are offered with their counts, most frequent first, and none for what is not stated', () => {
    expect(valuesOf(all, 'className')).toEqual([{ value: 'car', count: 2 }]);
    expect(valuesOf(all, 'annotator')).toEqual([{ value: '7', count: 1 }]);
  });
});

describe('what answers record', () => {
  const said: Confirmation = {
    ...{ code: 'DIM', severity: 'major', sentence: 'Too long.', targetId: 't1', picture: null, pose: null },
  };

  /** A finding in a label that was not drawn, or in one that was. */
  function placed(desk: AuditDesk, isDrawn: boolean): CheckFinding {
    const drawn = new Set(desk.units.map(({ id }) => id));
    const { cuboids, tracks } = index.labels;
    for (let row = 0; row < cuboids.count; row++) {
      const frame = index.delivery.frames.at(cuboids.frame[row]!)!.id;
      const object = cuboids.id.at(row)!;
      if (drawn.has(`${frame}|${object}`) !== isDrawn) continue;
      return finding('SIZE|1', { frame, object, track: tracks[cuboids.track[row]!]! });
    }
    throw new Error('no such label');
  }

  const recordAll = (desk: AuditDesk, drafts: readonly EventDraft[]): void => {
    for (const draft of drafts) desk.record(draft);
  };
  const types = (drafts: readonly EventDraft[]): string[] => drafts.map(({ type }) => type);

  test('a defect outside the sample is queued, judged and answered, with the label as it stood', () => {
    const desk = AuditDesk.ready(index);
    const one = { ...placed(desk, false), check: 'SIZEVAR' as const };
    const drafts = confirmDrafts(desk.state!, index, one, said);
    expect(types(drafts)).toEqual(['targets.queued', 'target.judged', 'finding.triaged']);
    recordAll(desk, drafts);
    expect(desk.state!.findings).toMatchObject([
      {
        ...{ source: 'targeted', frame: one.frame, label: one.object, className: expect.any(String) },
        defect: { code: 'DIM', note: 'Too long.', measured: { quantity: 'SIZEVAR', value: 1.235, limit: 1 } },
      },
    ]);
    expect(desk.state!.findings[0]!.evidence?.cuboid?.size).toEqual([4, 2, 1.6]);
    expect(JSON.stringify(drafts)).not.toContain('"evidence":[]');
  });

  test('a defect in the sample is queued only', () => {
    const desk = AuditDesk.ready(index);
    const drafts = confirmDrafts(desk.state!, index, placed(desk, true), said);
    expect(types(drafts)).toEqual(['targets.queued', 'finding.triaged']);
    recordAll(desk, drafts);
    expect(desk.state!.findings).toEqual([]);
    expect(desk.state!.verdicts.size).toBe(0);
  });

  test('the same defect of the same label is told to the vendor once', () => {
    const desk = AuditDesk.ready(index);
    const one = placed(desk, false);
    recordAll(desk, confirmDrafts(desk.state!, index, one, said));
    const other = { ...one, id: 'LOOSE|1', check: 'LOOSE' as const };
    const drafts = confirmDrafts(desk.state!, index, other, { ...said, targetId: 't2' });
    expect(types(drafts)).toEqual(['finding.triaged']);
    recordAll(desk, drafts);
    expect(desk.state!.findings).toHaveLength(1);
    // Taking one back leaves the target that the other stands on.
    recordAll(desk, takeBackDrafts(desk.state!, 'LOOSE|1', auditor.profile, 'undone'));
    expect(desk.state!.findings).toHaveLength(1);
    recordAll(desk, takeBackDrafts(desk.state!, 'SIZE|1', auditor.profile, 'undone'));
    expect(desk.state!.findings).toEqual([]);
    expect(targetQueue(desk.state!)).toEqual([]);
  });

  test('a missing object is a defect of its frame and says where; an error of the data holds nothing against the vendor', () => {
    const desk = AuditDesk.ready(index);
    const box = {
      kind: 'box',
      role: 'expected',
      center: [1, 2, 0.5],
      size: [4, 2, 1.5],
      rotation: [0, 0, 0, 1],
    } as const;
    const missing = finding('CLUSTER|1', {
      ...{ check: 'CLUSTER', code: 'MISS', object: null, track: null, className: null },
      evidence: [{ ...box, center: [...box.center], size: [...box.size], rotation: [...box.rotation] }],
    });
    expect(evidenceText(missing)).toBe('[x 1.00, y 2.00, z 0.50 m (4.0 × 2.0 × 1.5 m)]');
    recordAll(desk, confirmDrafts(desk.state!, index, missing, { ...said, code: 'MISS' }));
    expect(desk.state!.findings).toMatchObject([
      { label: null, defect: { code: 'MISS', note: expect.stringContaining('x 1.00') } },
    ]);
    const turned = finding('CALIB|1', {
      check: 'CALIB',
      code: 'CALIB',
      object: null,
      track: null,
      camera: 'front',
      owner: 'data',
    });
    recordAll(desk, confirmDrafts(desk.state!, index, turned, { ...said, code: 'CALIB', targetId: 't2' }));
    expect(desk.state!.targets.get('t2')!.verdict?.verdict).toBe('sensor-limited');
    expect(desk.state!.findings).toHaveLength(1);
  });

  test('what is of the whole delivery queues nothing', () => {
    const desk = AuditDesk.ready(index);
    const drift = finding('DRIFT|1', {
      check: 'DRIFT',
      code: 'SPEC',
      frame: '',
      scene: '',
      object: null,
      track: null,
    });
    const drafts = confirmDrafts(desk.state!, index, drift, { ...said, code: 'SPEC' });
    expect(types(drafts)).toEqual(['finding.triaged']);
    recordAll(desk, drafts);
  });

  test('what is normal is taught in one go, and taken back with what it taught', () => {
    const desk = AuditDesk.ready(index);
    const settings = withLimits(shippedSettings, 'SIZE', 'all', { soft: 2, hard: 3 });
    recordAll(desk, normalDrafts(finding('SIZE|1'), 'usual here', settings));
    expect(desk.state!.checksSet!.settings.limits).toEqual({ SIZE: { all: { soft: 2, hard: 3 } } });
    recordAll(desk, takeBackDrafts(desk.state!, 'SIZE|1', auditor.profile, 'undone'));
    expect(desk.state!.triage.size).toBe(0);
    expect(isSameSettings(desk.state!.checksSet!.settings, shippedSettings)).toBe(true);
  });

  test('settings that were changed since stay when an older answer is taken back', () => {
    const desk = AuditDesk.ready(index);
    recordAll(desk, normalDrafts(finding('SIZE|1'), 'usual', { ...shippedSettings, off: ['COPY'] }));
    desk.record({
      type: 'checks.set',
      data: { settings: { ...shippedSettings, off: ['GAP'] }, reason: 'else' },
    });
    recordAll(desk, takeBackDrafts(desk.state!, 'SIZE|1', auditor.profile, 'undone'));
    expect(desk.state!.checksSet!.settings.off).toEqual(['GAP']);
  });
});

describe('where a finding is', () => {
  const frame = 'scene1-0002';

  test('a label stands in its own frame, a track at its label there, a camera by its name', () => {
    const { cuboids } = index.labels;
    const place = placeOf(index, finding('a', { frame, object: 'label-3' }))!;
    expect(index.delivery.frames.at(place.frame)!.id).toBe(frame);
    expect([cuboids.frame[place.row!], cuboids.id.at(place.row!)]).toEqual([place.frame, 'label-3']);
    const track = placeOf(index, finding('a', { frame, object: null, track: 'scene1/5' }))!;
    expect([cuboids.frame[track.row!], cuboids.id.at(track.row!)]).toEqual([place.frame, 'label-5']);
    const camera = finding('a', { frame, object: null, track: null, className: null, camera: 'front' });
    expect(placeOf(index, camera)).toEqual({ frame: place.frame, row: null, box: null, camera: 0 });
  });

  test('what is of the whole delivery, or of a frame that is not there, is nowhere', () => {
    expect(placeOf(index, finding('a', { frame: '' }))).toBeNull();
    expect(placeOf(index, finding('a', { frame: 'scene9-0000' }))).toBeNull();
  });

  test('a 2D box without a class of its own is no cuboid, even where one has its id', () => {
    const flat = finding('a', { frame, object: 'label-3', className: null });
    expect(placeOf(index, flat)).toMatchObject({ row: null });
    const desk = AuditDesk.ready(index);
    expect(targetPlace(desk.state!, flat).kind).toBe('box2d');
  });
});

describe('verdicts that relied on what is off', () => {
  test('are those on the named labels that somebody judged, in the sample and in the queue', () => {
    const desk = AuditDesk.ready(index);
    const [first, second] = desk.units.map(({ id }) => id) as [string, string];
    desk.record(desk.verdict(first, 'accept'));
    const { cuboids } = index.labels;
    const ids = Array.from(
      { length: cuboids.count },
      (_, row) => `${index.delivery.frames.at(cuboids.frame[row]!)!.id}|${cuboids.id.at(row)!}`,
    );
    const drawn = new Set(desk.units.map(({ id }) => id));
    const free = ids.filter((id) => !drawn.has(id)) as [string, string, ...string[]];
    const [frame, object] = free[0].split('|') as [string, string];
    const said = {
      code: 'DIM',
      severity: 'major',
      sentence: 'Too long.',
      picture: null,
      pose: null,
    } as const;
    const one = finding('SIZE|1', { frame, object });
    for (const draft of confirmDrafts(desk.state!, index, one, { ...said, targetId: 't1' }))
      desk.record(draft);
    const relied = (...labels: string[]) => reliedUnits(desk.state!, new Set(labels)).map(({ id }) => id);
    expect(relied(first, second, free[0], free[1])).toEqual([first, 't1']);
    expect(relied(second, free[1])).toEqual([]);
  });
});

describe('a run', () => {
  const empty = { scenes: 1, frames: 1, objects: 1, checks: [], histograms: {}, tallies: {} };
  const input = {
    ...{ delivery: 'd1', vendor: '', project: '', settings: shippedSettings },
    spec: {} as never,
  };

  /** A host whose answers the test gives. */
  function heldHost() {
    const calls: {
      progress: (findings: CheckFinding[]) => void;
      answer: (findings: CheckFinding[]) => void;
      signal: AbortSignal;
    }[] = [];
    const call = (_method: string, _input: unknown, options: Parameters<Host['call']>[2]) =>
      new Promise((resolve, reject) => {
        options!.signal!.addEventListener('abort', () => reject(options!.signal!.reason));
        calls.push({
          signal: options!.signal!,
          progress: (findings) => options!.onProgress!({ step: 'checking', done: 0, total: 2, findings }),
          answer: (findings) =>
            resolve({
              results: { ...empty, findings },
              priors: { vendor: null, project: null, revision: 1, learnedFrom: [] },
              ...{ problems: [], tookMs: 1 },
            } satisfies HostOutput<'checks.run'>),
        });
      });
    return { host: { call, onPush: () => () => undefined } as unknown as Host, calls };
  }

  test('findings come as they are found, and the whole result takes their place', async () => {
    const { host, calls } = heldHost();
    let now = 0;
    const { store, run } = createCheckRun(host, () => now);
    const done = run(input);
    calls[0]!.progress([finding('a')]);
    now += 10;
    calls[0]!.progress([finding('b')]);
    expect(store.getState().findings.map(({ id }) => id)).toEqual(['a']);
    now += 1000;
    calls[0]!.progress([finding('c')]);
    expect(store.getState()).toMatchObject({ isRunning: true, finished: null });
    expect(store.getState().findings.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    calls[0]!.answer([finding('z')]);
    expect((await done)?.results.findings.map(({ id }) => id)).toEqual(['z']);
    expect(store.getState()).toMatchObject({ isRunning: false, delivery: 'd1' });
  });

  test('a second run makes the first give way; what was cancelled leaves what stood before', async () => {
    const { host, calls } = heldHost();
    const { store, run, cancel } = createCheckRun(host, () => 0);
    const first = run(input);
    const second = run(input);
    expect(calls[0]!.signal.aborted).toBe(true);
    calls[1]!.answer([finding('b')]);
    expect(await first).toBeNull();
    expect((await second)?.results.findings).toHaveLength(1);
    const third = run(input);
    cancel();
    expect(await third).toBeNull();
    expect(store.getState()).toMatchObject({ isRunning: false, problem: null });
    expect(store.getState().findings.map(({ id }) => id)).toEqual(['b']);
  });

  test('what was found in one delivery is not shown for another', async () => {
    const { host, calls } = heldHost();
    const { store, run } = createCheckRun(host, () => 0);
    const first = run(input);
    calls[0]!.answer([finding('a')]);
    await first;
    void run({ ...input, delivery: 'd2' });
    expect(store.getState()).toMatchObject({ delivery: 'd2', finished: null, findings: [] });
  });
});
