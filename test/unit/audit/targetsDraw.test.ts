/** Filling the targeted queue: drawn from the lot with chances that hold, and named by other tools' files. */
import { describe, expect, test } from 'vitest';
import { combinedEstimate } from '../../../shared/audit/combinedEstimate.ts';
import type { EventData, EventDraft } from '../../../shared/audit/events.ts';
import { buildLot } from '../../../shared/audit/lot.ts';
import { targetStanding } from '../../../shared/audit/targetStanding.ts';
import { targetProgress } from '../../../shared/audit/targets.ts';
import { drawTargets } from '../../../shared/audit/targetsDraw.ts';
import { findTargets, mostTargets, parseTargetsFile } from '../../../shared/audit/targetsFile.ts';
import { hashWeights, weighLot, weightsOfFile } from '../../../shared/audit/targetWeights.ts';
import { parseWeightsFile } from '../../../shared/report/weightsFile.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { AuditDesk, defaultSpec, defect, expectOk, lead, seed, sha256, vendorQa } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
const lot = expectOk(buildLot(index, defaultSpec));
const codeOf = (result: { ok: boolean; problem?: { code: string } }): string | undefined =>
  result.problem?.code;

function seedOf(number: number): string {
  return number.toString(16).padStart(32, '0');
}

describe('drawing with known chances', () => {
  const random = seededRandom(7);
  const weights = lot.ids.map(() => 0.2 + random.next());
  const request = { n: 30, seed, weights, weightsName: 'odd.csv', reason: 'drawn' };
  const drawn = expectOk(drawTargets(lot, request, sha256));

  test('each target carries n w / W, and what is recorded passes the rules', () => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const { unit, probability } of drawn.targets) {
      const weight = weights[lot.ids.indexOf(unit)]!;
      expect(probability! / ((30 * weight) / total)).toBeCloseTo(1, 6);
    }
    const desk = AuditDesk.ready(index);
    desk.record({ type: 'targets.queued', data: drawn });
    expect(desk.state!.targets.size).toBe(30);
    const { queued, inSample } = targetProgress(desk.state!);
    expect(queued + inSample).toBe(30);
    expect(desk.state!.targetDraws[0]).toMatchObject({
      weights: 'odd.csv',
      population: lot.ids.length,
      seed,
    });
  });

  test('the same seed gives the same targets under the same ids, another seed others', () => {
    expect(expectOk(drawTargets(lot, request, sha256))).toEqual(drawn);
    const other = expectOk(drawTargets(lot, { ...request, seed: seedOf(1) }, sha256));
    expect(other.targets.map(({ unit }) => unit)).not.toEqual(drawn.targets.map(({ unit }) => unit));
    expect(new Set([...drawn.targets, ...other.targets].map(({ id }) => id)).size).toBe(60);
  });

  test('over many draws a unit comes as often as its chance says, whether the sample holds it or not', () => {
    const small = { ...lot, ids: lot.ids.slice(0, 12) };
    const few = weights.slice(0, 12);
    const total = few.reduce((sum, weight) => sum + weight, 0);
    const times = new Map<string, number>();
    const draws = 4000;
    for (let number = 0; number < draws; number++) {
      const one = { ...request, n: 4, weights: few, seed: seedOf(number) };
      for (const { unit } of expectOk(drawTargets(small, one, sha256)).targets) {
        times.set(unit, (times.get(unit) ?? 0) + 1);
      }
    }
    for (const [at, id] of small.ids.entries()) {
      const chance = (4 * few[at]!) / total;
      const spread = Math.sqrt((chance * (1 - chance)) / draws);
      expect(Math.abs((times.get(id) ?? 0) / draws - chance)).toBeLessThan(4 * spread);
    }
  });

  test('more than there are is all of them, each with certainty', () => {
    const all = expectOk(drawTargets(lot, { ...request, n: 10_000 }, sha256));
    expect(all.targets).toHaveLength(lot.ids.length);
    expect(all.targets.every(({ probability }) => probability === 1)).toBe(true);
  });
});

