/** What the palette finds: in either language, best first, with what cannot be done now at the end. */
import { describe, expect, test } from 'vitest';
import { commandTable, inTableOrder } from '../../../renderer/app/commandTable.ts';
import { foundEntries, type PaletteEntry, withRecent } from '../../../renderer/app/paletteSearch.ts';
import { languages } from '../../../shared/messages/index.ts';
import { translator } from '../../../shared/messages/translate.ts';

const entries = commandTable.map(
  ({ id, titleKey, titleParams }): PaletteEntry<string> => ({
    subject: id,
    id,
    names: languages.map((language) => translator(language)(titleKey, titleParams)),
    isOffered: !id.startsWith('search.'),
  }),
);
const ids = (query: string, recent: readonly string[] = []): string[] =>
  foundEntries(entries, query, recent).map(({ id }) => id);

describe('palette', () => {
  test('every command is found by its name and by any part of it, in both languages', () => {
    for (const { id, names } of entries) {
      for (const name of names) {
        expect(ids(name)).toContain(id);
        expect(ids(name.slice(-2).trim() || name)).toContain(id);
        expect(ids(name.toUpperCase())).toContain(id);
      }
    }
  });

  test('words may stand in any order; a Chinese name is found by characters from its middle', () => {
    expect(ids('settings to go')[0]).toBe('app.settings');
    expect(ids('语言')).toContain('app.language');
    expect(ids('深色').concat(ids('浅色'))).toContain('app.theme');
    expect(ids('no such thing at all')).toEqual([]);
  });

  test('what begins with the query comes first, then where a word begins with it, then the rest', () => {
    const made = ['an undone thing', 'thunder', 'undo', 'the undo of all'].map(
      (name): PaletteEntry<string> => ({ subject: name, id: name, names: [name], isOffered: true }),
    );
    expect(foundEntries(made, 'und', []).map(({ id }) => id)).toEqual([
      'undo',
      'an undone thing',
      'the undo of all',
      'thunder',
    ]);
  });

  test('signs that mean something in a pattern are plain characters here', () => {
    for (const query of ['(', '[a-', '\\', '*', '.+', '^', '$', '?', '{1}', '|', '/', '-']) {
      expect(() => ids(query)).not.toThrow();
    }
    expect(ids('.*')).toEqual([]);
  });

  test('what cannot be done now comes last, and what was used last comes first', () => {
    const found = ids('');
    const firstOff = found.findIndex((id) => id.startsWith('search.'));
    expect(found.slice(firstOff).every((id) => id.startsWith('search.'))).toBe(true);
    expect(ids('', ['review.flip', 'app.theme']).slice(0, 2)).toEqual(['review.flip', 'app.theme']);
    expect(found).toHaveLength(entries.length);
  });

  test('what was used is remembered once and not for ever', () => {
    let recent: readonly string[] = [];
    for (const id of ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'g']) recent = withRecent(recent, id);
    expect(recent).toEqual(['g', 'f', 'e', 'd', 'c', 'a']);
  });

  test('live commands stand in the order of the table, unknown ones after them', () => {
    const shuffled = [
      { id: 'x.new' },
      { id: 'review.undo' },
      { id: 'app.palette' },
      { id: 'review.confirm' },
    ];
    expect(inTableOrder(shuffled).map(({ id }) => id)).toEqual([
      'app.palette',
      'review.confirm',
      'review.undo',
      'x.new',
    ]);
  });
});
