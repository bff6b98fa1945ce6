/**
 * What arrived against what was ordered. An order file is a list of scene or frame ids: a JSON array of strings, or
 * text with one id a line (the first column of a CSV; lines that begin with `#` are remarks).
 */
import { open } from 'node:fs/promises';
import type { EventDraft } from '../../../shared/audit/events.ts';
import { z } from '../../../shared/base/door.ts';
import type { Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import type { Delivery } from '../../../shared/model/delivery.ts';
import { readSpan } from '../diskFolder.ts';
import { readProblem } from '../faults.ts';
import { parseJson } from '../jsonFile.ts';

const maxOrderBytes = 64 * 1024 * 1024;

/** Problems: `file-missing`, `file-unreadable`, `order-unreadable`. */
export async function readOrder(file: string): Promise<Result<readonly string[]>> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > maxOrderBytes) return unreadable(file);
      return parseOrder(new TextDecoder().decode(await readSpan(handle, 0, size)), file);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return failed(readProblem('file', file, error));
  }
}

export function parseOrder(text: string, file: string): Result<readonly string[]> {
  const isJson = text.trimStart().startsWith('[');
  const listed = isJson ? z.array(z.string()).safeParse(parseJson(text)) : null;
  if (listed !== null && !listed.success) return unreadable(file);
  const ids = listed?.data ?? text.split(/\r?\n/).filter((line) => !line.startsWith('#')).map(firstColumn);
  const named = [...new Set(ids.map((id) => id.trim()).filter((id) => id !== ''))];
  return named.length > 0 ? done(named) : unreadable(file);
}

function unreadable(file: string): Result<never> {
  return failed({ code: 'order-unreadable', severity: 'error', path: file });
}

function firstColumn(line: string): string {
  const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line);
  return quoted ? quoted[1]!.replaceAll('""', '"') : line.split(',')[0]!;
}

/** An ordered scene covers its frames. `missing`: ordered and not there; `unexpected`: frames nobody ordered. */
export function compareOrder(
  order: string,
  ordered: readonly string[],
  { scenes, frames }: Pick<Delivery, 'scenes' | 'frames'>,
): EventDraft {
  const wanted = new Set(ordered);
  const arrived = new Set([...scenes, ...frames].map(({ id }) => id));
  const isOrdered = ({ id, scene }: Delivery['frames'][number]): boolean =>
    wanted.has(id) || wanted.has(scenes[scene]!.id);
  return {
    type: 'order.compared',
    data: {
      order,
      missing: ordered.filter((id) => !arrived.has(id)),
      unexpected: frames.filter((frame) => !isOrdered(frame)).map(({ id }) => id),
    },
  };
}
