/**
 * What labels of a vendor and project usually are, as this machine has learned it: one document each that a person can
 * read and edit. Until there is one, the shipped document holds.
 */
import path from 'node:path';
import { ledgerName } from '../../../shared/audit/ledgerEvents.ts';
import type { Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import { type PriorsDocument, priorsSchema } from '../../../shared/checks/priors.ts';
import { shippedPriors } from '../../../shared/checks/shippedPriors.ts';
import { readProblem, writeProblem } from '../faults.ts';
import { sha256Hex } from '../hashes.ts';
import { type JsonFile, jsonFile } from '../jsonFile.ts';
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
  /** Problem `file-unreadable`. */
  read(owner: PriorsOwner): Promise<Result<KnownPriors>>;
  /** Puts another document in place, one change after the other. Problem `file-not-writable` and those of `work`. */
  replace(owner: PriorsOwner, work: PriorsWork): Promise<Result<PriorsDocument>>;
}

export function createPriorsStore(root: string, log: (line: string) => void): PriorsStore {
  const turns = sharedTurns();

  function fileOf(owner: PriorsOwner): { place: string; file: JsonFile<PriorsDocument | null> } {
    const place = path.join(root, priorsFileName(owner));
    return { place, file: jsonFile(place, priorsSchema.nullable(), () => null, log) };
  }

  async function read(owner: PriorsOwner): Promise<Result<KnownPriors>> {
    const { place, file } = fileOf(owner);
    try {
      const learned = await file.read();
      return done(
        learned === null
          ? { priors: shippedPriors, isLearned: false, path: null }
          : { priors: learned, isLearned: true, path: place },
      );
    } catch (error) {
      return failed(readProblem('file', place, error));
    }
  }

  return {
    read,
    replace(owner, work) {
      const { place, file } = fileOf(owner);
      return turns.take(place, async () => {
        const current = await read(owner);
        if (!current.ok) return current;
        const changed = await work(current.value);
        if (!changed.ok) return changed;
        const next = { ...changed.value, ...owner, revision: current.value.priors.revision + 1 };
        try {
          await file.write(next);
          return done(next);
        } catch (error) {
          return failed(writeProblem(place, error));
        }
      });
    },
  };
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
