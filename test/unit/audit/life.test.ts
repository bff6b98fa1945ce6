/** The whole life of an audit as events: from intake over a disputed finding to the redelivery. */
import { describe, expect, test } from 'vitest';
import { severityEstimates, withheldEstimates } from '../../../shared/audit/estimates.ts';
import type { EventDraft } from '../../../shared/audit/events.ts';
import { foldAll } from '../../../shared/audit/fold.ts';
import { groupRates } from '../../../shared/audit/groupRates.ts';
import { missedRates } from '../../../shared/audit/missedRates.ts';
import { planOutcome } from '../../../shared/audit/outcome.ts';
import { findingsToVerify } from '../../../shared/audit/redelivery.ts';
import { summariseAudit } from '../../../shared/audit/summary.ts';
import { tallyFindings } from '../../../shared/audit/tally.ts';
import { verifyRecord } from '../../../shared/audit/verifyRecord.ts';
import { clopperPearson, finiteLotLimits, finiteLotUpper } from '../../../shared/sampling/intervals.ts';
import { AuditDesk, defaultSpec, defect, lead, missed, sha256, verifyEd25519 } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex();

/** A rejected label with what the auditor saw of it, standing at a place of our choosing. */
function rejected(desk: AuditDesk, at: number, code: string, center: [number, number, number]): EventDraft {
  const unit = desk.units[at]!;
  const draft = desk.verdict(unit.id, 'reject', defect(code));
  if (draft.type !== 'verdict.given') throw new Error('not a verdict');
  const cuboid = {
    space: 'lidar',
    className: unit.className!,
    track: unit.track,
    center,
    size: [4, 2, 1.6] as [number, number, number],
    rotation: [0, 0, 0, 1] as [number, number, number, number],
    attributes: {},
    pointsInside: 40,
  };
  const evidence = { frame: unit.frame, cuboid, box2d: null, camera: null, picture: null };
  return { ...draft, data: { ...draft.data, evidence } };
}

