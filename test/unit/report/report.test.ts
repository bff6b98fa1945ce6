/** The report, whatever the audit holds: complete, escaped, in both languages, and never a bare zero per cent. */
import { describe, expect, test } from 'vitest';
import { translator } from '../../../shared/messages/translate.ts';
import { htmlReport } from '../../../shared/report/html/htmlReport.ts';
import { findingsCsv, jsonRecord } from '../../../shared/report/records.ts';
import { AuditDesk, defaultSpec, defect, lead, missed } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const index = makeIndex({ row: (_, number) => (number === 9 ? { className: 'Misc' } : {}) });
const picture = 'ab'.repeat(32);
const pictureAddress = 'data:image/png;base64,iVBORw0KGgo=';

function clean(): AuditDesk {
  const desk = AuditDesk.ready(index);
  desk.finish();
  desk.sign('accept');
  return desk;
}

/** Everything a report can hold at once. */
function eventful(): AuditDesk {
  const desk = AuditDesk.ready(index, defaultSpec, {
    vendor: '<Acme> & "Söhne"',
    resubmits: 'audit-0',
    submission: 2,
  });
  desk.freeze(index, undefined, 'the first seed was mailed to the vendor', 'b'.repeat(32));
  const unit = desk.units[0]!;
  const draft = desk.verdict(unit.id, 'reject', {
    code: 'DIM',
    severity: 'major',
    note: '<script>alert(1)</script>',
    measured: { quantity: 'rear-gap', value: 0.62, limit: 0.3, unit: 'm' },
  });
  if (draft.type !== 'verdict.given') throw new Error('not a verdict');
  const cuboid = {
    space: 'lidar',
    className: 'car',
    track: '18',
    center: [15.9, -2.25, 0.8] as [number, number, number],
    size: [10.2, 2.9, 3.6] as [number, number, number],
    rotation: [0, 0, Math.SQRT1_2, Math.SQRT1_2] as [number, number, number, number],
    attributes: {},
    pointsInside: 495,
  };
  const evidence = { frame: unit.frame, cuboid, box2d: null, camera: null, picture };
  desk.record({ ...draft, data: { ...draft.data, evidence } });
  desk.record(desk.verdict(desk.units[1]!.id, 'sensor-limited', defect('SYNC')));
  desk.record(desk.cell(desk.cells[0]!.id, [missed('m')]));
  const place = { scene: 'scene0', frame: 'scene0-0000', label: null, track: null, evidence: null };
  desk.record({
    type: 'finding.noted',
    data: { id: 'n', source: 'beside', ...place, defect: defect('MISS') },
  });
  desk.record({
    type: 'finding.verified',
    data: { finding: 'audit-0/F0007', isFixed: false, note: 'still there' },
  });
  desk.record({ type: 'sensors.hashed', data: { files: 20, hashed: 7, mismatched: ['a.pcd'] } });
  desk.finish();
  desk.sign('concession', 'needed for training');
  desk.record({
    type: 'rework.answered',
    data: { source: 'a.csv', answers: [{ finding: 'F0001', answer: 'dispute', remark: '=cmd' }] },
  });
  desk.record(
    { type: 'dispute.ruled', data: { finding: 'F0001', isUpheld: true, reason: 'camera agrees' } },
    lead,
  );
  return desk;
}

function report(desk: AuditDesk, language: 'en' | 'zh', withPictures = true): string {
  return htmlReport(desk.state!, {
    language,
    translate: translator(language),
    pictures: (hash) => (withPictures && hash === picture ? pictureAddress : null),
    version: '9.9.9',
    printedAt: '2026-02-02T09:30:00.000Z',
  });
}

function unfinished(): AuditDesk {
  const desk = AuditDesk.ready(index);
  desk.record(desk.verdict(desk.units[0]!.id, 'unsure'));
  return desk;
}

function opened(): AuditDesk {
  const desk = new AuditDesk();
  desk.open();
  return desk;
}

function stopped(): AuditDesk {
  const desk = AuditDesk.ready(index);
  desk.record(desk.verdict(desk.units[0]!.id, 'reject', defect('FLIP', 'critical')));
  desk.sign('not-accept');
  return desk;
}

const audits = {
  clean: clean(),
  eventful: eventful(),
  unfinished: unfinished(),
  opened: opened(),
  stopped: stopped(),
};
const cases = Object.entries(audits).flatMap(([name, desk]) =>
  (['en', 'zh'] as const).map((language) => ({ name, language, text: report(desk, language) })),
);

