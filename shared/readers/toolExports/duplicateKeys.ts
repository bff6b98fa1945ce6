/** Keys that a JSON text gives twice in one record: `JSON.parse` keeps the last without a word, and labels are lost. */
import type { Problem } from '../../base/problem.ts';

/** Looking takes about as long as parsing; larger texts are spared. */
const LONGEST_TEXT = 64_000_000;
/** A file that repeats more than this is told by its first ones. */
const MOST_TOLD = 20;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const COLON = 0x3a;

/** Index of the quote that ends the string which begins at `start`; the text's end where none does. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

function nextSign(text: string, at: number): number {
  let next = at;
  while (next < text.length && text.charCodeAt(next) <= 0x20) next++;
  return text.charCodeAt(next);
}

/** One problem for each repeated key, of valid JSON; keys are compared as written. */
export function duplicateKeyProblems(text: string, path: string): Problem[] {
  const problems: Problem[] = [];
  if (text.length > LONGEST_TEXT) return problems;
  /** Keys of every open record, made when its first key is met. */
  const records: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length && problems.length < MOST_TOLD; at++) {
    const sign = text.charCodeAt(at);
    if (sign === OPEN) records.push(null);
    else if (sign === CLOSE) records.pop();
    else if (sign === QUOTE) {
      const end = stringEnd(text, at);
      if (records.length > 0 && nextSign(text, end + 1) === COLON) {
        const key = text.slice(at + 1, end);
        const known = records.at(-1) ?? new Set<string>();
        records[records.length - 1] = known;
        if (known.has(key)) {
          const place = `character ${at}`;
          problems.push({ code: 'json-key-twice', severity: 'error', path, place, params: { key } });
        }
        known.add(key);
      }
      at = end;
    }
  }
  return problems;
}
