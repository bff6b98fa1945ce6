/**
 * Where panels stand, as a tree of rows and columns. Pure: every operation answers a new state. The tree always holds
 * every panel exactly once; what is not shown is in `hidden` and keeps its place, so that it comes back where it was.
 */

export interface DockPanel {
  readonly kind: 'panel';
  readonly id: string;
  /** Part of its row or column, above 0; only its relation to its siblings counts. */
  readonly share: number;
}

export interface DockSplit {
  readonly kind: 'row' | 'column';
  readonly share: number;
  readonly children: readonly DockNode[];
}

export type DockNode = DockPanel | DockSplit;

export interface DockState {
  readonly root: DockNode;
  readonly hidden: readonly string[];
  /** The panel that fills everything for now, or null. */
  readonly maximised: string | null;
}

export const dockEdges = ['left', 'right', 'top', 'bottom'] as const;
export type DockEdge = (typeof dockEdges)[number];
/** An edge of the target, or its own place: the two change places. */
export type DockZone = DockEdge | 'middle';

export const panel = (id: string, share = 1): DockPanel => ({ kind: 'panel', id, share });
export const row = (share: number, ...children: DockNode[]): DockSplit => ({ kind: 'row', share, children });
export const column = (share: number, ...children: DockNode[]): DockSplit => ({
  kind: 'column',
  share,
  children,
});

/** Ids in the order they stand, row by row and column by column. */
export function panelsIn(node: DockNode): string[] {
  return node.kind === 'panel' ? [node.id] : node.children.flatMap(panelsIn);
}

/** The tree without the panels that `isShown` refuses; null where none is left. Sizes of the others keep their relation. */
export function shownTree(node: DockNode, isShown: (id: string) => boolean): DockNode | null {
  if (node.kind === 'panel') return isShown(node.id) ? node : null;
  const children = node.children.flatMap((child) => shownTree(child, isShown) ?? []);
  if (children.length < 2) return children[0] ? { ...children[0], share: node.share } : null;
  return { ...node, children };
}

/** What is on screen: the maximised panel alone, else all that are neither hidden nor out of place just now. */
export function visibleTree(state: DockState, isAbsent: (id: string) => boolean): DockNode | null {
  const { root, hidden, maximised } = state;
  const isShown = (id: string): boolean => !hidden.includes(id) && !isAbsent(id);
  if (maximised !== null && isShown(maximised)) return panel(maximised);
  return shownTree(root, isShown);
}

/**
 * Takes `id` out and puts it at an edge of `target`, or at the edge of everything where `target` is null. In the
 * middle the two change places. Unknown ids, and a panel beside itself, change nothing.
 */
export function moved(state: DockState, id: string, target: string | null, zone: DockZone): DockState {
  const ids = panelsIn(state.root);
  if (id === target || !ids.includes(id) || (target !== null && !ids.includes(target))) return state;
  if (zone === 'middle') return target === null ? state : swapped(state, id, target);
  const rest = without(state.root, id);
  if (!rest) return state;
  const root = tidy(target === null ? beside(rest, id, zone) : placed(rest, id, target, zone));
  return { ...shown(state, id), root, maximised: null };
}

export function swapped(state: DockState, one: string, other: string): DockState {
  const names = new Map([
    [one, other],
    [other, one],
  ]);
  const renamed = (node: DockNode): DockNode =>
    node.kind === 'panel'
      ? { ...node, id: names.get(node.id) ?? node.id }
      : { ...node, children: node.children.map(renamed) };
  return { ...state, root: renamed(state.root), maximised: null };
}

/** Hides a panel; the last one stays. */
export function hidden(state: DockState, id: string): DockState {
  const isKnown = panelsIn(state.root).includes(id) && !state.hidden.includes(id);
  if (!isKnown || panelsIn(state.root).length - state.hidden.length < 2) return state;
  const maximised = state.maximised === id ? null : state.maximised;
  return { ...state, hidden: [...state.hidden, id], maximised };
}

