/** How small and how large panels may become: of a row or column it follows from what stands in it. */
import type { DockNode } from './dockTree.ts';

/** CSS pixels; absent = the usual least, and no most. */
export interface DockLimit {
  readonly minWidth?: number;
  readonly maxWidth?: number;
  readonly minHeight?: number;
  readonly maxHeight?: number;
}

export type DockLimits = Readonly<Record<string, DockLimit>>;

const usualLeast = 72;

/** Along the row (`isWidth`) or the column it stands in. */
export function leastSize(node: DockNode, isWidth: boolean, limits: DockLimits): number {
  if (node.kind === 'panel') {
    const limit = limits[node.id];
    return (isWidth ? limit?.minWidth : limit?.minHeight) ?? usualLeast;
  }
  const least = node.children.map((child) => leastSize(child, isWidth, limits));
  const isAlong = (node.kind === 'row') === isWidth;
  return isAlong ? least.reduce((sum, size) => sum + size, 0) : Math.max(...least);
}

/** Only a panel that stands alone has a most: what shares its place may use the room. */
export function mostSize(node: DockNode, isWidth: boolean, limits: DockLimits): number | null {
  if (node.kind !== 'panel') return null;
  const limit = limits[node.id];
  return (isWidth ? limit?.maxWidth : limit?.maxHeight) ?? null;
}
