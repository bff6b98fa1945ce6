/** The import law: electron -> shared <- renderer, and inside shared one way only. Read from every import there is. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

interface Import {
  readonly from: string;
  /** Project-relative path of the file, or the bare name of a package. */
  readonly to: string;
  readonly isPackage: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|cjs)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

/** Static imports, re-exports, dynamic and type imports, `require` and worker addresses. */
const specifierPattern =
  /(?:(?<!['"])\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*|\bnew URL\(\s*)(['"])([^'"\n]+)\1/g;

function importsOf(file: string): Import[] {
  const code = readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(specifierPattern)].map((match) => {
    const specifier = match[2]!;
    const isPackage = !specifier.startsWith('.');
    const to = isPackage
      ? specifier
      : path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
    return { from: file, to, isPackage };
  });
}

const all = ['shared', 'electron', 'renderer'].flatMap(sourceFiles).flatMap(importsOf);

/** Rooms of shared, each with the rooms it may name besides its own. */
const sharedLaw: Record<string, readonly string[]> = {
  base: [],
  model: ['base'],
  geometry: ['base', 'model'],
  messages: ['base'],
  readers: ['base', 'model', 'geometry'],
  writers: ['base', 'model', 'geometry'],
  sampling: ['base', 'model', 'geometry'],
  scoring: ['base', 'model', 'geometry'],
  checks: ['base', 'model', 'geometry', 'scoring'],
  compute: ['base', 'model', 'geometry', 'sampling', 'scoring'],
  synth: ['base', 'model', 'geometry', 'readers', 'scoring', 'sampling'],
  audit: ['base', 'model', 'geometry', 'readers', 'checks', 'sampling', 'scoring'],
  report: ['base', 'model', 'geometry', 'readers', 'checks', 'sampling', 'scoring', 'audit', 'messages'],
  sync: ['base', 'model', 'audit'],
  host: ['base', 'model', 'checks', 'audit'],
};

const sharedPackages = ['zod', 'i18next', 'fflate', '@mcap', 'fast-xml-parser', 'hyparquet-compressors'];

function breaches(isBreach: (entry: Import) => boolean): string[] {
  return all.filter(isBreach).map((entry) => `${entry.from} imports ${entry.to}`);
}

describe('import law', () => {
  test('every source file is read', () => {
    expect(all.length).toBeGreaterThan(50);
  });

  test('shared imports only shared, one way, and three small packages', () => {
    expect(
      breaches(({ from, to, isPackage }) => {
        if (!from.startsWith('shared/')) return false;
        if (isPackage) return !sharedPackages.includes(to.split('/')[0]!);
        if (to.startsWith('assets/')) return false;
        const room = from.split('/')[1]!;
        const target = to.split('/');
        if (target[0] !== 'shared') return true;
        return target[1] !== room && !(sharedLaw[room] ?? []).includes(target[1]!);
      }),
    ).toEqual([]);
  });

  test('electron and renderer know shared and never each other', () => {
    expect(
      breaches(
        ({ from, to, isPackage }) =>
          !isPackage &&
          ((from.startsWith('electron/') && to.startsWith('renderer/')) ||
            (from.startsWith('renderer/') && to.startsWith('electron/')) ||
            to.startsWith('test/')),
      ),
    ).toEqual([]);
  });

  test('only the desktop side names the module electron', () => {
    expect(
      breaches(
        ({ from, to }) =>
          to === 'electron' &&
          !from.startsWith('electron/desktop/') &&
          from !== 'electron/main.ts' &&
          from !== 'electron/preload.ts',
      ),
    ).toEqual([]);
  });

  test('the renderer names nothing of Node, and shared neither', () => {
    expect(
      breaches(
        ({ from, to, isPackage }) => isPackage && to.startsWith('node:') && !from.startsWith('electron/'),
      ),
    ).toEqual([]);
  });

  test('three stays in the viewport', () => {
    expect(
      breaches(
        ({ from, to, isPackage }) =>
          isPackage && /^(three|@react-three)(\/|$)/.test(to) && !from.startsWith('renderer/viewport/'),
      ),
    ).toEqual([]);
  });
});
