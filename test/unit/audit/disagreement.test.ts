/** Two people who differ: when they do, who may settle it, and what it means for outcome and signature. */
import { describe, expect, test } from 'vitest';
import { differing, disagreementOn, disagreements } from '../../../shared/audit/disagreement.ts';
import type { Actor, DefectEntry, EventDraft } from '../../../shared/audit/events.ts';
import { groupRates } from '../../../shared/audit/groupRates.ts';
import { planOutcome, unitStandings } from '../../../shared/audit/outcome.ts';
import { canSign } from '../../../shared/audit/rulesOfSigning.ts';
import { AuditDesk, auditor, defaultSpec, defect, lead, vendorQa } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
const ben: Actor = { profile: 'p-4', name: 'Ben', role: 'auditor' };
const cat: Actor = { profile: 'p-5', name: 'Cat', role: 'auditor' };

type Verdict = 'accept' | 'reject' | 'unsure' | 'sensor-limited' | 'uninspectable';
type Said = readonly [Actor, Verdict, readonly DefectEntry[], isBlind?: boolean];

function draftOf(desk: AuditDesk, unit: string, [, verdict, defects, isBlind = false]: Said): EventDraft {
  const draft = desk.verdict(unit, verdict, ...defects);
  if (draft.type !== 'verdict.given') throw new Error('not a verdict');
  return { ...draft, data: { ...draft.data, isBlind, isSecondLook: false } };
}

function deskWith(...opinions: readonly Said[]): { desk: AuditDesk; unit: string } {
  const desk = AuditDesk.ready(index);
  const unit = desk.units[0]!.id;
  for (const said of opinions) desk.record(draftOf(desk, unit, said), said[0]);
  return { desk, unit };
}

function ruling(desk: AuditDesk, unit: string, said: Said, seqs?: number[]): EventDraft {
  const draft = draftOf(desk, unit, said);
  if (draft.type !== 'verdict.given') throw new Error('not a verdict');
  const adjudicates = seqs ?? differing(desk.state!.opinions.get(unit)).map(({ seq }) => seq);
  return { ...draft, data: { ...draft.data, adjudicates } };
}

const major = [defect('GHOST', 'major')];
const minor = [defect('ATTR', 'minor')];

describe('when two people differ', () => {
  test.each<[string, Said, Said, boolean]>([
    ['the same verdict', [auditor, 'accept', []], [ben, 'accept', []], false],
    ['another kind', [auditor, 'accept', []], [ben, 'reject', major], true],
    ['both reject, as gravely', [auditor, 'reject', major], [ben, 'reject', [defect('CLS', 'major')]], false],
    ['both reject, not as gravely', [auditor, 'reject', major], [ben, 'reject', minor], true],
    ['on hold or accepted', [auditor, 'sensor-limited', [defect('SYNC')]], [ben, 'accept', []], true],
    ['a second look in sight of an unsure', [auditor, 'unsure', []], [ben, 'accept', []], false],
    ['blind beside an unsure', [auditor, 'unsure', []], [ben, 'accept', [], true], true],
    ['unsure of what another accepted', [auditor, 'accept', []], [ben, 'unsure', []], true],
    ['neither decides', [auditor, 'unsure', []], [ben, 'uninspectable', [], true], false],
  ])('%s', (_, first, second, isOpen) => {
    const { desk, unit } = deskWith(first, second);
    const found = disagreementOn(desk.state!, unit);
    expect(found !== null).toBe(isOpen);
    if (found) expect(found.verdicts.map(({ by }) => by.profile)).toEqual([first[0].profile, 'p-4']);
    const [standing] = unitStandings(desk.state!);
    if (isOpen) expect(standing).toEqual({ kind: 'open', why: 'disagreement', isSecondLook: false });
    else expect(standing).not.toMatchObject({ why: 'disagreement' });
  });

  test('one who judges again and now says the same ends it', () => {
    const { desk, unit } = deskWith([auditor, 'accept', []], [ben, 'reject', major]);
    desk.record(draftOf(desk, unit, [ben, 'accept', []]), ben);
    expect(disagreementOn(desk.state!, unit)).toBeNull();
    expect(unitStandings(desk.state!)[0]).toEqual({ kind: 'good' });
  });

  test('of three the two sides are told, and who agrees with both is none of them', () => {
    const { desk, unit } = deskWith(
      [auditor, 'accept', []],
      [ben, 'reject', major],
      [cat, 'accept', [], true],
    );
    expect(differing(desk.state!.opinions.get(unit)).map(({ by }) => by.name)).toEqual([
      'Ada Auditor',
      'Ben',
      'Cat',
    ]);
  });
});