describe('the life of an audit', () => {
  const desk = AuditDesk.ready(index);

  test('intake and judging', () => {
    expect(summariseAudit(desk.state!)).toMatchObject({ phase: 'judging', judged: 0, disposition: null });
    desk.record({ type: 'sensors.hashed', data: { files: 20, hashed: 5, mismatched: [] } });
    // AQL 1.5, level II, 400 labels: letter H, 50 labels, 2 accepted. Three in its first fifty are too many.
    const major = desk.state!.sample!.labels.plans.find(({ severity }) => severity === 'major')!;
    expect(major).toMatchObject({ codeLetter: 'H', sampleSize: 50, acceptanceNumber: 2, rejectionNumber: 3 });
    desk.record(rejected(desk, 0, 'GHOST', [10, 0, 0.8]));
    desk.record(rejected(desk, 1, 'CLS', [11, 0, 0.8]));
    desk.record(rejected(desk, 2, 'POS', [12, 0, 0.8]));
    desk.record(desk.verdict(desk.units[3]!.id, 'sensor-limited', defect('POSE')));
    desk.record(desk.cell(desk.cells[0]!.id, [missed('m', 'minor')], 9));
    desk.finish();
    const { outcome, counts, stoppedEarly } = planOutcome(desk.state!);
    expect({ outcome, stoppedEarly }).toEqual({ outcome: 'not-met', stoppedEarly: false });
    expect(counts.find(({ severity, sample }) => sample === 'labels' && severity === 'major')).toEqual({
      severity: 'major',
      sample: 'labels',
      sampleSize: 50,
      judged: 49,
      defective: 3,
      open: 0,
      onHold: 1,
      acceptanceNumber: 2,
      rejectionNumber: 3,
      outcome: 'not-met',
    });
  });

  test('estimates carry exact limits, for the process and for the lot', () => {
    const major = severityEstimates(desk.state!).find(
      ({ severity, sample }) => sample === 'labels' && severity === 'major',
    )!;
    expect(major).toMatchObject({ found: 3, judged: 49, open: 0, lotSize: 400 });
    const { lower, upper } = finiteLotLimits(400, 49, 3, 0.95);
    expect([major.lower, major.upper]).toEqual([lower, upper]);
    // A lot is known better than the process it came from.
    expect(major.upper).toBeLessThan(clopperPearson(3, 49, 0.95).upper);
    expect(major.lotUpper).toEqual(finiteLotUpper(400, 49, 3, 0.95));
    const searched = desk.cells.length;
    expect(missedRates(desk.state!)!.overall).toMatchObject({ found: 1, judged: 9 + 1 + 6 * (searched - 1) });
    expect(tallyFindings(desk.state!, 'code').map(({ key, count }) => [key, count])).toEqual([
      ['CLS', 1],
      ['GHOST', 1],
      ['MISS', 1],
      ['POS', 1],
    ]);
    expect(groupRates(desk.state!, 'class')!.groups.reduce((sum, { found }) => sum + found, 0)).toBe(3);
  });

  test('signed, handed over, answered, ruled, and signed again', () => {
    desk.sign('not-accept');
    const signedSeq = desk.state!.seq;
    desk.record({ type: 'rework.issued', data: { findings: desk.state!.findings.map(({ id }) => id) } });
    const answers = [
      { finding: 'F0001', answer: 'dispute' as const, remark: 'it is a parked car' },
      { finding: 'F0002', answer: 'agree' as const, remark: '' },
      { finding: 'F0003', answer: 'fixed' as const, remark: 'moved by 0.4 m' },
    ];
    desk.record({ type: 'rework.answered', data: { source: 'answers.csv', answers } });
    expect(desk.state!.findings.map(({ status }) => status)).toEqual([
      'disputed',
      'vendor-accepted',
      'fixed',
      'open',
    ]);
    const ruling = { finding: 'F0001', isUpheld: true, reason: 'two cameras show the car' };
    desk.record({ type: 'dispute.ruled', data: ruling }, lead);
    expect(planOutcome(desk.state!).outcome).toBe('met');
    desk.sign('accept');
    expect(desk.state!.dispositions.map(({ disposition, supersedes }) => [disposition, supersedes])).toEqual([
      ['not-accept', null],
      ['accept', signedSeq],
    ]);
    expect(summariseAudit(desk.state!)).toMatchObject({
      phase: 'signed',
      disposition: 'accept',
      openFindings: 3,
      vendor: 'Northlight Labeling',
      drawn: desk.units.length + desk.cells.length,
      judged: desk.units.length + desk.cells.length,
    });
  });

  test('the record verifies, and folding it again gives the same state', () => {
    const record = { lines: desk.lines, pinnedKey: desk.key.publicKey, pictureHash: () => null };
    const report = verifyRecord(record, sha256, verifyEd25519);
    expect(report).toMatchObject({ isIntact: true, disposition: 'accept' });
    expect(report.signatures.map(({ verdict }) => verdict)).toEqual(['pinned', 'pinned']);
    expect(foldAll(report.events === desk.events.length ? desk.events : [])).toEqual(desk.state);
  });

  test('the redelivery finds the old findings: by label, by track, by place, or not at all', () => {
    const [ghost, cls, pos, gone] = desk.state!.findings;
    expect(ghost!.status).toBe('overturned');
    const frameOf = (id: string): number => [...index.delivery.frameIds].indexOf(id);
    // The vendor kept the second finding's label, renumbered the third, and labelled the missed object.
    const again = makeIndex({
      row: (frame, number) => {
        if (frame === frameOf(cls!.frame) && `label-${number}` === cls!.label)
          return { center: [11.3, 0, 0.8] };
        if (frame === frameOf(pos!.frame) && `label-${number}` === pos!.label) {
          return { id: 'new', track: 'other', center: [12.5, 0, 0.8] };
        }
        if (frame === frameOf(gone!.frame) && number === 39) return { center: [12, 3, 0.8] };
        return { center: [300 + number, 300, 0] };
      },
    });
    const old = findingsToVerify(desk.state!, again);
    expect(old.map(({ reference, how }) => [reference, how])).toEqual([
      ['audit-1/F0002', 'label'],
      ['audit-1/F0003', 'nearest'],
      ['audit-1/F0004', 'nearest'],
    ]);
    expect(old[0]!.distanceMeters).toBeCloseTo(0.3, 9);
    expect(old[1]!.distanceMeters).toBeCloseTo(0.5, 9);
    const empty = findingsToVerify(
      desk.state!,
      makeIndex({ scenes: 1, framesPerScene: 1, row: () => ({ center: [500, 0, 0] }) }),
    );
    expect(empty.every(({ how, row }) => how === 'none' && row === -1)).toBe(true);
  });

  test('a sample stopped early states no interval', () => {
    const early = AuditDesk.ready(index);
    early.record(early.verdict(early.units[0]!.id, 'reject', defect('FLIP', 'critical')));
    early.sign('not-accept');
    expect(severityEstimates(early.state!)).toEqual([]);
    expect(new Set(withheldEstimates(early.state!).map(({ why }) => why))).toEqual(new Set(['stopped']));
    expect(missedRates(early.state!)).toBeNull();
    expect(groupRates(early.state!, 'class')).toBeNull();
  });

  test('open units widen the limits both ways', () => {
    const open = AuditDesk.ready(index, { ...defaultSpec, plans: defaultSpec.plans.slice(1, 2) });
    open.record(open.verdict(open.units[0]!.id, 'reject', defect('GHOST')));
    open.record(open.verdict(open.units[1]!.id, 'unsure'));
    open.finish();
    const [estimate] = severityEstimates(open.state!);
    expect(estimate).toMatchObject({ found: 1, judged: 49, open: 1 });
    const lot = estimate!.lotSize;
    expect(estimate!.lower).toBe(finiteLotLimits(lot, 50, 1, 0.95).lower);
    expect(estimate!.upper).toBe(finiteLotLimits(lot, 50, 2, 0.95).upper);
  });
});
