/**
 * What arrived against what was ordered. An order file lists scene or frame ids: JSON (an array of ids, or an object
 * with `scenes: [{id, frames}]`), or text with one id a line (the first column of a CSV; `#` begins a remark).
 */
import { open } from 'node:fs/promises';
import type { EventDraft } from '../../../shared/audit/events.ts';
import { z } from '../../../shared/base/door.ts';
import type { Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import type { Delivery, Frame } from '../../../shared/model/delivery.ts';
import { readProblem } from '../faults.ts';
import { parseJson } from '../jsonFile.ts';
import { readSpan } from '../openBytes.ts';

const maxOrderBytes = 64 * 1024 * 1024;

/** One scene or frame that was asked for; `frames`, where stated, is how many a scene was to have. */
export interface Ordered {
  readonly id: string;
  readonly frames: number | null;
}

const jsonOrder = z.union([
  z.array(z.string()).transform((ids) => ids.map((id) => ({ id, frames: null }))),
  z
    .object({
      scenes: z.array(z.object({ id: z.string(), frames: z.number().int().nullable().default(null) })),
    })
    .transform(({ scenes }) => scenes),
]);

/** Problems: `file-missing`, `file-unreadable`, `order-unreadable`. */
export async function readOrder(file: string): Promise<Result<readonly Ordered[]>> {
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

export function parseOrder(text: string, file: string): Result<readonly Ordered[]> {
  const isJson = /^\s*[[{]/.test(text);
  const json = isJson ? jsonOrder.safeParse(parseJson(text)) : null;
  if (json !== null && !json.success) return unreadable(file);
  const listed = json?.data ?? textOrder(text);
  const named = new Map(listed.map((ordered) => [ordered.id, ordered]));
  return named.size > 0 ? done([...named.values()]) : unreadable(file);
}

function textOrder(text: string): Ordered[] {
  const lines = text.split(/\r?\n/).filter((line) => !line.startsWith('#'));
  const ids = lines.map((line) => firstColumn(line).trim()).filter((id) => id !== '');
  return ids.map((id) => ({ id, frames: null }));
}

function unreadable(file: string): Result<never> {
  return failed({ code: 'order-unreadable', severity: 'error', path: file });
}

function firstColumn(line: string): string {
  const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line);
  return quoted ? quoted[1]!.replaceAll('""', '"') : line.split(',')[0]!;
}

/**
 * An ordered scene covers its frames. `missing`: ordered and not there, or there in part (`scene (18 of 20)`);
 * `unexpected`: frames nobody ordered.
 */
export function compareOrder(
  order: string,
  ordered: readonly Ordered[],
  { scenes, frames, frameIds: arrivedIds }: Pick<Delivery, 'scenes' | 'frames' | 'frameIds'>,
): EventDraft {
  const wanted = new Set(ordered.map(({ id }) => id));
  const frameIds = new Set(arrivedIds);
  const sceneFrames = new Map(scenes.map(({ id, frameCount }) => [id, frameCount]));
  const isOrdered = ({ id, scene }: Pick<Frame, 'id' | 'scene'>): boolean =>
    wanted.has(id) || wanted.has(scenes[scene]!.id);
  const missing = ordered.flatMap(({ id, frames: asked }) => {
    const arrived = sceneFrames.get(id);
    if (arrived === undefined) return frameIds.has(id) ? [] : [id];
    return asked !== null && arrived < asked ? [`${id} (${arrived} of ${asked})`] : [];
  });
  const unexpected = frames.filter((frame) => !isOrdered(frame)).map(({ id }) => id);
  return { type: 'order.compared', data: { order, missing, unexpected } };
}
