/** What reports and lists say of corrections, hand measures, and how verdicts were given. */
import { beforeAll, describe, expect, test } from 'vitest';
import { differing } from '../../../shared/audit/disagreement.ts';
import type { Actor, Correction, EventData } from '../../../shared/audit/events.ts';
import { translator } from '../../../shared/messages/translate.ts';
import { correctionMeasures, isBeyond } from '../../../shared/report/corrections.ts';
import { parseCsv } from '../../../shared/report/csv.ts';
import { htmlReport } from '../../../shared/report/html/htmlReport.ts';
import { findingsCsv, jsonRecord } from '../../../shared/report/records.ts';
import { reworkCsv } from '../../../shared/report/rework.ts';
import { AuditDesk, auditor, defaultSpec, defect, lead } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const ben: Actor = { profile: 'p-4', name: 'Ben', role: 'auditor' };
const label = {
  space: 'lidar',
  className: 'car',
  track: null,
  center: [12, 0, 0.8] as [number, number, number],
  size: [4.4, 1.8, 1.6] as [number, number, number],
  rotation: [0, 0, 0, 1] as [number, number, number, number],
  attributes: {},
  pointsInside: 300,
};
const correction: Correction = {
  center: [12.5, 0.02, 0.8],
  size: [4.9, 1.8, 1.6],
  rotation: [0, 0, Math.sin(0.1), Math.cos(0.1)],
  source: 'drawn',
  delta: { along: 0.5, across: 0.02, up: 0, length: 0.5, width: 0.001, height: 0, yaw: 0.2 },
};

let desk: AuditDesk;

type Given = Partial<EventData<'verdict.given'>>;

function give(at: number, given: Given, by: Actor = auditor): void {
  const draft = desk.verdict(desk.units[at]!.id, 'accept');
  if (draft.type !== 'verdict.given') throw new Error('not a verdict');
  desk.record({ ...draft, data: { ...draft.data, isBlind: false, ...given } }, by);
}

beforeAll(() => {
  desk = AuditDesk.ready(makeIndex({ cuboidsPerFrame: 12 }));
  const evidence = {
    frame: desk.units[0]!.frame,
    cuboid: label,
    box2d: null,
    correction,
    measures: [{ quantity: 'ruler', value: 1.25, limit: null, unit: 'm' as const }],
    camera: null,
    picture: null,
  };
  give(0, { verdict: 'reject', defects: [defect('DIM')], evidence, durationMs: 800 });
  const bulk = { id: 'b1', count: 2 };
  give(1, { verdict: 'reject', defects: [defect('CLS')], bulk, durationMs: 300 });
  give(2, { bulk, durationMs: 300 });
  give(3, {});
  give(3, { verdict: 'reject', defects: [defect('GHOST')], isBlind: true }, ben);
  give(4, {});
  give(4, { verdict: 'reject', defects: [defect('GHOST')], isBlind: true }, ben);
  const adjudicates = differing(desk.state!.opinions.get(desk.units[4]!.id)).map(({ seq }) => seq);
  give(4, { adjudicates, comment: 'the camera shows it' }, lead);
  const repeat = { unit: desk.units[0]!.id, verdict: 'accept' as const, defects: [], durationMs: 3000 };
  desk.record({ type: 'repeat.judged', data: repeat });
});

function report(language: 'en' | 'zh'): string {
  return htmlReport(desk.state!, {
    language,
    translate: translator(language),
    pictures: () => null,
    version: '9.9.9',
    printedAt: '2026-02-02T09:30:00.000Z',
  });
}

/** The cells of one row of a list by their headings. */
function rowOf(csv: string, finding: string): Record<string, string> {
  const [header, ...rows] = parseCsv(csv).map(({ cells }) => cells);
  const row = rows.find(([id]) => id === finding)!;
  return Object.fromEntries(header!.map((name, at) => [name, row[at]!]));
}

