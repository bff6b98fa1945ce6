/** The outcome counted both ways, against an enumeration of everything the open units could still turn out to be. */
import { describe, expect, test } from 'vitest';
import type { DrawnCell, DrawnUnit, FrozenPlan } from '../../../shared/audit/events.ts';
import { planOutcome } from '../../../shared/audit/outcome.ts';
import { type DefectSeverity, severities } from '../../../shared/audit/qaSpec.ts';
import type { AuditState, CellVerdict, UnitVerdict } from '../../../shared/audit/state.ts';
import { type SeededRandom, seededRandom } from '../../support/seededRandom.ts';
import { AuditDesk, auditor, defect, missed } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const ready = AuditDesk.ready(makeIndex({ cuboidsPerFrame: 12 })).state!;

function plan(severity: DefectSeverity, sampleSize: number, acceptanceNumber: number): FrozenPlan {
  const base = ready.sample!.labels.plans[0]!;
  return {
    ...base,
    severity,
    lotSize: 500,
    sampleSize,
    acceptanceNumber,
    rejectionNumber: acceptanceNumber + 1,
  };
}

type Fate = 'good' | 'open' | 'hold' | DefectSeverity;

/** A state whose drawn units and cells stand as given, by position. */
function standing(
  plans: FrozenPlan[],
  fates: readonly Fate[],
  cellPlans: FrozenPlan[],
  cellFates: readonly Fate[],
) {
  const stamp = { seq: 9, at: '2026-02-01T00:00:00.000Z', by: auditor };
  const units = fates.map((_, at): DrawnUnit => ({ ...ready.sample!.labels.units[0]!, id: `u${at}` }));
  const cells = cellFates.map((_, at): DrawnCell => ({ ...ready.sample!.cells.units[0]!, id: `c${at}` }));
  const verdicts = new Map<string, UnitVerdict>();
  for (const [at, fate] of fates.entries()) {
    if (fate === 'open' && at % 2 === 0) continue;
    const verdict =
      fate === 'good' ? 'accept' : fate === 'open' ? 'unsure' : fate === 'hold' ? 'sensor-limited' : 'reject';
    // A rejection carries a lesser defect too: only the worst may count.
    const defects =
      verdict === 'reject' ? [defect('ATTR', 'minor'), defect('GHOST', fate as DefectSeverity)] : [];
    const rest = { comment: '', evidence: null, durationMs: 1, isSecondLook: false };
    verdicts.set(`u${at}`, { unit: `u${at}`, verdict, defects, ...rest, ...stamp });
  }
  const cellVerdicts = new Map<string, CellVerdict>();
  for (const [at, fate] of cellFates.entries()) {
    const verdict = fate === 'open' ? 'unsure' : 'searched';
    const gone = fate === 'open' || fate === 'good' ? [] : [missed('m', fate as DefectSeverity)];
    const rest = { matched: 3, comment: '', durationMs: 1, isSecondLook: false };
    cellVerdicts.set(`c${at}`, { cell: `c${at}`, verdict, missed: gone, ...rest, ...stamp });
  }
  const sample = {
    ...ready.sample!,
    labels: { ...ready.sample!.labels, plans, units },
    cells: { ...ready.sample!.cells, plans: cellPlans, units: cellFates.length > 0 ? cells : [] },
  };
  return { ...ready, sample, verdicts, cellVerdicts } satisfies AuditState;
}

/** The slow oracle: decides one sample whose every fate is known. */
function isMet(plans: readonly FrozenPlan[], fates: readonly Fate[]): boolean {
  const counts = new Map(plans.map(({ severity }) => [severity, 0]));
  for (const [at, fate] of fates.entries()) {
    if (fate === 'good' || fate === 'hold') continue;
    for (const severity of severities.slice(severities.indexOf(fate as DefectSeverity))) {
      const candidate = plans.find((entry) => entry.severity === severity);
      if (!candidate || at >= candidate.sampleSize) continue;
      counts.set(severity, counts.get(severity)! + 1);
      break;
    }
  }
  return plans.every(({ severity, acceptanceNumber }) => counts.get(severity)! <= acceptanceNumber);
}

function completions(fates: readonly Fate[]): Fate[][] {
  const at = fates.indexOf('open');
  if (at < 0) return [[...fates]];
  return (['good', ...severities] as Fate[]).flatMap((fate) => completions(fates.with(at, fate)));
}

function enumerated(plans: FrozenPlan[], fates: Fate[], cellPlans: FrozenPlan[], cellFates: Fate[]): string {
  const answers = new Set(
    completions(fates).flatMap((all) =>
      completions(cellFates).map((allCells) => isMet(plans, all) && isMet(cellPlans, allCells)),
    ),
  );
  return answers.size > 1 ? 'undecidable' : answers.has(true) ? 'met' : 'not-met';
}

