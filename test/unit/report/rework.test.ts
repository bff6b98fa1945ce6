/** The rework list to the vendor and back, through everything a spreadsheet does to it on the way. */
import { beforeAll, describe, expect, test } from 'vitest';
import { translator } from '../../../shared/messages/translate.ts';
import { parseCsv, writeCsv } from '../../../shared/report/csv.ts';
import { parseReworkCsv, reworkCsv } from '../../../shared/report/rework.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { AuditDesk, defect, expectOk, lead } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

let desk: AuditDesk;

beforeAll(() => {
  desk = AuditDesk.ready(makeIndex({ cuboidsPerFrame: 12 }));
  const notes = [
    '=HYPERLINK("http://x")',
    'a, "quoted"; note\nwith a second line',
    '-12',
    '＋fullwidth',
    '漏标的行人',
    '',
  ];
  for (const [at, note] of notes.entries()) {
    desk.record(desk.verdict(desk.units[at]!.id, 'reject', defect('GHOST', 'major', note)));
  }
  desk.sign('not-accept');
});

type Marks = Readonly<Record<string, Partial<Record<'agree' | 'dispute' | 'fixed' | 'remark', string>>>>;

/** Fills the list as the vendor does, by the headings of its language. */
function filled(language: 'en' | 'zh', marks: Marks): string[][] {
  const translate = translator(language);
  const [header, ...rows] = parseCsv(reworkCsv(desk.state!, translate, language)).map(({ cells }) => [
    ...cells,
  ]);
  for (const row of rows) {
    for (const [name, value] of Object.entries(marks[row[0]!] ?? {})) {
      row[header!.indexOf(translate(`report.rework.${name}`))] = value;
    }
  }
  return [header!, ...rows];
}

const marks: Marks = {
  F0001: { agree: 'x' },
  F0002: { dispute: '是', remark: '@home: "it is" a car;\nsee frame 3' },
  F0003: { fixed: 'Yes', agree: '✓' },
};
const expected = [
  { finding: 'F0001', answer: 'agree', remark: '' },
  { finding: 'F0002', answer: 'dispute', remark: '@home: "it is" a car;\nsee frame 3' },
  { finding: 'F0003', answer: 'fixed', remark: '' },
];

describe('CSV', () => {
  test('any text below a heading comes back as it went', () => {
    const random = seededRandom(4180);
    const pieces = ['a', '"', ',', ';', '\t', '\n', '\r\n', '=', '+', '-1', '@', "'", ' ', '汉', '＝', '0.5'];
    const anyText = (): string =>
      Array.from({ length: random.integer(0, 6) }, () => pieces[random.integer(0, 15)]).join('');
    for (let round = 0; round < 500; round += 1) {
      const rows = Array.from({ length: 3 }, (_, at) => [`r${at}`, anyText(), anyText(), 'end']);
      const text = writeCsv([['finding', 'a', 'b', 'end'], ...rows]);
      const read = parseCsv(text).slice(1);
      expect(read.map(({ cells }) => cells)).toEqual(rows);
    }
  });

  test('no cell begins a formula, and numbers stay numbers', () => {
    const csv = writeCsv([['=1+1', '+1', '-2.5', '-x', '@a', '\tb', '＝c', "'=d"]]);
    expect(csv).toBe("\uFEFF'=1+1,'+1,-2.5,'-x,'@a,\"'\tb\",'＝c,''=d\r\n");
  });

  test('a row knows its line, and blank rows are left out', () => {
    const rows = parseCsv('a;b\r\n"one\ntwo";x\n\n;\nlast;');
    expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a', 'b'],
      [2, 'one\ntwo', 'x'],
      [6, 'last', ''],
    ]);
    expect(parseCsv('sep=;\r\na;b\r\nc;d').map(({ line }) => line)).toEqual([2, 3]);
    expect(parseCsv('"a"b,c\n"never closed, d').map(({ cells }) => cells)).toEqual([
      ['ab', 'c'],
      ['never closed, d'],
    ]);
    expect(parseCsv('')).toEqual([]);
  });
});