describe('a ruling', () => {
  const differ = () => deskWith([auditor, 'accept', []], [ben, 'reject', major]);

  test('of a third person settles it and is the unit’s verdict', () => {
    const { desk, unit } = differ();
    desk.record(ruling(desk, unit, [cat, 'reject', minor]), cat);
    const { open, settled } = disagreements(desk.state!);
    expect(open).toEqual([]);
    expect(settled).toMatchObject([{ unit, ruling: { by: cat }, verdicts: [{ by: auditor }, { by: ben }] }]);
    expect(unitStandings(desk.state!)[0]).toMatchObject({ kind: 'defective', severity: 'minor' });
    expect(desk.state!.findings.map(({ defect: { code }, by }) => [code, by.name])).toEqual([
      ['ATTR', 'Cat'],
    ]);
  });

  test('of a party needs a lead', () => {
    const { desk, unit } = differ();
    expect(desk.refuses(ruling(desk, unit, [ben, 'accept', []]), ben)?.code).toBe('adjudication-by-party');
    const led = deskWith([auditor, 'accept', []], [lead, 'reject', major]);
    expect(led.desk.refuses(ruling(led.desk, led.unit, [lead, 'reject', major]), lead)).toBeNull();
  });

  test('names what differs now, all of it and nothing else', () => {
    const { desk, unit } = differ();
    const [first, second] = differing(desk.state!.opinions.get(unit)).map(({ seq }) => seq) as [
      number,
      number,
    ];
    const refused = (seqs: number[]) =>
      desk.refuses(ruling(desk, unit, [cat, 'accept', []], seqs), cat)?.code ?? null;
    expect(refused([first, second])).toBeNull();
    expect(refused([second, first])).toBeNull();
    expect(refused([first, first])).toBe('adjudication-of-others');
    expect(refused([first, 3])).toBe('adjudication-of-others');
    expect(refused([first, second, 3])).toBe('adjudication-of-others');
    desk.record(draftOf(desk, unit, [ben, 'accept', []]), ben);
    expect(refused([first, second])).toBe('adjudication-of-nothing');
  });

  test('of the vendor counts in his own audit only', () => {
    const { desk, unit } = differ();
    expect(desk.refuses(ruling(desk, unit, [vendorQa, 'accept', []]), vendorQa)?.code).toBe(
      'adjudication-by-vendor',
    );
    const own = AuditDesk.ready(index, defaultSpec, { role: 'vendor-self' });
    const id = own.units[0]!.id;
    for (const said of [
      [auditor, 'accept', []],
      [ben, 'reject', major],
    ] as Said[])
      own.record(draftOf(own, id, said), said[0]);
    expect(own.refuses(ruling(own, id, [vendorQa, 'accept', []]), vendorQa)).toBeNull();
  });

  test('does not settle what is said after it', () => {
    const { desk, unit } = differ();
    desk.record(ruling(desk, unit, [cat, 'accept', []]), cat);
    desk.record(draftOf(desk, unit, [lead, 'reject', major]), lead);
    expect(disagreementOn(desk.state!, unit)).toMatchObject({
      ruling: null,
      verdicts: [{ by: cat }, { by: lead }],
    });
    desk.record(ruling(desk, unit, [lead, 'reject', major]), lead);
    expect(disagreementOn(desk.state!, unit)).toMatchObject({ ruling: { by: lead } });
    // The overruled says so again: it is open again.
    desk.record(draftOf(desk, unit, [auditor, 'accept', []]), auditor);
    expect(disagreementOn(desk.state!, unit)!.ruling).toBeNull();
  });

  test('whose author is a party is seen beside her own verdict', () => {
    const { desk, unit } = deskWith([auditor, 'accept', []], [lead, 'reject', major]);
    desk.record(ruling(desk, unit, [lead, 'accept', []]), lead);
    expect(disagreementOn(desk.state!, unit)).toMatchObject({
      verdicts: [
        { by: auditor, verdict: 'accept' },
        { by: lead, verdict: 'reject' },
      ],
      ruling: { verdict: 'accept' },
    });
  });
});

