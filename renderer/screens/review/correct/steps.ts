/**
 * The steps in which a correction was drawn, unit by unit, so that they can be taken back one at a time. A verdict
 * closes them: from then on Undo means the verdict. Steps of one key held down are one step.
 */
import type { Correction } from '../../../../shared/audit/events.ts';

export interface CorrectionSteps {
  /** Notes what stood before an edit. Edits of the same `kind` within a moment are one step; null = always its own. */
  note(unit: string, before: Correction | null, kind: string | null, now: number): void;
  /** What stood before the last step, which is taken off; undefined where there is none. */
  back(unit: string): Correction | null | undefined;
  has(unit: string): boolean;
  /** A verdict was given: nothing before it is undone step by step any more. */
  close(): void;
}

/** Presses of one key closer than this belong together. */
const momentMs = 600;
const mostSteps = 200;

export function createSteps(): CorrectionSteps {
  const steps = new Map<string, (Correction | null)[]>();
  let last: { readonly unit: string; readonly kind: string; at: number } | null = null;
  return {
    note(unit, before, kind, now) {
      const isSame = last !== null && last.unit === unit && last.kind === kind && now - last.at < momentMs;
      if (isSame) {
        last!.at = now;
        return;
      }
      last = kind === null ? null : { unit, kind, at: now };
      const list = steps.get(unit) ?? [];
      list.push(before);
      if (list.length > mostSteps) list.shift();
      steps.set(unit, list);
    },
    back(unit) {
      last = null;
      const list = steps.get(unit);
      const before = list?.pop();
      if (list?.length === 0) steps.delete(unit);
      return before;
    },
    has: (unit) => steps.has(unit),
    close() {
      last = null;
      steps.clear();
    },
  };
}
