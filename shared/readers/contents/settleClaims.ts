/** Hashes the sensor files that a reading left open, no more of them than it takes. */
import type { FileEntry, Folder } from '../../base/bytes.ts';
import { ProblemError } from '../../base/problem.ts';
import type { ReadContext } from '../contract.ts';
import { inBatches } from '../inBatches.ts';
import type { ProblemList } from '../problemList.ts';
import type { ContentClaim, ContentClaims, KeepPath } from './contentClaims.ts';

export type HashOf = NonNullable<ReadContext['hashOf']>;

/** Files hashed at a time: one that is being read, others that are being worked on. */
const TOGETHER = 4;

/** Characters of a sum that are shown: enough to tell two apart. */
const SHOWN_HEX = 16;

/** SHA-256 of a sensor file in lower case; null, and its problem told, where it cannot be read. */
function hasherOf(sensors: Folder, hashOf: HashOf, problems: ProblemList) {
  return async (path: string): Promise<string | null> => {
    try {
      return (await hashOf(sensors, path)).toLowerCase();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.add(error.problem);
      return null;
    }
  };
}

function claimsByKind(claims: readonly ContentClaim[]): Map<KeepPath, ContentClaim[]> {
  const kinds = new Map<KeepPath, ContentClaim[]>();
  for (const claim of claims) {
    const kind = kinds.get(claim.keep) ?? [];
    kinds.set(claim.keep, kind);
    kind.push(claim);
  }
  return kinds;
}

/** Files of one kind that no frame found, those of a stated length in front. */
function candidates(
  sensors: Folder,
  used: ReadonlySet<string>,
  keep: KeepPath,
  claims: readonly ContentClaim[],
): FileEntry[] {
  const lengths = new Set(claims.map(({ stated }) => stated.bytes));
  const free = sensors.entries.filter(({ path }) => keep(path) && !used.has(path));
  return [...free.filter(({ size }) => lengths.has(size)), ...free.filter(({ size }) => !lengths.has(size))];
}

/**
 * Sensor files with claimed content, by SHA-256 and at most as many as claim it; hashing stops once all are found.
 * Throws the signal's reason.
 */
export async function findClaimed(
  { claims, used }: ContentClaims,
  sensors: Folder,
  hashOf: HashOf,
  context: ReadContext,
  problems: ProblemList,
): Promise<Map<string, string[]>> {
  const hash = hasherOf(sensors, hashOf, problems);
  const found = new Map<string, string[]>();
  for (const [keep, ofKind] of claimsByKind(claims)) {
    const open = new Map<string, number>();
    for (const { stated } of ofKind) open.set(stated.sha256, (open.get(stated.sha256) ?? 0) + 1);
    const files = candidates(sensors, used, keep, ofKind);
    for (let start = 0; start < files.length && open.size > 0; start += TOGETHER) {
      context.signal?.throwIfAborted();
      const some = files.slice(start, start + TOGETHER);
      const hashes = await Promise.all(some.map(({ path }) => hash(path)));
      for (const [i, sha256] of hashes.entries()) {
        const left = sha256 === null ? undefined : open.get(sha256);
        if (sha256 === null || left === undefined) continue;
        found.set(sha256, [...(found.get(sha256) ?? []), some[i]!.path]);
        if (left === 1) open.delete(sha256);
        else open.set(sha256, left - 1);
      }
      context.progress?.(start + some.length, files.length);
    }
  }
  return found;
}

/** Tells `sensor-hash-differs` of every file that was paired by name or time against a stated SHA-256. */
export async function reportContradictions(
  { checks }: ContentClaims,
  sensors: Folder,
  hashOf: HashOf,
  context: ReadContext,
  problems: ProblemList,
): Promise<void> {
  const hash = hasherOf(sensors, hashOf, problems);
  const hashes = new Map<string, Promise<string | null>>();
  const results = await inBatches(checks, context, async (check) => {
    // Several labels may be made from one file: it is hashed once.
    const known = hashes.get(check.path) ?? hash(check.path);
    hashes.set(check.path, known);
    return { ...check, sha256: await known };
  });
  for (const { frame, path, stated, sha256 } of results) {
    if (sha256 === null || sha256 === stated.sha256) continue;
    const params = {
      frame,
      name: stated.name,
      source: stated.source,
      stated: stated.sha256.slice(0, SHOWN_HEX),
      found: sha256.slice(0, SHOWN_HEX),
    };
    problems.add({ code: 'sensor-hash-differs', severity: 'warning', path, params });
  }
}