describe('outcome and signature', () => {
  const spec = { ...defaultSpec, plans: defaultSpec.plans.slice(1, 2) };

  function finished(): { desk: AuditDesk; unit: string } {
    const desk = AuditDesk.ready(index, spec);
    const unit = desk.units[0]!.id;
    desk.finish();
    return { desk, unit };
  }

  test('a disputed unit counts both ways and in no class’s rate', () => {
    const { desk, unit } = finished();
    const judged = (): number =>
      groupRates(desk.state!, 'class')!.groups.reduce((sum, row) => sum + row.judged, 0);
    const before = planOutcome(desk.state!).counts[0]!;
    const rated = judged();
    desk.record(draftOf(desk, unit, [ben, 'reject', major]), ben);
    const after = planOutcome(desk.state!).counts[0]!;
    expect([after.open, after.judged, after.defective]).toEqual([before.open + 1, before.judged - 1, 0]);
    expect(judged()).toBe(rated - 1);
  });

  test('what the outcome hangs on must be settled before signing; what it does not hang on need not', () => {
    const { desk, unit } = finished();
    const { acceptanceNumber } = planOutcome(desk.state!).counts[0]!;
    desk.record(draftOf(desk, unit, [ben, 'reject', major]), ben);
    const isDecided = planOutcome(desk.state!).outcome !== 'undecidable';
    expect(isDecided).toBe(acceptanceNumber >= 1);
    for (const { id } of desk.units.slice(1, acceptanceNumber + 2)) {
      desk.record(draftOf(desk, id, [ben, 'reject', major]), ben);
    }
    expect(planOutcome(desk.state!).outcome).toBe('undecidable');
    expect(canSign(desk.state!)).toMatchObject({
      code: 'sign-needs-second-look',
      params: { waiting: acceptanceNumber + 2 },
    });
    for (const { unit: id } of disagreements(desk.state!).open) {
      desk.record(ruling(desk, id, [lead, 'accept', []]), lead);
    }
    expect(canSign(desk.state!)).toBeNull();
    desk.sign('accept');
  });

  test('after a hold a disputed unit may still be settled', () => {
    const { desk, unit } = finished();
    desk.record(draftOf(desk, unit, [ben, 'reject', major]), ben);
    desk.sign('hold', 'waiting for the lead');
    expect(desk.refuses(ruling(desk, unit, [lead, 'accept', []]), lead)).toBeNull();
    expect(desk.refuses(draftOf(desk, desk.units[1]!.id, [ben, 'reject', major]), ben)?.code).toBe(
      'audit-signed',
    );
  });

  test('a record signed before opinions were kept apart keeps its outcome', () => {
    const { desk, unit } = finished();
    desk.record(desk.verdict(unit, 'reject', defect('GHOST')), lead);
    expect(disagreements(desk.state!)).toEqual({ open: [], settled: [] });
    expect(unitStandings(desk.state!)[0]).toMatchObject({ kind: 'defective', severity: 'major' });
  });
});