describe('corrections', () => {
  test('what changes is told with the limit of the class, what does not is left out', () => {
    const { evidence } = desk.state!.findings[0]!;
    const measures = correctionMeasures(evidence, defaultSpec);
    expect(measures.map(({ quantity, value }) => [quantity, value])).toEqual([
      ['center-longitudinal', 0.5],
      ['center-lateral', 0.02],
      ['length', 0.5],
      ['yaw', 0.2],
    ]);
    expect(measures.every(({ limit }) => limit !== null && limit > 0)).toBe(true);
    expect(measures.map(isBeyond)).toEqual([true, false, true, true]);
    expect(correctionMeasures(evidence, null).every(({ limit }) => limit === null)).toBe(true);
    expect(correctionMeasures(desk.state!.findings[1]!.evidence, defaultSpec)).toEqual([]);
  });

  test('the rework list proposes a box in columns of its own beside the label as delivered', () => {
    const csv = reworkCsv(desk.state!, translator('en'), 'en');
    expect(rowOf(csv, 'F0001')).toMatchObject({
      'Centre x (m)': '12.000',
      'Length (m)': '4.400',
      'Heading (deg)': '0.0',
      'Proposed centre x (m)': '12.500',
      'Proposed centre y (m)': '0.020',
      'Proposed length (m)': '4.900',
      'Proposed heading (deg)': '11.5',
    });
    expect(rowOf(csv, 'F0001')['Proposed less label']).toContain('heading 11.5°');
    expect(rowOf(csv, 'F0002')['Proposed length (m)']).toBe('');
    expect(rowOf(reworkCsv(desk.state!, translator('zh'), 'zh'), 'F0001')['建议长（m）']).toBe('4.900');
  });

  test('the report holds the correction, what was measured, and how the verdict was given', () => {
    expect(report('en')).toContain('<strong>centre, along 0.50 m (limit');
    expect(report('en')).toContain('drawn by the auditor');
    expect(report('en')).toContain('measured 1.25 m');
    expect(report('en')).toContain('in 0.8 s');
    expect(report('zh')).toContain('审核员绘制');
  });
});

describe('how it was judged', () => {
  test('hasty and bulk verdicts are counted and stated as such', () => {
    const text = report('en');
    expect(text).toContain('Flagged as hasty, given in less than 1.5 s: 1.');
    expect(text).toContain('Given together with others: 2, in actions: 1.');
    expect(text).toContain('Given blind: 2 of 8 verdicts');
    expect(report('zh')).toContain('8 个判定中有 2 个为盲审');
    const csv = findingsCsv(desk.state!, translator('en'), 'en');
    expect(rowOf(csv, 'F0001')['How the verdict was given']).toBe('in 0.8 s');
    expect(rowOf(csv, 'F0002')['How the verdict was given']).toBe('together with others, 2 in one action');
    expect(rowOf(csv, 'F0001')['Measured by hand']).toBe('measured 1.25 m');
  });

  test('where people differed both are heard, and the ruling or that there is none', () => {
    const text = report('en');
    const section = text.slice(text.indexOf('Where auditors differed'));
    expect(section).toContain('Ben: rejected (GHOST major)');
    expect(section).toContain('accepted, Lin Lead');
    expect(section).toContain('the camera shows it');
    expect(section).toContain('<td>open</td>');
    expect(text).toContain('auditors differ');
    expect(report('zh')).toContain('未裁定');
  });

  test('agreement with oneself and with each other', () => {
    expect(report('en')).toContain('Ada Auditor, units shown once more');
    expect(report('en')).toContain('Ada Auditor and Ben');
  });

  test('a quiet audit of one person says nothing of differences', () => {
    const quiet = AuditDesk.ready(makeIndex({ cuboidsPerFrame: 12 }));
    quiet.finish();
    const text = htmlReport(quiet.state!, {
      language: 'en',
      translate: translator('en'),
      pictures: () => null,
      version: '9',
      printedAt: '2026-02-02T09:30:00.000Z',
    });
    expect(text).not.toContain('Where auditors differed');
    expect(text).toContain('No unit was judged twice');
    expect(text).toContain('No verdict was given blind.');
  });

  test('the record as data holds all of it', () => {
    const record = JSON.parse(jsonRecord(desk.state!));
    expect(record.opinions).toHaveLength(8);
    expect(record.disagreements.map(({ ruling }: { ruling: unknown }) => ruling !== null)).toEqual([
      false,
      true,
    ]);
    expect(record.pace[0]).toMatchObject({ hasty: 1, bulk: 2 });
    expect(record.agreement.withThemselves).toMatchObject([{ pairs: 1, same: 0 }]);
    expect(record.findings[0].evidence.correction.delta.along).toBe(0.5);
  });
});
