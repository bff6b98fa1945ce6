/** What a hostile delivery is, and the hands that bend a healthy one into it. */
import type { Files } from '../healthy.ts';

/** Something other than a file: a symbolic link with its target, or a folder that is called like a file. */
export type Oddity = { readonly link: string } | { readonly folder: true };

export interface HostileCase {
  /** `family: what is wrong`. Unique. */
  readonly name: string;
  /** By path inside the delivery; a name may be anything a disk takes. */
  readonly files: Readonly<Record<string, string | Uint8Array | Oddity>>;
  /** The delivery is this one file, and not the folder it lies in. */
  readonly opens?: string;
  /** `code path`, one for each thing that is wrong: the code of the problem and the file it names. */
  readonly expected: readonly string[];
  /** What still loads; null = nothing can, and the delivery is refused with the one problem expected. */
  readonly loads: Loads | null;
  /** Among the worst of its family: it is opened through every door, also those that take seconds. */
  readonly isWorst?: true;
}

export interface Loads {
  readonly frames: number;
  readonly cuboids: number;
  /** Over all sweeps of all frames. */
  readonly points?: number;
  readonly boxes?: number;
}

/** `files` with some of them in another way; undefined takes one away. */
export function bent(
  files: Files,
  changes: Readonly<Record<string, string | Uint8Array | Oddity | undefined>>,
): HostileCase['files'] {
  const all: Record<string, string | Uint8Array | Oddity> = { ...files };
  for (const [path, content] of Object.entries(changes)) {
    if (content === undefined) delete all[path];
    else all[path] = content;
  }
  return all;
}

/** `[` or `{"a":` many times over: what a parser that calls itself does not survive. */
export const deepList = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
export const deepRecord = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

/** 10^12: as many points as no file has. */
export const TRILLION = 1_000_000_000_000;

/** Ways out of a folder, as tables and manifests of other machines and other minds write them. */
export const waysOut: Readonly<Record<string, string>> = {
  'parent folders': '../canary/secret.bin',
  'parents in the middle': 'samples/../../canary/secret.bin',
  'many parents': `${'../'.repeat(40)}etc/passwd`,
  'an absolute path': '/etc/passwd',
  'a drive': 'C:\\Windows\\win.ini',
  backslashes: '..\\canary\\secret.bin',
  'a share': '\\\\server\\share\\secret.bin',
  'a NUL byte': 'samples/a\0../../canary/secret.bin',
  'escaped parents': '%2e%2e/canary/secret.bin',
  'a file address': 'file:///etc/passwd',
};
