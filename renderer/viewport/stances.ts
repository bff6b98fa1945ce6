/**
 * How the views stand: where each looks from and how near. Kept over a crash and over a lost context, and put back once
 * the same label is on screen again. Plain numbers, so that it can be stored.
 */
import type { StoreApi } from 'zustand/vanilla';
import { z } from '../../shared/base/door.ts';
import type { EngineView } from './engineContract.ts';
import type { ViewportFacts } from './shown.ts';
import { ImageView } from './views/imageView.ts';

export const stancesSchema = z.object({
  frame: z.number().int(),
  row: z.number().int().nullable(),
  isFlipped: z.boolean(),
  /** By the view's id; each kind of view knows its own numbers. A view that stands as usual has none. */
  views: z.record(z.string(), z.array(z.number()).max(8).readonly()),
});
export type Stances = z.infer<typeof stancesSchema>;

export interface StanceKeeper {
  /** As they stand now; null while nothing is shown. */
  stances(): Stances | null;
  /** Views take this stance as soon as they show what it belongs to; other labels do away with it. */
  takeStances(stances: Stances): void;
  /** Something new is on screen, or a picture has arrived. */
  settle(): void;
}

export function createStanceKeeper(
  views: ReadonlyMap<string, EngineView>,
  facts: StoreApi<ViewportFacts>,
  redraw: () => void,
): StanceKeeper {
  let wanted: Stances | null = null;
  const waiting = new Set<string>();

  function isThere(id: string, view: EngineView): boolean {
    return !(view instanceof ImageView) || facts.getState().pictures[id]?.status === 'ready';
  }

  return {
    stances() {
      const { shown, isFlipped } = facts.getState();
      if (!shown) return null;
      const standing = [...views].flatMap(([id, view]) => {
        const { stance } = view;
        return stance ? [[id, [...stance]] as const] : [];
      });
      return { frame: shown.frame, row: shown.row, isFlipped, views: Object.fromEntries(standing) };
    },
    takeStances(stances) {
      wanted = stances;
      waiting.clear();
      for (const id of Object.keys(stances.views)) waiting.add(id);
    },
    settle() {
      const { shown } = facts.getState();
      if (!wanted || !shown) return;
      if (shown.frame !== wanted.frame || shown.row !== wanted.row) {
        wanted = null;
        return;
      }
      if (facts.getState().isFlipped !== wanted.isFlipped) return;
      for (const id of waiting) {
        const view = views.get(id);
        if (!view || !isThere(id, view)) continue;
        waiting.delete(id);
        view.takeStance(wanted.views[id]!);
        view.isDirty = true;
      }
      if (waiting.size === 0) wanted = null;
      redraw();
    },
  };
}
