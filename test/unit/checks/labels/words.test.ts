import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { labelChecks } from '../../../../shared/checks/labels/labelChecks.ts';
import en from '../../../../shared/messages/en/checkLabels.ts';
import zh from '../../../../shared/messages/zh/checkLabels.ts';

interface Words {
  readonly title: string;
  readonly means: string;
  readonly limitKeys?: Readonly<Record<string, string>>;
  readonly says: Readonly<Record<string, string>>;
}

const room = path.resolve(import.meta.dirname, '../../../../shared/checks/labels');
const sources = readdirSync(room).map((file) => readFileSync(path.join(room, file), 'utf8'));

describe.each([
  ['English', en as Readonly<Record<string, Words>>],
  ['Chinese', zh as Readonly<Record<string, Words>>],
])('words of the checks in %s', (_language, words) => {
  it('name every check, and each of its limits where there are several', () => {
    for (const { id, limits } of labelChecks) {
      const told = words[id]!;
      expect(told.title && told.means, id).toBeTruthy();
      if (Object.keys(limits).length > 1)
        expect(Object.keys(told.limitKeys ?? {}).sort(), id).toEqual(Object.keys(limits).sort());
    }
  });

  it('every sentence that a check names is there', () => {
    const said = sources.flatMap((source) =>
      [...source.matchAll(/says: '(\w+)'/g)].map((match) => match[1]!),
    );
    const known = new Set(Object.values(words).flatMap(({ says }) => Object.keys(says)));
    expect(said.filter((key) => !known.has(key))).toEqual([]);
    expect(said.length).toBeGreaterThan(10);
  });
});