describe('weights', () => {
  const { cuboids } = index.labels;
  const rowOf = (id: string): number => {
    for (let row = 0; row < cuboids.count; row++) {
      const frame = index.delivery.frameIds.at(cuboids.frame[row]!)!;
      if (`${frame}|${cuboids.id.at(row)!}` === id) return row;
    }
    throw new Error(id);
  };

  test('few points, a far place and a rare class weigh more', () => {
    const byPoints = expectOk(weighLot(lot, index, 'points', (row) => row));
    expect(byPoints).toEqual(lot.ids.map((id) => 10 / (10 + rowOf(id))));
    const byRange = expectOk(weighLot(lot, index, 'range', () => 0));
    const ranges = lot.ids.map((id) => {
      const row = rowOf(id);
      return Math.max(5, Math.hypot(cuboids.center[3 * row]!, cuboids.center[3 * row + 1]!));
    });
    expect(byRange).toEqual(ranges);
    const byClass = expectOk(weighLot(lot, index, 'class', () => 0));
    const classes = Object.keys(lot.byClass).length;
    expect(byClass.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(classes, 9);
  });

  test('whole frames have neither points nor a class', () => {
    const frames = expectOk(buildLot(index, { ...defaultSpec, unit: 'frame' }));
    expect(codeOf(weighLot(frames, index, 'points', () => 0))).toBe('weights-not-for-unit');
    expect(weightsOfFile(frames, { byUnit: new Map([[frames.ids[0]!, 3]]), others: 1 }).ok).toBe(true);
  });

  test('the hash is of the lines unit, tab, weight, sorted by unit', () => {
    const lines = 'a\t0.5\nb\t2\n';
    expect(hashWeights(['b', 'a'], [2, 0.5], sha256)).toBe(sha256(new TextEncoder().encode(lines)));
  });

  test('a file in JSON or CSV; units without a row have the least weight of it, unless it says another', () => {
    const [one, two] = lot.ids as [string, string];
    const json = expectOk(parseWeightsFile(JSON.stringify({ weights: { [one]: 4, [two]: 2 } }), 'w.json'));
    expect(json.others).toBe(2);
    const csv = expectOk(parseWeightsFile(`unit;weight\n${one};4\n${two};2\n*;0.5\n`, 'w.csv'));
    expect(csv).toEqual({ byUnit: json.byUnit, others: 0.5 });
    const weights = expectOk(weightsOfFile(lot, csv));
    expect(weights.slice(0, 3)).toEqual([4, 2, 0.5]);
    expect(codeOf(weightsOfFile(lot, { byUnit: new Map([['nobody', 1]]), others: 1 }))).toBe(
      'weights-match-none',
    );
  });

  test.each([
    ['no JSON', '{"weights": '],
    ['no weights', '{"weights": {}}'],
    ['a weight of zero', '{"weights": {"a": 0}}'],
    ['a key that was meant otherwise', '{"weights": {"a": 1}, "other": 1}'],
    ['no column of that name', 'unit,wait\na,1\n'],
    ['text for a weight', 'unit,weight\na,heavy\n'],
    ['no weight', 'unit,weight\na,\n'],
    ['a unit twice', 'unit,weight\na,1\na,2\n'],
    ['nothing', ''],
  ])('a file with %s is refused', (_what, text) => {
    expect(codeOf(parseWeightsFile(text, 'w'))).toBe('weights-file-unreadable');
  });
});

describe('targets of another tool', () => {
  const file = (targets: unknown, source = 'check'): string => JSON.stringify({ source, targets });

  test.each([
    ['no JSON', 'targets'],
    ['an unknown source', file([{ unit: 'a', reason: 'b' }], 'guess')],
    ['no reason', file([{ unit: 'a' }])],
    ['an empty reason', file([{ unit: 'a', reason: '' }])],
    ['a key that was meant otherwise', file([{ unit: 'a', reason: 'b', chance: 0.2 }])],
    ['no targets', file([])],
  ])('with %s is refused', (_what, text) => {
    expect(codeOf(parseTargetsFile(text, 't.json'))).toBe('targets-file-unreadable');
  });

  test('more than anybody works through is refused', () => {
    const many = Array.from({ length: mostTargets + 1 }, (_, at) => ({ unit: `u${at}`, reason: 'r' }));
    expect(codeOf(parseTargetsFile(file(many), 't.json'))).toBe('targets-too-many');
  });

  test('labels and tracks are found; unknown ones, those of the sample and those named twice are told apart', () => {
    const desk = AuditDesk.ready(index);
    const sampled = desk.units[0]!.id;
    const drawn = new Set(desk.units.map(({ id }) => id));
    const [first, second] = lot.ids.filter((id) => !drawn.has(id)) as [string, string];
    const track = index.labels.tracks[0]!;
    const named = [first, first, second, sampled, track, 'nobody', `${first}x`];
    const parsed = expectOk(
      parseTargetsFile(file(named.map((unit) => ({ unit, reason: `why ${unit}` }))), 't.json'),
    );
    let number = 0;
    const newId = (): string => `t${++number}`;
    const found = findTargets(desk.state!, index, parsed, newId);
    expect(found.targets.map(({ unit, kind }) => [unit, kind])).toEqual([
      [first, 'cuboid'],
      [second, 'cuboid'],
      [track, 'track'],
    ]);
    expect(found).toMatchObject({ unknown: ['nobody', `${first}x`], inSample: 1, queued: 1 });
    const draft: EventDraft = { type: 'targets.queued', data: { targets: [...found.targets], draw: null } };
    desk.record(draft);
    expect(findTargets(desk.state!, index, parsed, newId)).toMatchObject({ targets: [], queued: 4 });
  });
});

describe('what is found on drawn targets', () => {
  function judged(desk: AuditDesk, target: string, code: string | null): EventDraft {
    const data: EventData<'target.judged'> = {
      target,
      verdict: code ? 'reject' : 'accept',
      defects: code ? [defect(code)] : [],
      comment: '',
      evidence: null,
      durationMs: 2000,
    };
    expect(desk.state!.targets.has(target)).toBe(true);
    return { type: 'target.judged', data };
  }

  test('enters the estimate with the sample’s verdict where the sample holds the unit, and without what was taken back', () => {
    const desk = AuditDesk.ready(index);
    const weights = lot.ids.map((_, at) => 1 + (at % 3));
    const request = { n: 40, seed, weights, weightsName: 'points', reason: 'drawn' };
    desk.record({ type: 'targets.queued', data: expectOk(drawTargets(lot, request, sha256)) });
    const drawn = new Set(desk.units.map(({ id }) => id));
    const all = [...desk.state!.targets.values()];
    const inside = all.filter(({ target }) => drawn.has(target.unit));
    const outside = all.filter(({ target }) => !drawn.has(target.unit));
    expect(inside.length).toBeGreaterThan(0);
    for (const [at, { target }] of outside.entries())
      desk.record(judged(desk, target.id, at < 3 ? 'GHOST' : null));
    expect(combinedEstimate(desk.state!)?.unfinished).toBe(1);
    desk.record(desk.verdict(inside[0]!.target.unit, 'reject', defect('GHOST')));
    desk.finish();
    const bad = (): number => all.filter((queued) => targetStanding(desk.state!, queued) === 'bad').length;
    expect(bad()).toBe(4);
    const [estimate] = combinedEstimate(desk.state!)!.targets;
    expect(estimate!.rate).toMatchObject({ found: 4, judged: 40, open: 0 });
    // Hajek by hand: weighted by one over the chance of each.
    const isBad = (queued: (typeof all)[number]): boolean => targetStanding(desk.state!, queued) === 'bad';
    const size = all.reduce((sum, { target }) => sum + 1 / target.probability!, 0);
    const total = all.filter(isBad).reduce((sum, { target }) => sum + 1 / target.probability!, 0);
    expect(estimate!.total).toBeCloseTo(total, 9);
    expect(estimate!.rate.share).toBeCloseTo(total / size, 12);

    desk.sign('accept', 'for the test');
    const { id } = desk.state!.findings.find(({ source }) => source === 'targeted')!;
    const answer = { finding: id, answer: 'dispute', remark: 'it is a pole' } as const;
    desk.record({ type: 'rework.issued', data: { findings: [id] } });
    desk.record({ type: 'rework.answered', data: { source: 'vendor', answers: [answer] } }, vendorQa);
    desk.record({ type: 'dispute.ruled', data: { finding: id, isUpheld: true, reason: 'so it is' } }, lead);
    expect(bad()).toBe(3);
  });
});
