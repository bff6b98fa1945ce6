/** A layout as it was remembered: anything may stand there, from another version or another hand. */
import { z } from '../../shared/base/door.ts';
import { type DockNode, type DockState, moved, panelsIn, shownTree, tidy } from './dockTree.ts';

/** Deeper than this nobody has arranged panels by hand. */
const deepest = 12;

const shareSchema = z.number().positive().max(1e6);
const panelSchema = z.object({ kind: z.literal('panel'), id: z.string().max(100), share: shareSchema });
const splitSchema = z.object({
  kind: z.enum(['row', 'column']),
  share: shareSchema,
  children: z.array(z.unknown()).max(64),
});
const stateSchema = z.object({
  root: z.unknown(),
  hidden: z.array(z.string()).max(64),
  maximised: z.string().nullable(),
});

/**
 * The remembered layout with exactly the panels of `usual`: those it does not know stand where `usual` has them as
 * near as can be, those that are no more are left out. Null where it cannot be read.
 */
export function parseDock(remembered: unknown, usual: DockState): DockState | null {
  const parsed = stateSchema.safeParse(remembered);
  if (!parsed.success) return null;
  const read = parseNode(parsed.data.root, deepest);
  const known = panelsIn(usual.root);
  const seen = new Set<string>();
  const kept =
    read &&
    shownTree(read, (id) => {
      if (!known.includes(id) || seen.has(id)) return false;
      seen.add(id);
      return true;
    });
  if (!kept) return null;
  const isKnown = (id: string): boolean => seen.has(id);
  const { hidden, maximised } = parsed.data;
  const state: DockState = {
    root: tidy(kept),
    hidden: [...new Set(hidden)].filter(isKnown),
    maximised: maximised !== null && isKnown(maximised) ? maximised : null,
  };
  const whole = known.filter((id) => !isKnown(id)).reduce((so, id) => added(so, id, usual), state);
  return whole.hidden.length < known.length ? whole : { ...whole, hidden: [] };
}

/** Below the panel that stands before it in the usual layout, or at the bottom of everything. */
function added(state: DockState, id: string, usual: DockState): DockState {
  const order = panelsIn(usual.root);
  const there = panelsIn(state.root);
  const before = order.slice(0, order.indexOf(id)).findLast((other) => there.includes(other)) ?? null;
  const grown: DockState = {
    ...state,
    root: { kind: 'column', share: 100, children: [state.root, { kind: 'panel', id, share: 25 }] },
  };
  const { root } = moved(grown, id, before, 'bottom');
  return { ...state, root, hidden: usual.hidden.includes(id) ? [...state.hidden, id] : state.hidden };
}

function parseNode(value: unknown, depth: number): DockNode | null {
  if (depth === 0) return null;
  const panel = panelSchema.safeParse(value);
  if (panel.success) return panel.data;
  const split = splitSchema.safeParse(value);
  if (!split.success) return null;
  const children = split.data.children.flatMap((child) => parseNode(child, depth - 1) ?? []);
  return children.length === 0 ? null : { ...split.data, children };
}
