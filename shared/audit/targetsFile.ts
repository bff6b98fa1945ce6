/**
 * Targets that another tool names: a JSON file of units with the reason for each. The door is strict, since a key
 * that was meant otherwise would queue the wrong labels; a unit that the delivery does not have is told and left out.
 */
import { z } from '../base/door.ts';
import { done, failed, type Problem, type Result } from '../base/problem.ts';
import { positionsOf } from '../model/frames.ts';
import { cuboidAt } from '../model/labelRow.ts';
import type { DeliveryIndex } from '../model/labels.ts';
import type { Target } from './events.ts';
import type { AuditState } from './state.ts';
import { isInSample, queuedUnit } from './targets.ts';

/** More at once is no list that anybody works through. */
export const mostTargets = 10_000;
/** The file of so many, with room for long reasons. */
const mostCharacters = 16 * 1024 * 1024;

const fileSchema = z.strictObject({
  /** `check`: rules that look at the labels. `model`: predictions that disagree with them. */
  source: z.enum(['check', 'model']),
  targets: z
    .array(
      z.strictObject({
        /** `<frame>|<label>` of a cuboid, or the id of a track. */
        unit: z.string().min(1),
        reason: z.string().min(1).max(2000),
      }),
    )
    .min(1),
});
export type TargetsFile = z.infer<typeof fileSchema>;

/** Problems: `targets-file-too-large`, `targets-file-unreadable` (place, reason), `targets-too-many`. */
export function parseTargetsFile(text: string, source: string): Result<TargetsFile> {
  const problem = (code: string, params: Problem['params'] = {}): Result<never> =>
    failed({ code, severity: 'error', path: source, params });
  if (text.length > mostCharacters) return problem('targets-file-too-large');
  let json: unknown;
  try {
    json = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return problem('targets-file-unreadable', { place: 'JSON' });
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return problem('targets-file-unreadable', { place: issue!.path.join('.') || 'JSON' });
  }
  const { length } = parsed.data.targets;
  if (length > mostTargets) return problem('targets-too-many', { count: length, most: mostTargets });
  return done(parsed.data);
}

export interface FoundTargets {
  readonly targets: readonly Target[];
  /** Units the delivery does not have, as the file names them. */
  readonly unknown: readonly string[];
  /** Units of the sample: they are judged there, and no reason from outside shall be read before. */
  readonly inSample: number;
  /** Units that are queued already, or that the file names again. */
  readonly queued: number;
}

/** The units of a file among the labels of the delivery; `newId` gives each target its id. */
export function findTargets(
  state: AuditState,
  index: DeliveryIndex,
  file: TargetsFile,
  newId: () => string,
): FoundTargets {
  const locate = labelLocator(index);
  const targets: Target[] = [];
  const unknown: string[] = [];
  const named = new Set<string>();
  let inSample = 0;
  let queued = 0;
  for (const { unit, reason } of file.targets) {
    const place = locate(unit);
    if (place === null) {
      unknown.push(unit);
      continue;
    }
    if (isInSample(state, place)) inSample += 1;
    else if (named.has(unit) || queuedUnit(state, place)) queued += 1;
    else targets.push({ ...place, id: newId(), source: file.source, reason, probability: null });
    named.add(unit);
  }
  return { targets, unknown, inSample, queued };
}

type Place = Omit<Target, 'id' | 'source' | 'reason' | 'probability'>;

/** Answers the cuboid `<frame>|<label>`, else the track of that id from its first label on, else null. */
function labelLocator(index: DeliveryIndex): (unit: string) => Place | null {
  const { delivery, labels } = index;
  const { cuboids } = labels;
  const frames = positionsOf(delivery.frameIds);
  const tracks = new Map(labels.tracks.map((track, at) => [track, at]));
  const firstRows = new Map<number, number>();
  for (let row = cuboids.count - 1; row >= 0; row--) firstRows.set(cuboids.track[row]!, row);

  function placeOf(row: number, unit: string, kind: 'cuboid' | 'track'): Place {
    const label = cuboidAt(labels, row);
    const frame = delivery.frames.at(cuboids.frame[row]!)!;
    return {
      unit,
      kind,
      scene: delivery.scenes[frame.scene]!.id,
      frame: frame.id,
      label: kind === 'cuboid' ? label.id : null,
      track: label.track,
      className: label.className,
      isInspectable: label.isUsable,
    };
  }

  /** Ids of frames and labels may hold the bar themselves, so every bar is tried. */
  function cuboidRow(unit: string): number | null {
    for (let bar = unit.indexOf('|'); bar >= 0; bar = unit.indexOf('|', bar + 1)) {
      const frame = frames.get(unit.slice(0, bar));
      if (frame === undefined) continue;
      const label = unit.slice(bar + 1);
      for (let row = cuboids.frameStart[frame]!; row < cuboids.frameStart[frame + 1]!; row++) {
        if (cuboids.id.at(row) === label) return row;
      }
    }
    return null;
  }

  return (unit) => {
    const row = cuboidRow(unit);
    if (row !== null) return placeOf(row, unit, 'cuboid');
    const first = firstRows.get(tracks.get(unit) ?? -1);
    return first === undefined ? null : placeOf(first, unit, 'track');
  };
}
