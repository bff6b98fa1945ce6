/** Answers on stdout, everything meant for people on stderr. */
import type { Output } from './command.ts';

export interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
}

export function createOutput(isJson: boolean, { stdout, stderr }: Streams): Output {
  let hasProgress = false;
  const clearProgress = () => {
    if (hasProgress) stderr.write('\r\u001b[K');
    hasProgress = false;
  };
  return {
    isJson,
    answer(document, lines) {
      clearProgress();
      stdout.write(isJson ? `${JSON.stringify(document)}\n` : `${lines().join('\n')}\n`);
    },
    stream(document) {
      clearProgress();
      stdout.write(`${JSON.stringify(document)}\n`);
    },
    remark(line) {
      clearProgress();
      stderr.write(`${line}\n`);
    },
    progress(step, done, total) {
      if (!stderr.isTTY) return;
      hasProgress = true;
      stderr.write(`\r\u001b[K${step} ${done}/${total}`);
    },
  };
}

/** Columns aligned by their widest cell; numbers stand right. CJK characters count two. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => displayWidth(String(row[column] ?? '')))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const text = String(cell);
        const space = ' '.repeat(widths[column]! - displayWidth(text));
        return typeof cell === 'number' ? space + text : text + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u1100-\u115f\u2e80-\uffdc]/.test(character) ? 2 : 1;
  return width;
}