describe('the rework list', () => {
  test.each(['en', 'zh'] as const)('%s: sent out, filled and read back', (language) => {
    const text = writeCsv(filled(language, marks));
    expect(expectOk(parseReworkCsv(text, desk.state!))).toEqual({ answers: expected, problems: [] });
  });

  test('it holds the snapshot and leaves the vendor’s columns empty', () => {
    const [header, first] = parseCsv(reworkCsv(desk.state!, translator('en'), 'en')).map(
      ({ cells }) => cells,
    );
    expect(header!.slice(-4)).toEqual(['Agree', 'Dispute', 'Fixed', 'Remark']);
    expect(first!.slice(-4)).toEqual(['', '', '', '']);
    expect(first![0]).toBe('F0001');
    expect(first).toContain('=HYPERLINK("http://x")');
    expect(first).toContain('Not an object');
  });

  test('columns in another order, semicolons, line feeds and lower-case headings', () => {
    const rows = filled('en', marks).map((row) => row.toReversed());
    rows[0] = rows[0]!.map((cell) => ` ${cell.toLowerCase()} `);
    const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\n');
    expect(expectOk(parseReworkCsv(text, desk.state!)).answers).toEqual(expected);
  });

  test('each row that is not clear is a problem with its line, and the rest is taken', () => {
    const text = [
      'Finding,Agree,Dispute,Fixed,Remark',
      'F0001,x,x,,',
      'F0002,maybe,,,',
      'F0042,x,,,',
      ',x,,,',
      'F0003,,,,see mail',
      'f0004,,x,,',
      'F0005,1,,,',
      'F0005,,,1,again',
      'F0006,,,,',
    ].join('\n');
    const { answers, problems } = expectOk(parseReworkCsv(text, desk.state!, 'answers.csv'));
    expect(answers.map(({ finding, answer }) => `${finding} ${answer}`)).toEqual([
      'F0004 dispute',
      'F0005 agree',
    ]);
    expect(problems.map(({ code, place, path }) => [code, place, path])).toEqual([
      ['rework-answer-ambiguous', 'line 2', 'answers.csv'],
      ['rework-mark-unknown', 'line 3', 'answers.csv'],
      ['rework-finding-unknown', 'line 4', 'answers.csv'],
      ['rework-finding-missing', 'line 5', 'answers.csv'],
      ['rework-remark-without-answer', 'line 6', 'answers.csv'],
      ['rework-dispute-without-remark', 'line 7', 'answers.csv'],
      ['rework-answered-twice', 'line 9', 'answers.csv'],
    ]);
  });

  test('a file that is no rework list is refused as a whole', () => {
    expect(parseReworkCsv('', desk.state!)).toMatchObject({ problem: { code: 'rework-columns-missing' } });
    expect(parseReworkCsv('a,b\n1,2', desk.state!)).toMatchObject({
      problem: { code: 'rework-columns-missing', params: { columns: 'finding, agree, dispute, fixed' } },
    });
    const huge = 'x'.repeat(33 * 1024 * 1024);
    expect(parseReworkCsv(huge, desk.state!)).toMatchObject({ problem: { code: 'rework-too-large' } });
  });

  test('answers pass the rules as they are, and what is settled is not answered again', () => {
    const settled = new AuditDesk(desk.events);
    const { answers } = expectOk(parseReworkCsv(writeCsv(filled('en', marks)), settled.state!));
    settled.record({ type: 'rework.answered', data: { source: 'a.csv', answers: [...answers] } });
    settled.record(
      { type: 'dispute.ruled', data: { finding: 'F0002', isUpheld: true, reason: 'right' } },
      lead,
    );
    const again = expectOk(parseReworkCsv(writeCsv(filled('en', marks)), settled.state!));
    expect(again.answers.map(({ finding }) => finding)).toEqual(['F0001', 'F0003']);
    expect(again.problems).toMatchObject([{ code: 'rework-finding-closed', params: { finding: 'F0002' } }]);
    expect(reworkCsv(settled.state!, translator('en'), 'en')).not.toContain('F0002');
  });
});
