/**
 * Which of an archive's members may be read, by their names. An archive is outside input: a name must stay inside, be
 * no link, and be there once; each that does not is a problem of its own, and the others are read.
 */
import type { Problem } from '../../../shared/base/problem.ts';
import { ProblemList } from '../../../shared/readers/problemList.ts';
import { safeSegments } from '../confine.ts';
import { type ArchiveMember, growthLimit } from './archive.ts';

export interface Admitted {
  readonly files: ReadonlyMap<string, ArchiveMember>;
  readonly problems: readonly Problem[];
}

/** `prefix` stands before names in problems, `archiveBytes` bounds what its files may become together. */
export function admitMembers(
  members: readonly ArchiveMember[],
  prefix: string,
  archiveBytes: number,
): Admitted {
  const problems = new ProblemList();
  const complain = (code: string, name: string): void =>
    problems.add({ code, severity: 'error', path: prefix + printable(name) });
  const files = new Map<string, ArchiveMember>();
  let room = growthLimit(archiveBytes);
  for (const member of members) {
    const path = insidePath(member.name);
    if (path === null) complain('archive-path-unsafe', member.name);
    else if (member.kind === 'not-a-file') complain('archive-not-a-file', path);
    else if (member.kind === 'not-readable') complain('archive-file-not-readable', path);
    else if (member.kind === 'file') {
      if (member.bytes > room || member.bytes > growthLimit(member.packedBytes)) {
        complain('archive-file-too-large', path);
        continue;
      }
      room -= member.bytes;
      // As unpacking would leave it: the later one takes the place of the earlier.
      if (files.has(path)) complain('archive-name-twice', path);
      files.set(path, member);
    }
  }
  const paths = [...files.keys()].sort();
  problems.addAll(nameClashes(paths, prefix));
  return {
    files: new Map(paths.map((path) => [path, files.get(path)!])),
    problems: problems.toArray(),
  };
}

/** Files that other systems take for one another: they differ in case or in how their letters are composed. */
export function nameClashes(paths: Iterable<string>, prefix = ''): Problem[] {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const path of paths) {
    const folded = path.normalize('NFC').toLowerCase();
    const other = first.get(folded);
    if (other === undefined) first.set(folded, path);
    else {
      const params = { other: prefix + other };
      problems.push({ code: 'names-differ-in-case', severity: 'warning', path: prefix + path, params });
    }
  }
  return problems;
}

/** The path inside the archive, or null where it could lead out of it on any system. */
export function insidePath(name: string): string | null {
  const plain = name.replace(/^(\.\/)+/, '').replace(/\/$/, '');
  if (plain === '' || plain === '.') return name.startsWith('/') ? null : '.';
  const isDrive = /^[a-z]:/i.test(plain);
  return isDrive ? null : (safeSegments(plain)?.join('/') ?? null);
}

function printable(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  return name.replace(/[\u0000-\u001f\u007f]/g, '\ufffd').slice(0, 300);
}
