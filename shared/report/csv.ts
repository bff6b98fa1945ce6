/**
 * CSV as spreadsheets exchange it: RFC 4180 with a byte order mark, so that Excel reads it as UTF-8. Cells that a
 * spreadsheet would take for a formula are defused by an apostrophe, which reading takes off again.
 */

const byteOrderMark = '\uFEFF';
/** What begins a formula, its full-width forms included; behind apostrophes it needs one more to come back equal. */
const formulaStart = /^'*[=+\-@\t\r＝＋－＠]/;
const number = /^-?\d+(\.\d+)?$/;

/** Rows of text with CRLF line ends. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return byteOrderMark + rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('');
}

function writeCell(text: string): string {
  const safe = formulaStart.test(text) && !number.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export interface CsvRow {
  /** Line the row begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads what spreadsheets write: comma, semicolon or tab, with or without a byte order mark, quoted or not, any
 * line end, and Excel's `sep=;` line. Rows without any text are left out.
 */
export function parseCsv(text: string): CsvRow[] {
  const body = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  const stated = /^sep=(.)\r?\n/i.exec(body);
  const separator = stated?.[1] ?? likelySeparator(body);
  return readRows(body, separator, stated?.[0].length ?? 0).filter(({ cells }) =>
    cells.some((cell) => cell.trim() !== ''),
  );
}

/** The candidate that splits the first line into the most cells; quoted text does not count. */
function likelySeparator(body: string): string {
  const first = (/^[^\r\n]*/.exec(body)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const candidates = [',', ';', '\t'];
  const counts = candidates.map((candidate) => first.split(candidate).length);
  return candidates[counts.indexOf(Math.max(...counts))]!;
}

function readRows(body: string, separator: string, start: number): CsvRow[] {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = start > 0 ? 2 : 1;
  let rowLine = line;
  for (let at = start; at < body.length; ) {
    const quoteEnd = body[at] === '"' ? quotedEnd(body, at) : at;
    // A careless writer leaves text behind the closing quote; it belongs to the cell.
    const end = plainEnd(body, quoteEnd, separator);
    cells.push(undefuse(unquote(body.slice(at, quoteEnd)) + body.slice(quoteEnd, end)));
    line += body.slice(at, end).split('\n').length - 1;
    at = end;
    if (body[at] === separator) {
      at += 1;
      // A separator at the very end still opens a last, empty cell.
      if (at === body.length) cells.push('');
      if (at < body.length) continue;
    }
    if (body[at] === '\r') at += 1;
    if (body[at] === '\n') at += 1;
    rows.push({ line: rowLine, cells });
    cells = [];
    line += 1;
    rowLine = line;
  }
  return rows;
}

/** Past the closing quote; the end of the text where it never closes. */
function quotedEnd(body: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const quote = body.indexOf('"', at);
    if (quote < 0) return body.length;
    if (body[quote + 1] !== '"') return quote + 1;
    at = quote + 2;
  }
}

function plainEnd(body: string, from: number, separator: string): number {
  let at = from;
  while (at < body.length && body[at] !== separator && body[at] !== '\r' && body[at] !== '\n') at += 1;
  return at;
}

function unquote(cell: string): string {
  if (cell === '') return cell;
  return cell.slice(1, cell.endsWith('"') && cell.length > 1 ? -1 : undefined).replaceAll('""', '"');
}

function undefuse(text: string): string {
  return text.startsWith("'") && formulaStart.test(text) ? text.slice(1) : text;
}
