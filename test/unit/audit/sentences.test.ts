/** Every problem these rooms can raise has its sentence in both languages. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Language, languages } from '../../../shared/messages/index.ts';
import { translator } from '../../../shared/messages/translate.ts';

const shared = path.resolve(import.meta.dirname, '../../../shared');

function codesRaised(): string[] {
  const files = ['audit', 'report'].flatMap((room) =>
    readdirSync(path.join(shared, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(path.join(shared, room, file), 'utf8')),
  );
  const raised = files.flatMap((code) => [
    ...code.matchAll(/\b(?:refusal|problem)\(\s*'([a-z0-9-]+)'/g),
    ...code.matchAll(/\bcode: '([a-z0-9]+(?:-[a-z0-9]+)+)'/g),
    ...code.matchAll(/\? '([a-z0-9]+(?:-[a-z0-9]+)+)' : '[a-z0-9-]+', \{ code/g),
  ]);
  return [...new Set(raised.map((match) => match[1]!))];
}

test.each(languages.map((language): [Language] => [language]))('in %s', (language) => {
  const codes = codesRaised();
  expect(codes.length).toBeGreaterThan(40);
  const translate = translator(language);
  expect(codes.filter((code) => translate(`problems.${code}`) === `problems.${code}`)).toEqual([]);
});
