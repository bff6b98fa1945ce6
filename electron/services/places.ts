/**
 * Which folders of this machine a caller may name. The desktop app and the command line act for the person at the
 * machine and may name any; `assay serve` is told which roots it may open and answers for no other.
 */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../shared/base/problem.ts';
import { done, failed } from '../../shared/base/problem.ts';
import { isInside } from './confine.ts';
import { isMissing, readProblem } from './faults.ts';

export interface Places {
  /** Where browsing may start. */
  readonly roots: readonly string[];
  /** Real path of something that exists. Problems: `path-not-listed`, `folder-missing`, `folder-unreadable`. */
  existing(named: string): Promise<Result<string>>;
  /** Real path of a folder that may have to be made first. */
  target(named: string): Promise<Result<string>>;
}

/** `roots` null = anywhere. */
export async function createPlaces(roots: readonly string[] | null, start: string): Promise<Places> {
  const realRoots: string[] = [];
  for (const root of roots ?? []) realRoots.push(await realpath(root));

  function admit(real: string, named: string): Result<string> {
    if (roots === null || realRoots.some((root) => isInside(root, real))) return done(real);
    return failed({ code: 'path-not-listed', severity: 'error', path: named });
  }

  async function existing(named: string): Promise<Result<string>> {
    const refused = refuse(named);
    if (refused !== null) return refused;
    try {
      return admit(await realpath(named), named);
    } catch (error) {
      // What lies outside the roots must not be told apart from what is not there.
      if (roots !== null && !realRoots.some((root) => isInside(root, path.resolve(named)))) {
        return failed({ code: 'path-not-listed', severity: 'error', path: named });
      }
      return failed(readProblem('folder', named, error));
    }
  }

  async function target(named: string): Promise<Result<string>> {
    const refused = refuse(named);
    if (refused !== null) return refused;
    const absolute = path.resolve(named);
    for (let ancestor = absolute; ; ancestor = path.dirname(ancestor)) {
      try {
        const real = await realpath(ancestor);
        return admit(path.join(real, path.relative(ancestor, absolute)), named);
      } catch (error) {
        if (!isMissing(error) || ancestor === path.dirname(ancestor)) {
          return failed(readProblem('folder', named, error));
        }
      }
    }
  }

  return { roots: roots === null ? [start] : realRoots, existing, target };
}

function refuse(named: string): Result<string> | null {
  if (path.isAbsolute(named) && !named.includes('\0')) return null;
  return failed({ code: 'path-not-absolute', severity: 'error', path: named.replaceAll('\0', '\ufffd') });
}