export function shown(state: DockState, id: string): DockState {
  if (!state.hidden.includes(id)) return state;
  return { ...state, hidden: state.hidden.filter((other) => other !== id) };
}

/** Lets a panel fill everything, or puts all back where it does so already. */
export function maximised(state: DockState, id: string): DockState {
  if (!panelsIn(state.root).includes(id)) return state;
  return { ...shown(state, id), maximised: state.maximised === id ? null : id };
}

/**
 * Takes over sizes that a person gave to neighbours. `sizes` names each of them by any one panel in it; relations to
 * siblings that are not named stay as they are.
 */
export function resized(state: DockState, sizes: ReadonlyMap<string, number>): DockState {
  const resize = (node: DockNode): DockNode => {
    if (node.kind === 'panel') return node;
    const children = node.children.map(resize);
    const given = node.children.map((child) => sizeOf(child, sizes));
    const known = given.flatMap((size, at) => (size === null ? [] : [{ size, at }]));
    const isSplitHere = known.length > 1 && known.length === sizes.size;
    if (!isSplitHere) return { ...node, children };
    const before = known.reduce((sum, { at }) => sum + children[at]!.share, 0);
    const after = known.reduce((sum, { size }) => sum + size, 0);
    return {
      ...node,
      children: children.map((child, at) => {
        const size = given[at];
        return size === null || size === undefined ? child : { ...child, share: (size / after) * before };
      }),
    };
  };
  const isUsable = [...sizes.values()].every((size) => Number.isFinite(size) && size > 0);
  return isUsable ? { ...state, root: tidy(resize(state.root)) } : state;
}

function sizeOf(node: DockNode, sizes: ReadonlyMap<string, number>): number | null {
  for (const id of panelsIn(node)) {
    const size = sizes.get(id);
    if (size !== undefined) return size;
  }
  return null;
}

/** Flattens a row in a row, drops what holds nothing, and lets the shares of each row and column sum up to 100. */
export function tidy(node: DockNode): DockNode {
  if (node.kind === 'panel') return node;
  const children = node.children.flatMap((child): readonly DockNode[] => {
    const tidied = tidy(child);
    if (tidied.kind === 'panel') return [tidied];
    if (tidied.children.length === 0) return [];
    if (tidied.kind !== node.kind) return [tidied];
    // Its children take part in the parent's space as much as it did.
    return tidied.children.map((inner) => ({ ...inner, share: (inner.share / 100) * tidied.share }));
  });
  if (children.length === 1) return { ...children[0]!, share: node.share };
  const sum = children.reduce((total, { share }) => total + share, 0);
  return { ...node, children: children.map((child) => ({ ...child, share: (100 * child.share) / sum })) };
}

/** The tree without a panel; null where it was the only one. */
function without(node: DockNode, id: string): DockNode | null {
  if (node.kind === 'panel') return node.id === id ? null : node;
  const children = node.children.flatMap((child) => without(child, id) ?? []);
  return children.length === 0 ? null : { ...node, children };
}

/** `id` at the edge of `target`, which gives it half of its own room. */
function placed(node: DockNode, id: string, target: string, edge: DockEdge): DockNode {
  if (node.kind !== 'panel') {
    return { ...node, children: node.children.map((child) => placed(child, id, target, edge)) };
  }
  if (node.id !== target) return node;
  return { kind: directionOf(edge), share: node.share, children: inOrder(edge, panel(id), panel(target)) };
}

/** `id` along the whole edge of everything, with a quarter of the room. */
function beside(root: DockNode, id: string, edge: DockEdge): DockNode {
  return {
    kind: directionOf(edge),
    share: root.share,
    children: inOrder(edge, panel(id, 25), { ...root, share: 75 }),
  };
}

const directionOf = (edge: DockEdge): DockSplit['kind'] =>
  edge === 'left' || edge === 'right' ? 'row' : 'column';

function inOrder(edge: DockEdge, first: DockNode, second: DockNode): DockNode[] {
  return edge === 'left' || edge === 'top' ? [first, second] : [second, first];
}