describe('every report', () => {
  test.each(cases)(
    '$name in $language says no "0 %", leaves no key untranslated and fetches nothing',
    ({ text }) => {
      const words = text.replace(/<style>[\s\S]*?<\/style>/, '').replaceAll(/<[^>]+>/g, ' ');
      expect(words).not.toMatch(/(?<![\d.,])0(\.0+)? ?%/);
      expect(words).not.toMatch(/\b(report|audit|plan|problems)\.[a-z]+[A-Za-z.]*/);
      expect(words).not.toMatch(/\{\{|undefined|NaN|\[object/);
      expect(text).not.toMatch(/<script|<link|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
      expect(text).not.toMatch(/\sstyle="/);
    },
  );

  test.each(cases)('$name in $language is well-formed: every element is closed in its turn', ({ text }) => {
    const open: string[] = [];
    const tags = text
      .replace(/<style>[\s\S]*?<\/style>/, '')
      .matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/gi);
    for (const [, closes, tag, selfCloses] of tags) {
      if (selfCloses || /^(meta|br|img)$/i.test(tag!)) continue;
      if (closes) expect(open.pop()).toBe(tag);
      else open.push(tag!);
    }
    expect(open).toEqual([]);
  });
});

describe('what the report says', () => {
  const text = report(audits.eventful, 'en');

  test('what was found is escaped, with its limit, its picture and its place', () => {
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('&lt;Acme&gt; &amp; &quot;Söhne&quot;');
    expect(text).toContain('rear face 0.62 m (limit 0.30 m)');
    expect(text).toContain(`<img src="${pictureAddress}"`);
    expect(text).toContain('15.90, -2.25, 0.80 m');
    expect(text).toContain('90.0°');
    expect(report(audits.eventful, 'en', false)).not.toContain('<img');
  });

  test('the draw, the re-plan, the exclusions, the hashes and the signature stand in it', () => {
    const { state } = audits.eventful;
    for (const fact of [
      'the first seed was mailed to the vendor',
      'class not in the spec',
      state!.head,
      state!.delivery.labelsHash,
      state!.spec!.hash,
      state!.sample!.labels.populationHash,
      'b'.repeat(32),
      state!.dispositions[0]!.publicKey,
      '7 of 20 (35 %)',
      '1 changed since they were first used',
      'needed for training',
      'audit-0/F0007',
      'SYNC Sensors not in step',
      'A dispute was upheld after this entry was signed',
      'not ISO 2859-1',
      '9.9.9',
    ]) {
      expect(text, fact).toContain(fact);
    }
  });

  test('both languages state the same numbers', () => {
    const numbers = (language: 'en' | 'zh') =>
      report(audits.clean, language)
        .replaceAll(/<[^>]+>/g, ' ')
        .match(/\d+(\.\d+)?/g)!
        .sort();
    const english = new Set(numbers('en'));
    const missing = [...new Set(numbers('zh'))].filter((number) => !english.has(number));
    expect(missing).toEqual([]);
  });

  test('nothing found is said with how much there may still be', () => {
    const clean = report(audits.clean, 'en');
    expect(clean).toContain('The plan is met.');
    expect(clean).toMatch(/0 found among 50, at most 5\.4 %/);
    expect(report(audits.clean, 'zh')).toMatch(/50 个中未发现，至多 5\.4%/);
  });

  test('a report on an audit that is not signed says so', () => {
    expect(report(audits.unfinished, 'en')).toContain('It decides nothing.');
    expect(report(audits.stopped, 'en')).toContain('so no interval is stated');
  });
});

describe('the record as data', () => {
  test('JSON holds what the report says, under stable keys', () => {
    const record = JSON.parse(jsonRecord(audits.eventful.state!));
    expect(record).toMatchObject({
      schema: 'assay-audit-record',
      schemaVersion: 1,
      audit: 'audit-1',
      head: audits.eventful.state!.head,
      outcome: { outcome: 'not-met' },
      estimates: { confidence: 0.95 },
      oldFindings: { 'audit-0/F0007': { isFixed: false } },
    });
    expect(record.verdicts).toHaveLength(audits.eventful.units.length);
    expect(record.findings.map(({ id }: { id: string }) => id)).toEqual(['F0001', 'F0002', 'F0003']);
  });

  test('CSV lists every finding, the settled ones too', () => {
    const csv = findingsCsv(audits.eventful.state!, translator('en'), 'en');
    expect(csv.startsWith('\uFEFFFinding,Scene,')).toBe(true);
    expect(csv).toContain('taken back');
    expect(csv.split('\r\n').filter((line) => /^F\d{4},/.test(line))).toHaveLength(3);
  });
});
