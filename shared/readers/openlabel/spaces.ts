/**
 * The coordinate systems of a document as a graph. Poses in the tree are its edges; a frame's own transforms replace
 * the edge between the same two systems or add one. Any system can then be reached from any other.
 */
import { identityMatrix, invert, multiply } from '../../geometry/matrix.ts';
import type { Mat4 } from '../../model/pose.ts';
import { asRecord, asText, entriesOf } from '../jsonValues.ts';
import type { CoordinateSystem, DocumentFrame } from './document.ts';
import { transformFrom } from './transforms.ts';

/** a -> b -> `aFromB`; null where the file names the parent and gives no pose. */
type Edges = ReadonlyMap<string, ReadonlyMap<string, Mat4 | null>>;

export interface Connection {
  readonly matrix: Mat4;
  /** Pairs of neighbouring systems on the way, each as `pairKey` writes them. */
  readonly pairs: readonly string[];
  /** A step on the way has no pose in the file and was taken as the identity. */
  readonly isAssumed: boolean;
}

export function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

function put(
  edges: Map<string, Map<string, Mat4 | null>>,
  to: string,
  from: string,
  matrix: Mat4 | null,
): void {
  const row = edges.get(to) ?? new Map<string, Mat4 | null>();
  edges.set(to, row);
  row.set(from, matrix);
}

function link(
  edges: Map<string, Map<string, Mat4 | null>>,
  to: string,
  from: string,
  matrix: Mat4 | null,
): void {
  put(edges, to, from, matrix);
  put(edges, from, to, matrix && invert(matrix));
}

export interface FrameTransform {
  readonly source: string;
  readonly target: string;
  readonly targetFromSource: Mat4 | 'bad';
}

export function frameTransforms(frame: DocumentFrame): FrameTransform[] {
  return entriesOf(frame.properties.transforms).flatMap(([, value]) => {
    const record = asRecord(value);
    const source = asText(record?.src);
    const target = asText(record?.dst);
    if (source === null || target === null) return [];
    const matrix = transformFrom(record?.transform_src_to_dst);
    return [{ source, target, targetFromSource: matrix ?? 'bad' }];
  });
}

/** Answers `aFromB` questions; each is worked out once. */
export class Spaces {
  readonly #edges: Edges;
  /** A frame's own edges: they take the place of the tree's. */
  readonly #overlay: Edges;
  readonly #known = new Map<string, Connection | null>();
  /** Pairs whose transform this frame itself gave. */
  readonly ownPairs: ReadonlySet<string>;

  constructor(edges: Edges, overlay: Edges = new Map(), ownPairs: ReadonlySet<string> = new Set()) {
    this.#edges = edges;
    this.#overlay = overlay;
    this.ownPairs = ownPairs;
  }

  static ofTree(systems: ReadonlyMap<string, CoordinateSystem>): Spaces {
    const edges = new Map<string, Map<string, Mat4 | null>>();
    for (const [name, { parent, parentFromThis }] of systems) {
      if (parent !== '' && parent !== name) link(edges, parent, name, parentFromThis);
    }
    return new Spaces(edges);
  }

  /** These spaces with a frame's transforms laid over them; the same object where it has none. */
  withFrame(transforms: readonly FrameTransform[]): Spaces {
    if (transforms.length === 0) return this;
    const overlay = new Map<string, Map<string, Mat4 | null>>();
    const ownPairs = new Set<string>();
    for (const { source, target, targetFromSource } of transforms) {
      if (targetFromSource === 'bad' || source === target) continue;
      link(overlay, target, source, targetFromSource);
      ownPairs.add(pairKey(source, target));
    }
    return new Spaces(this.#edges, overlay, ownPairs);
  }

  /** `toFromFrom` by the fewest steps; null where nothing connects the two. */
  connect(to: string, from: string): Connection | null {
    const key = `${to}\n${from}`;
    let connection = this.#known.get(key);
    if (connection === undefined) {
      connection = this.#search(to, from);
      this.#known.set(key, connection);
    }
    return connection;
  }

  #search(to: string, from: string): Connection | null {
    const reached = new Map<string, Reached>([
      [to, { previous: null, matrix: identityMatrix, isAssumed: false }],
    ]);
    // A Map hands out entries added while it is walked: this is a breadth-first search.
    for (const [name, soFar] of reached) {
      if (name === from) return { ...soFar, pairs: pairsOnTheWay(reached, name) };
      for (const [next, step] of this.#neighbours(name)) {
        if (reached.has(next)) continue;
        reached.set(next, {
          previous: name,
          matrix: multiply(soFar.matrix, step ?? identityMatrix),
          isAssumed: soFar.isAssumed || step === null,
        });
      }
    }
    return null;
  }

  *#neighbours(name: string): Generator<[string, Mat4 | null]> {
    const own = this.#overlay.get(name);
    if (own) yield* own;
    for (const [next, step] of this.#edges.get(name) ?? []) {
      if (!own?.has(next)) yield [next, step];
    }
  }
}

interface Reached {
  readonly previous: string | null;
  readonly matrix: Mat4;
  readonly isAssumed: boolean;
}

function pairsOnTheWay(reached: ReadonlyMap<string, Reached>, end: string): string[] {
  const pairs: string[] = [];
  let name = end;
  for (
    let previous = reached.get(name)!.previous;
    previous !== null;
    previous = reached.get(name)!.previous
  ) {
    pairs.push(pairKey(name, previous));
    name = previous;
  }
  return pairs;
}
