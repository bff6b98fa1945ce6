/** Harm as it comes to files on their way: cut off, spoilt, lost, re-saved by an editor. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';

/** Leaves the first bytes of a file. */
export function cutOff(file: string, bytes: number): void {
  truncateSync(file, bytes);
}

/** Cuts a share of its points off a binary PCD. */
export function cutPoints(file: string, share: number): void {
  const start = bodyStart(file);
  const { length } = readFileSync(file);
  cutOff(file, start + Math.floor((length - start) * (1 - share)));
}

/** Makes the first coordinates of a binary PCD not a number. */
export function spoilPoints(file: string, points: number): void {
  const bytes = readFileSync(file);
  const start = bodyStart(file);
  const [, sizes] = /\nSIZE ([\d ]+)/.exec(bytes.subarray(0, start).toString('latin1'))!;
  const stride = sizes!.split(' ').reduce((sum, size) => sum + Number(size), 0);
  for (let at = 0; at < points; at++) bytes.writeFloatLE(Number.NaN, start + at * stride);
  writeFileSync(file, bytes);
}

/** Saves a text as some editors do: with a byte order mark and carriage returns. */
export function resaveOnWindows(file: string): void {
  const text = readFileSync(file, 'utf8').replaceAll('\n', '\r\n');
  writeFileSync(file, `\uFEFF${text}`);
}

function bodyStart(file: string): number {
  const bytes = readFileSync(file);
  return bytes.indexOf('\n', bytes.indexOf('\nDATA ') + 1) + 1;
}
