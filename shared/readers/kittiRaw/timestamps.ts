/** `timestamps.txt`: a line a frame, by its number, with nanoseconds; lines of frames that were lost may be empty. */
import { linesOf } from '../textFile.ts';
import { nanosOf } from '../timestamps.ts';

/**
 * Nanoseconds by frame number, null where the line holds no time. `numbers`: frames whose files are there, in order:
 * where the list has just one line for each of them, lost frames have no line and the files give the numbers.
 */
export function parseTimestamps(text: string, numbers: readonly number[]): Map<number, string> {
  const lines = linesOf(text);
  while (lines.at(-1)?.trim() === '') lines.pop();
  const last = numbers.at(-1) ?? -1;
  const isByFile = lines.length === numbers.length && lines.length <= last;
  const times = new Map<number, string>();
  for (const [line, words] of lines.entries()) {
    const nanos = nanosOf(words.trim());
    if (nanos !== null) times.set(isByFile ? numbers[line]! : line, nanos);
  }
  return times;
}
