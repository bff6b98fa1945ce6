/** What the report and the JSON record say of errors that were put in. */
import { expect, test } from 'vitest';
import { translator } from '../../../shared/messages/translate.ts';
import { htmlReport } from '../../../shared/report/html/htmlReport.ts';
import { jsonRecord } from '../../../shared/report/records.ts';
import { AuditDesk, defect, lead } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';
import { seedsFor } from '../audit/seedLab.ts';

const index = makeIndex();
const reportOf = (desk: AuditDesk, language: 'en' | 'zh') =>
  htmlReport(desk.state!, {
    translate: translator(language),
    language,
    version: '1.0.0',
    printedAt: '2026-02-02T08:00:00.000Z',
    pictures: () => null,
  });

async function judged(): Promise<AuditDesk> {
  const desk = AuditDesk.ready(index);
  desk.record({ type: 'seeds.set', data: await seedsFor(desk, index, { count: 10 }) }, lead);
  for (const [at, seed] of desk.state!.seeds.entries()) {
    const data = { seed: seed.id, durationMs: 4000 };
    if (at === 0) desk.record({ type: 'seed.judged', data: { ...data, verdict: 'accept', defects: [] } });
    else {
      const defects = [defect(seed.codes[0]!)];
      desk.record({ type: 'seed.judged', data: { ...data, verdict: 'reject', defects } });
    }
  }
  desk.finish();
  return desk;
}

test('an audit without errors says nothing of them', () => {
  const desk = AuditDesk.ready(index);
  desk.finish();
  expect(reportOf(desk, 'en')).not.toContain('Known errors');
});

test('before the signature the report says that there are some and no more; after it how each auditor did', async () => {
  const desk = await judged();
  const before = reportOf(desk, 'en');
  expect(before).toContain('Errors were put in on 10 labels outside the sample');
  expect(before).not.toContain('Named rightly');
  desk.sign('accept');
  const after = reportOf(desk, 'en');
  // Clopper and Pearson for 1 of 10.
  expect(after).toContain('1 of 10: 0.3 to 44.5 % – too few to tell');
  expect(after).toContain('9 of 10: 55.5 to 99.7 % – too few to tell');
  expect(after).toContain('Ada Auditor');
  for (const { label, shown } of desk.state!.seeds)
    expect(after).not.toContain(`${label} ${shown.className}`);
  const chinese = reportOf(desk, 'zh');
  expect(chinese).toContain('10 个中 1 个');
  expect(chinese).not.toContain('seeds.');
});

test('the JSON record holds the errors, what was said of them, and how the auditors did', async () => {
  const desk = await judged();
  const record = JSON.parse(jsonRecord(desk.state!));
  expect(record.seeds).toHaveLength(10);
  expect(record.seedVerdicts).toHaveLength(10);
  expect(record.auditors).toMatchObject([{ by: { name: 'Ada Auditor' }, shown: 10, named: 9, missed: 1 }]);
});
