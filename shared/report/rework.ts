/**
 * The rework list: findings with their snapshot and empty columns, which the vendor fills in a spreadsheet and sends
 * back. Reading it back is tolerant of everything a spreadsheet does to a file; what is not clear becomes a problem
 * of that row, and the rest is taken.
 */
import type { EventData } from '../audit/events.ts';
import { isAnswerable } from '../audit/rules.ts';
import type { AuditState, Finding } from '../audit/state.ts';
import { isClosed } from '../audit/summary.ts';
import { done, failed, type Problem, type Result } from '../base/problem.ts';
import { catalogues } from '../messages/index.ts';
import type { Translate } from '../messages/translate.ts';
import { type CsvRow, parseCsv, writeCsv } from './csv.ts';
import { findingColumnNames, findingColumns, type SpecLanguage } from './findingColumns.ts';

const answerColumns = ['agree', 'dispute', 'fixed', 'remark'] as const;
type AnswerColumn = (typeof answerColumns)[number];
export type ReworkAnswer = EventData<'rework.answered'>['answers'][number];

/** No list of findings comes near; a larger file is not one. */
const mostCharacters = 32 * 1024 * 1024;

/** What is handed to the vendor: every finding that is not settled. */
export function reworkFindings(state: AuditState): Finding[] {
  return state.findings.filter((finding) => !isClosed(finding));
}

/** The list as CSV in one language, with the columns the vendor fills left empty. */
export function reworkCsv(state: AuditState, translate: Translate, language: SpecLanguage): string {
  const context = { translate, spec: state.spec?.spec ?? null, language };
  const header = [...findingColumnNames, ...answerColumns].map((column) =>
    translate(`report.rework.${column}`),
  );
  const rows = reworkFindings(state).map((finding) => [
    ...findingColumnNames.map((column) => findingColumns[column](finding, context)),
    ...answerColumns.map(() => ''),
  ]);
  return writeCsv([header, ...rows]);
}

export interface ReworkAnswers {
  readonly answers: readonly ReworkAnswer[];
  /** One for each row that was not, or not wholly, understood. */
  readonly problems: readonly Problem[];
}

/**
 * Answers of a filled list, of this audit's findings. `source` names the file in problems. Fails only where nothing
 * can be read: `rework-too-large`, `rework-columns-missing`.
 */
export function parseReworkCsv(text: string, state: AuditState, source = ''): Result<ReworkAnswers> {
  if (text.length > mostCharacters) {
    return failed(problemAt(source, 0, 'rework-too-large', { bytes: text.length }));
  }
  const [header, ...rows] = parseCsv(text);
  const columns = findColumns(header);
  const missing = ['finding', 'agree', 'dispute', 'fixed'].filter((name) => !columns.has(name));
  if (missing.length > 0) {
    return failed(
      problemAt(source, header?.line ?? 1, 'rework-columns-missing', { columns: missing.join(', ') }),
    );
  }
  const answers = new Map<string, ReworkAnswer>();
  const problems: Problem[] = [];
  for (const row of rows) {
    const read = readRow(row, columns, state, answers);
    if (read.answer) answers.set(read.answer.finding, read.answer);
    if (read.code) problems.push(problemAt(source, row.line, read.code, read.params));
  }
  return done({ answers: [...answers.values()], problems });
}

/** What one row says; `code` is the trouble with it, which may leave an answer all the same. */
interface RowReading {
  readonly answer?: ReworkAnswer;
  readonly code?: string;
  readonly params?: Readonly<Record<string, string>>;
}

function readRow(
  { cells }: CsvRow,
  columns: ReadonlyMap<string, number>,
  state: AuditState,
  taken: ReadonlyMap<string, ReworkAnswer>,
): RowReading {
  const cell = (name: string): string => (cells[columns.get(name) ?? -1] ?? '').trim();
  const finding = cell('finding').toUpperCase();
  const remark = cell('remark');
  const marks = (['agree', 'dispute', 'fixed'] as const).map((name) => ({
    name,
    mark: readMark(cell(name)),
  }));
  const unknown = marks.find(({ mark }) => mark === null);
  const marked = marks.filter(({ mark }) => mark === true).map(({ name }) => name);
  const isAnswered = marked.length > 0 || remark !== '';
  if (finding === '') return isAnswered ? { code: 'rework-finding-missing' } : {};
  if (unknown) return { code: 'rework-mark-unknown', params: { finding, mark: cell(unknown.name) } };
  const known = state.findings.find(({ id }) => id === finding);
  if (!known) return { code: 'rework-finding-unknown', params: { finding } };
  if (!isAnswered) return {};
  if (marked.length === 0) return { code: 'rework-remark-without-answer', params: { finding } };
  if (marked.includes('dispute') && marked.length > 1)
    return { code: 'rework-answer-ambiguous', params: { finding } };
  // Who says it is fixed agrees, whether he marks both or not.
  const answer = marked.includes('dispute') ? 'dispute' : marked.includes('fixed') ? 'fixed' : 'agree';
  if (!isAnswerable(known, answer)) return { code: 'rework-finding-closed', params: { finding } };
  if (taken.has(finding)) return { code: 'rework-answered-twice', params: { finding } };
  const isBare = answer === 'dispute' && remark === '';
  return {
    answer: { finding, answer, remark },
    ...(isBare ? { code: 'rework-dispute-without-remark', params: { finding } } : {}),
  };
}

const yes = new Set(['x', 'y', 'yes', 'true', 'ok', '1', 'v', '✓', '✔', '√', '☑', '是', '对', '有']);
const no = new Set(['', 'n', 'no', 'false', '0', '-', '—', '×', '✗', '✘', '☐', '否', '不', '无']);

/** A tick in any of the ways people make one; null = neither yes nor no. */
function readMark(text: string): boolean | null {
  const mark = text.normalize('NFKC').toLowerCase();
  return yes.has(mark) ? true : no.has(mark) ? false : null;
}

/** Column names of both languages and the plain keys, without case and spaces. */
function findColumns(header: CsvRow | undefined): ReadonlyMap<string, number> {
  const wanted = ['finding', ...answerColumns] as const;
  const cells = (header?.cells ?? []).map(plain);
  const found = wanted.flatMap((name) => {
    const at = cells.findIndex((cell) => headings(name).includes(cell));
    return at < 0 ? [] : [[name, at] as const];
  });
  return new Map(found);
}

function headings(name: 'finding' | AnswerColumn): string[] {
  return [name, catalogues.en.report.rework[name], catalogues.zh.report.rework[name]].map(plain);
}

function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/g, '').toLowerCase();
}

function problemAt(
  path: string,
  line: number,
  code: string,
  params: Readonly<Record<string, string | number>> = {},
): Problem {
  const isWhole = code === 'rework-too-large' || code === 'rework-columns-missing';
  return { code, severity: isWhole ? 'error' : 'warning', path, place: `line ${line}`, params };
}