function randomFates(random: SeededRandom, length: number, mayHold: boolean): Fate[] {
  const kinds: Fate[] = ['good', 'good', 'good', 'good', 'open', 'critical', 'major', 'minor'];
  if (mayHold) kinds.push('hold');
  let open = 0;
  return Array.from({ length }, () => {
    const fate = kinds[random.integer(0, kinds.length - 1)]!;
    if (fate !== 'open') return fate;
    open += 1;
    return open > 3 ? 'good' : 'open';
  });
}

describe('outcome of the plan', () => {
  test.each([11, 12, 13, 14])('seed %i: counted both ways equals every completion enumerated', (seed) => {
    const random = seededRandom(seed);
    const seen = new Set<string>();
    for (let round = 0; round < 250; round += 1) {
      const plans = [
        plan('critical', random.integer(2, 8), random.integer(0, 1)),
        plan('major', random.integer(2, 8), random.integer(0, 4)),
        plan('minor', random.integer(2, 8), random.integer(0, 5)),
      ];
      const cellPlans = [plan('critical', 3, 0), plan('major', random.integer(2, 4), random.integer(0, 2))];
      // At least one unit is judged at all; a sample wholly on hold is the next test.
      const fates: Fate[] = ['good', ...randomFates(random, 7, true)];
      const cellFates: Fate[] = ['good', ...randomFates(random, 3, false)];
      const state = standing(plans, fates, cellPlans, cellFates);
      const { outcome } = planOutcome(state);
      expect(outcome, JSON.stringify({ fates, cellFates, round })).toBe(
        enumerated(plans, fates, cellPlans, cellFates),
      );
      seen.add(outcome);
    }
    expect(seen.size).toBe(3);
  });

  test('units on hold leave the count and are stated; a sample wholly on hold decides nothing', () => {
    const cells = [plan('major', 1, 0)];
    const some = planOutcome(
      standing([plan('major', 4, 0)], ['hold', 'good', 'hold', 'good'], cells, ['good']),
    );
    expect(some).toMatchObject({
      outcome: 'met',
      counts: [{ judged: 2, onHold: 2, open: 0, defective: 0 }, {}],
    });
    const all = planOutcome(standing([plan('major', 2, 0)], ['hold', 'hold'], cells, ['good']));
    expect(all.outcome).toBe('undecidable');
  });

  test('one sample that is not met is enough', () => {
    const labels = [plan('major', 2, 0)];
    const cells = [plan('major', 1, 0)];
    expect(planOutcome(standing(labels, ['good', 'good'], cells, ['major'])).outcome).toBe('not-met');
    expect(planOutcome(standing(labels, ['good', 'major'], cells, ['good'])).outcome).toBe('not-met');
    expect(planOutcome(standing(labels, ['good', 'good'], cells, ['good'])).outcome).toBe('met');
  });

  test('each severity judges its first n; a defect beyond it counts at the next severity that reaches it', () => {
    const plans = [plan('critical', 2, 0), plan('major', 4, 1), plan('minor', 3, 0)];
    const cells = [plan('major', 1, 0)];
    const counts = (fates: Fate[]) =>
      planOutcome(standing(plans, fates, cells, ['good'])).counts.map(({ defective }) => defective);
    expect(counts(['good', 'critical', 'good', 'good'])).toEqual([1, 0, 0, 0]);
    expect(counts(['good', 'good', 'critical', 'good'])).toEqual([0, 1, 0, 0]);
    expect(counts(['good', 'good', 'good', 'minor'])).toEqual([0, 0, 0, 0]);
  });

  test('stopped early is said only once a rejection number is reached with units left', () => {
    const cells = [plan('major', 1, 0)];
    const early = planOutcome(standing([plan('major', 3, 0)], ['open', 'major', 'open'], cells, ['good']));
    expect(early).toMatchObject({ outcome: 'not-met', stoppedEarly: true });
    const unfinished = planOutcome(
      standing([plan('major', 3, 0)], ['open', 'good', 'good'], cells, ['good']),
    );
    expect(unfinished).toMatchObject({ outcome: 'undecidable', stoppedEarly: false });
    const unsure = planOutcome(standing([plan('major', 3, 0)], ['major', 'open', 'good'], cells, ['good']));
    expect(unsure).toMatchObject({ outcome: 'not-met', stoppedEarly: false });
  });

  test('without a plan nothing is decided', () => {
    expect(planOutcome({ ...ready, sample: null })).toEqual({
      outcome: 'undecidable',
      counts: [],
      stoppedEarly: false,
    });
  });
});
