/** What the report says of the inspection of the next lot, read from the record of this one alone. */
import { describe, expect, test } from 'vitest';
import type { Intake } from '../../../shared/audit/events.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { translator } from '../../../shared/messages/translate.ts';
import { reportContext } from '../../../shared/report/html/context.ts';
import { switchingSection } from '../../../shared/report/html/switchingSection.ts';
import { AuditDesk, defaultSpec, defect } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const index = makeIndex({});

function specWith(inspection: 'normal' | 'tightened' | 'reduced'): QaSpec {
  return {
    ...defaultSpec,
    plans: [{ scheme: 'iso2859-1', severity: 'major', aql: '1.5', level: 'II', inspection }],
  };
}

function sectionOf(
  spec: QaSpec,
  { about = {}, bad = 0 }: { about?: Partial<Intake>; bad?: number } = {},
): string | null {
  const desk = AuditDesk.ready(index, spec, about);
  for (const { id } of desk.units.slice(0, bad)) desk.record(desk.verdict(id, 'reject', defect('POS')));
  desk.finish();
  desk.sign(bad > 0 ? 'not-accept' : 'accept');
  const context = reportContext(desk.state!, 'en', translator('en'), () => null);
  return switchingSection(context)?.text ?? null;
}

describe('the section on switching', () => {
  test('names the state the lot was inspected under and what follows from it', () => {
    expect(sectionOf(specWith('tightened'))).toContain(
      'Five accepted in a row lead back to normal inspection.',
    );
    expect(sectionOf(specWith('reduced'))).toContain('Reduced inspection goes on.');
    expect(sectionOf(specWith('reduced'), { bad: 5 })).toContain('Reduced inspection ends');
    expect(sectionOf(specWith('normal'), { bad: 9 })).toContain('lead to tightened inspection');
    expect(sectionOf(specWith('normal'))).toMatch(/Earns [23] points of the 30/);
  });

  test('says of pilots and resubmissions that they move nothing', () => {
    expect(sectionOf(specWith('normal'), { about: { isPilot: true } })).toContain(
      'A pilot is a lot by itself',
    );
    expect(sectionOf(specWith('normal'), { about: { submission: 2, resubmits: 'a' } })).toContain(
      'A resubmitted lot is recorded and moves nothing.',
    );
  });

  test('is left out before the signature and where no plan is of the AQL system', () => {
    const desk = AuditDesk.ready(index, specWith('normal'));
    const context = reportContext(desk.state!, 'en', translator('en'), () => null);
    expect(switchingSection(context)).toBeNull();
    const c0 = { scheme: 'c0', severity: 'major', limitingRate: 0.3, confidence: 0.9 } as const;
    const search = { ...defaultSpec.search, plans: [c0] };
    expect(sectionOf({ ...defaultSpec, plans: [c0], search })).toBeNull();
  });
});
