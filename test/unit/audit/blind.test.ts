/** Blind judging: nothing of others' work shows on a unit before one's own verdict is saved. */
import { describe, expect, test } from 'vitest';
import { isHiddenFrom, statingBlindness, visibleState } from '../../../shared/audit/blind.ts';
import type { Actor } from '../../../shared/audit/events.ts';
import { AuditDesk, auditor, defect, lead, missed } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
const ben: Actor = { profile: 'p-4', name: 'Ben', role: 'auditor' };

function record(desk: AuditDesk, unit: string, by: Actor, ...codes: string[]): void {
  const draft = desk.verdict(
    unit,
    codes.length > 0 ? 'reject' : 'accept',
    ...codes.map((code) => defect(code)),
  );
  desk.record(statingBlindness(desk.state!, by.profile, draft), by);
}

function blindDesk(): AuditDesk {
  const desk = AuditDesk.ready(index);
  desk.record({ type: 'blind.set', data: { isBlind: true } }, lead);
  return desk;
}

describe('blind judging', () => {
  test('only a lead sets it', () => {
    const desk = AuditDesk.ready(index);
    const draft = { type: 'blind.set', data: { isBlind: true } } as const;
    expect(desk.refuses(draft, auditor)?.code).toBe('blind-needs-lead');
    expect(desk.state!.isBlind).toBe(false);
    desk.record(draft, lead);
    expect(desk.state!.isBlind).toBe(true);
  });

  test('where units are not judged blind everything is visible, as the very same state', () => {
    const desk = AuditDesk.ready(index);
    record(desk, desk.units[0]!.id, auditor);
    expect(visibleState(desk.state!, ben.profile)).toBe(desk.state);
    expect(isHiddenFrom(desk.state!, ben.profile, desk.units[0]!.id)).toBe(false);
  });

  test('a second auditor sees nothing of a unit, judges it herself, and then sees both', () => {
    const desk = blindDesk();
    const [first, second] = desk.units.map(({ id }) => id) as [string, string];
    record(desk, first, auditor, 'GHOST');
    record(desk, second, auditor, 'CLS');
    const before = visibleState(desk.state!, ben.profile);
    expect(before.verdicts.size).toBe(0);
    expect(before.opinions.size).toBe(0);
    expect(before.findings).toEqual([]);
    expect(isHiddenFrom(desk.state!, ben.profile, first)).toBe(true);
    expect(isHiddenFrom(desk.state!, null, first)).toBe(true);
    record(desk, first, ben);
    const after = visibleState(desk.state!, ben.profile);
    expect([...after.verdicts.keys()]).toEqual([first]);
    expect(after.verdicts.get(first)!.by).toEqual(ben);
    expect(after.opinions.get(first)!.map(({ by }) => by.name)).toEqual(['Ada Auditor', 'Ben']);
    expect(isHiddenFrom(desk.state!, ben.profile, first)).toBe(false);
    expect(isHiddenFrom(desk.state!, ben.profile, second)).toBe(true);
  });

  test('her own verdicts stay hers, whoever judged later', () => {
    const desk = blindDesk();
    const unit = desk.units[0]!.id;
    record(desk, unit, auditor, 'GHOST');
    record(desk, unit, ben);
    expect(desk.state!.verdicts.get(unit)!.by).toEqual(ben);
    expect(visibleState(desk.state!, auditor.profile).verdicts.get(unit)!.by).toEqual(auditor);
  });

  test('a verdict says whether it was given blind: the first was, one given in sight of the others was not', () => {
    const desk = blindDesk();
    const unit = desk.units[0]!.id;
    record(desk, unit, auditor, 'GHOST');
    record(desk, unit, ben);
    record(desk, unit, ben, 'GHOST');
    expect(desk.state!.opinions.get(unit)!.map(({ isBlind }) => isBlind)).toEqual([true, false]);
    const open = AuditDesk.ready(index);
    record(open, unit, auditor);
    expect(open.state!.verdicts.get(unit)!.isBlind).toBe(false);
  });

  test('what others noted on a label that is still to be judged is hidden, elsewhere it shows; so are cells', () => {
    const desk = blindDesk();
    const { id, scene, frame, label } = desk.units[0]!;
    const noted = (key: string, onLabel: string | null) => ({
      type: 'finding.noted' as const,
      data: {
        id: key,
        source: 'beside' as const,
        scene,
        frame,
        label: onLabel,
        track: null,
        defect: defect('MISS'),
        evidence: null,
      },
    });
    desk.record(noted('on', label));
    desk.record(noted('off', null));
    desk.record(desk.cell(desk.cells[0]!.id, [missed('m')]));
    const keys = (profile: string) => visibleState(desk.state!, profile).findings.map(({ key }) => key);
    expect(keys(ben.profile)).toEqual(['off', 'm']);
    expect(keys(auditor.profile)).toEqual(['on', 'off', 'm']);
    record(desk, id, ben);
    expect(keys(ben.profile)).toEqual(['on', 'off', 'm']);
  });

  test('asked again about the same state and person it is the same object', () => {
    const desk = blindDesk();
    record(desk, desk.units[0]!.id, auditor);
    const seen = visibleState(desk.state!, ben.profile);
    expect(visibleState(desk.state!, ben.profile)).toBe(seen);
    expect(visibleState(desk.state!, auditor.profile)).not.toBe(seen);
  });
});
