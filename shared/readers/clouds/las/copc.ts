/**
 * The octree of a cloud-optimised LAZ file (COPC): which chunks hold which level of detail. A node of level n holds
 * points at half the spacing of level n - 1; all levels together are the cloud.
 * Format: COPC Specification 1.0, https://copc.io
 */
import type { ByteSource } from '../../../base/bytes.ts';
import type { LazChunk } from './laszip.ts';
import type { VariableRecord } from './variableRecords.ts';

export interface CopcNode {
  readonly level: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly chunk: LazChunk;
}

interface Page {
  readonly offset: number;
  readonly bytes: number;
}

const ENTRY_BYTES = 32;
const INFO_BYTES = 160;
const MOST_NODES = 1 << 20;
const DEEPEST_LEVEL = 31;

function uint64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

/** Page of the tree's root; null where the file is no COPC. */
function rootPage(records: readonly VariableRecord[]): Page | null {
  const info = records.find(({ user, id }) => user === 'copc' && id === 1);
  if (!info || info.bytes.length < INFO_BYTES) return null;
  const view = new DataView(info.bytes.buffer, info.bytes.byteOffset, info.bytes.byteLength);
  return { offset: uint64(view, 40), bytes: uint64(view, 48) };
}

/**
 * Every node that holds points, in the order of the file's pages. Pages are followed once each and entries that
 * point outside of the file are left out, so that a damaged or cyclic tree ends. Null where the file is no COPC.
 */
export async function readCopcNodes(
  source: ByteSource,
  records: readonly VariableRecord[],
): Promise<CopcNode[] | null> {
  const root = rootPage(records);
  if (!root) return null;
  const nodes: CopcNode[] = [];
  const pages = [root];
  const seen = new Set([root.offset]);
  for (let page = pages.pop(); page && nodes.length < MOST_NODES; page = pages.pop()) {
    const bytes = await source.slice(page.offset, Math.min(source.length, page.offset + page.bytes));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + ENTRY_BYTES <= bytes.length && nodes.length < MOST_NODES; at += ENTRY_BYTES) {
      const [level, x, y, z] = [0, 4, 8, 12].map((part) => view.getInt32(at + part, true));
      const offset = uint64(view, at + 16);
      const size = view.getInt32(at + 24, true);
      const points = view.getInt32(at + 28, true);
      if (level! < 0 || level! > DEEPEST_LEVEL || size <= 0 || offset + size > source.length) continue;
      if (points > 0) {
        const chunk = { start: offset, end: offset + size, points };
        nodes.push({ level: level!, x: x!, y: y!, z: z!, chunk });
      } else if (points === -1 && !seen.has(offset)) {
        seen.add(offset);
        pages.push({ offset, bytes: size });
      }
    }
  }
  return nodes;
}

/** Nodes of the coarsest levels, as many whole levels as hold at most `budget` points; always the first level. */
export function nodesWithin(nodes: readonly CopcNode[], budget: number): CopcNode[] {
  const pointsOfLevel = new Map<number, number>();
  for (const { level, chunk } of nodes) {
    pointsOfLevel.set(level, (pointsOfLevel.get(level) ?? 0) + chunk.points);
  }
  let left = budget;
  let deepest = -1;
  for (const level of [...pointsOfLevel.keys()].sort((a, b) => a - b)) {
    const points = pointsOfLevel.get(level)!;
    if (deepest >= 0 && points > left) break;
    left -= points;
    deepest = level;
  }
  return nodes.filter(({ level }) => level <= deepest);
}

/** The chunks of those levels, from the front of the file to its end; null where the file is no COPC. */
export async function readCopcChunks(
  source: ByteSource,
  records: readonly VariableRecord[],
  budget: number,
): Promise<LazChunk[] | null> {
  const nodes = await readCopcNodes(source, records);
  if (!nodes || nodes.length === 0) return null;
  return nodesWithin(nodes, budget)
    .map(({ chunk }) => chunk)
    .sort((a, b) => a.start - b.start);
}
