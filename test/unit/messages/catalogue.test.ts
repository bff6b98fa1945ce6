/** The catalogue: every language says everything, with the same blanks, and nothing that is said or asked for is missing. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogues } from '../../../shared/messages/index.ts';
import { languageOf, problemSentence, translator } from '../../../shared/messages/translate.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** `room.key` -> sentence. */
function leaves(tree: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[`${prefix}${key}`, value] as const]
        : [...leaves(value as object, `${prefix}${key}.`)],
    ),
  );
}

const en = leaves(catalogues.en);
const zh = leaves(catalogues.zh);

function blanks(sentence: string): string[] {
  return [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!).sort();
}

function sources(folders: readonly string[]): string {
  return folders
    .flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${path.sep}messages${path.sep}`))
    .map((file) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''))
    .join('\n');
}

const code = sources(['shared', 'electron', 'renderer']);

describe('catalogue', () => {
  test('every file of a language is part of the tree, and has its twin', () => {
    const rooms = (language: string): string[] =>
      readdirSync(path.join(root, 'shared/messages', language))
        .map((name) => name.replace(/\.ts$/, ''))
        .sort();
    expect(rooms('zh')).toEqual(rooms('en'));
    const joined = Object.keys(catalogues.en);
    expect(
      rooms('en').filter((room) => !/^(problems|check[A-Z])/.test(room) && !joined.includes(room)),
    ).toEqual([]);
    const index = readFileSync(path.join(root, 'shared/messages/index.ts'), 'utf8');
    expect(rooms('en').filter((room) => !index.includes(`./en/${room}.ts`))).toEqual([]);
  });

  test('no problem code has two sentences', () => {
    const codes = readdirSync(path.join(root, 'shared/messages/en'))
      .filter((name) => name.startsWith('problems'))
      .flatMap((name) => {
        const text = readFileSync(path.join(root, 'shared/messages/en', name), 'utf8');
        return [...text.matchAll(/^ {2}'?([\w-]+)'?:/gm)].map((match) => match[1]!);
      });
    expect(codes.filter((entry, at) => codes.indexOf(entry) !== at)).toEqual([]);
  });

  test('both languages have the same keys', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort());
  });

  test('a sentence has the same blanks in both languages', () => {
    const different = [...en].filter(
      ([key, sentence]) => blanks(sentence).join() !== blanks(zh.get(key) ?? '').join(),
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });

  test('no sentence is empty, and Chinese ones hold no ASCII comma or full stop after a Chinese character', () => {
    expect([...en, ...zh].filter(([, sentence]) => sentence.trim() === '').map(([key]) => key)).toEqual([]);
    const western = [...zh].filter(([, sentence]) => /[\u4e00-\u9fff][,;!?](\s|$)/.test(sentence));
    expect(western.map(([key]) => key)).toEqual([]);
  });

  test('every key that the code names is there', () => {
    const named = [...code.matchAll(/(?<![\w.])(?:t|translate)\(\s*'([a-z][\w-]*(?:\.[\w-]+)+)'/g)].map(
      (match) => match[1]!,
    );
    const titles = [...code.matchAll(/(?:titleKey|notify)(?::\s*|\(\s*)'([a-z][\w.-]+)'/g)].map(
      (match) => match[1]!,
    );
    expect(named.length).toBeGreaterThan(200);
    const isThere = (key: string): boolean =>
      en.has(key) || en.has(`${key}_other`) || [...en.keys()].some((known) => known.startsWith(`${key}.`));
    expect([...new Set([...named, ...titles])].filter((key) => !isThere(key))).toEqual([]);
  });

  test('every key is used: named in the code, or made there from its beginning', () => {
    const prefixes = [...code.matchAll(/`([a-z][\w-]*(?:\.[\w-]+)*\.?[\w-]*)\$\{/g)].map(
      (match) => match[1]!,
    );
    const unused = [...en.keys()].filter((key) => {
      const name = key.replace(/_(one|other)$/, '');
      if (code.includes(`'${name}'`) || code.includes(`\`${name}\``)) return false;
      // Problems are raised by code alone, and progress by step.
      const last = name.split('.').at(-1)!;
      if (/^(problems|progress)\./.test(name) && code.includes(`'${last}'`)) return false;
      return !prefixes.some((prefix) => prefix.includes('.') && name.startsWith(prefix));
    });
    expect(unused).toEqual([]);
  });

  test('every problem that is raised has a sentence', () => {
    const raised = [
      ...code.matchAll(/\b(?:code:|refusal\(|refused\(|problem\(|failure\()\s*'([a-z]+(?:-[a-z0-9]+)+)'/g),
    ].map((match) => match[1]!);
    expect(raised.length).toBeGreaterThan(30);
    expect([...new Set(raised)].filter((entry) => !en.has(`problems.${entry}`))).toEqual([]);
  });
});

describe('translator', () => {
  test('fills blanks and chooses the number form', () => {
    expect(translator('en')('deliveries.days', { count: 1 })).toBe('1 day');
    expect(translator('en')('deliveries.days', { count: 3 })).toBe('3 days');
    expect(translator('zh')('deliveries.days', { count: 3 })).toBe('3 天');
  });

  test('leaves markup to whoever writes it', () => {
    const sentence = translator('en')('saving.movedTo', { folder: '<b>&"' });
    expect(sentence).toContain('<b>&"');
  });

  test('an unknown problem still names its code', () => {
    const problem = { code: 'never-heard-of', severity: 'error', path: 'a/b.pcd' } as const;
    expect(problemSentence(translator('en'), problem)).toContain('never-heard-of');
    expect(problemSentence(translator('zh'), problem)).toContain('never-heard-of');
  });

  test.each([
    ['zh', 'zh'],
    ['zh-Hans-CN', 'zh'],
    ['ZH_TW', 'zh'],
    ['en-GB', 'en'],
    ['de', 'en'],
    ['', 'en'],
  ])('locale %s speaks %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language);
  });
});
