/** Comma-separated values by RFC 4180, with the separators that are met in the field. */

export type Separator = ',' | ';' | '\t' | '|';
const separators: readonly Separator[] = [',', ';', '\t', '|'];

export interface CsvLine {
  readonly cells: readonly string[];
  /** Line of the file that it begins on, from 1. */
  readonly line: number;
}

/** The separator that the first line uses most outside quotes; a comma where it has none. */
export function separatorOf(text: string): Separator {
  const counts = new Map<string, number>(separators.map((separator) => [separator, 0]));
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === '\n' || character === '\r')) break;
    else if (!isQuoted && counts.has(character)) counts.set(character, counts.get(character)! + 1);
  }
  return separators.reduce((best, separator) =>
    counts.get(separator)! > counts.get(best)! ? separator : best,
  );
}

/** A quoted cell from its opening quote on: its value and where it ends, at the text's end where no quote closes it. */
function quotedCell(text: string, start: number): { value: string; end: number } {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { value: value + text.slice(from), end: text.length };
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}

function newlinesIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** Lines with something on them. Quoted cells may hold separators, line ends and doubled quotes. */
export function* csvLines(text: string, separator: Separator): Iterable<CsvLine> {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const begun = line;
    const cells: string[] = [];
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        const quoted = quotedCell(text, at);
        line += newlinesIn(text, at, quoted.end);
        cell = quoted.value;
        at = quoted.end;
      }
      let end = at;
      while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++;
      cells.push((cell + text.slice(at, end)).trim());
      at = end + 1;
      if (text[end] !== separator) {
        if (text[end] === '\r' && text[end + 1] === '\n') at += 1;
        break;
      }
    }
    line += 1;
    if (cells.some((cell) => cell !== '')) yield { cells, line: begun };
  }
}
