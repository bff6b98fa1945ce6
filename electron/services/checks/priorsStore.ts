/**
 * What labels of a vendor and project usually are, as this machine has learned it: one document each that a person can
 * read and edit. Until there is one, the shipped document holds.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ledgerName } from '../../../shared/audit/ledgerEvents.ts';
import type { Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import { type PriorsDocument, priorsSchema } from '../../../shared/checks/priors.ts';
import { shippedPriors } from '../../../shared/checks/shippedPriors.ts';
import { makeFolder, writeDurably } from '../durable.ts';
import { isMissing, readProblem, writeProblem } from '../faults.ts';
import { sha256Hex } from '../hashes.ts';
import { sharedTurns } from '../turns.ts';

export interface PriorsOwner {
  readonly vendor: string;
  readonly project: string;
}

export interface KnownPriors {
  readonly priors: PriorsDocument;
  readonly isLearned: boolean;
  /** Where it lies; null while the shipped document holds. */
  readonly path: string | null;
}

/** The document that takes the place of what is known; its revision is given by the store. */
export type PriorsWork = (known: KnownPriors) => Promise<Result<PriorsDocument>>;

export interface PriorsStore {
  /**
   * Problems `file-unreadable`, and `priors-damaged` (place, reason) of a document that is none after somebody edited it:
   * checks by other limits than those that were set would be taken for checks by these.
   */
  read(owner: PriorsOwner): Promise<Result<KnownPriors>>;
  /** Puts another document in place, one change after the other. Problem `file-not-writable` and those of `work`. */
  replace(owner: PriorsOwner, work: PriorsWork): Promise<Result<PriorsDocument>>;
}

export function createPriorsStore(root: string): PriorsStore {
  const turns = sharedTurns();
  const placeOf = (owner: PriorsOwner): string => path.join(root, priorsFileName(owner));

  async function read(owner: PriorsOwner): Promise<Result<KnownPriors>> {
    const place = placeOf(owner);
    try {
      return parsed(await readFile(place, 'utf8'), place);
    } catch (error) {
      if (isMissing(error)) return done({ priors: shippedPriors, isLearned: false, path: null });
      return failed(readProblem('file', place, error));
    }
  }

  return {
    read,
    replace(owner, work) {
      const place = placeOf(owner);
      return turns.take(place, async () => {
        const current = await read(owner);
        if (!current.ok) return current;
        const changed = await work(current.value);
        if (!changed.ok) return changed;
        const next = { ...changed.value, ...owner, revision: current.value.priors.revision + 1 };
        try {
          await makeFolder(path.dirname(place));
          await writeDurably(place, `${JSON.stringify(next, null, 2)}\n`);
          return done(next);
        } catch (error) {
          return failed(writeProblem(place, error));
        }
      });
    },
  };
}

function parsed(text: string, file: string): Result<KnownPriors> {
  const damaged = (place: string, reason: string): Result<never> =>
    failed({ code: 'priors-damaged', severity: 'error', path: file, place, params: { place, reason } });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return damaged('JSON', (error as Error).message);
  }
  const { success, data, error } = priorsSchema.safeParse(json);
  if (success) return done({ priors: data, isLearned: true, path: file });
  const [issue] = error.issues;
  return damaged(issue!.path.map(String).join('/') || 'JSON', issue!.message);
}

/** Told apart by the hash; the words before it are for people, whatever the names are made of. */
export function priorsFileName({ vendor, project }: PriorsOwner): string {
  const words = `${vendor} ${project}`
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join('-');
  const shown = [...words].slice(0, 40).join('');
  const hash = ledgerName(vendor, project, sha256Hex).slice(0, 16);
  return `${shown === '' ? 'priors' : shown}-${hash}.json`;
}
