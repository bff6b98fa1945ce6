/** Which key runs what: presets, the person's own keys, who has a key that two want, and key files of any kind. */
import { describe, expect, test } from 'vitest';
import { roomName } from '../../../renderer/app/commandNames.ts';
import { type Command, createCommandRegistry } from '../../../renderer/app/commands.ts';
import { commandTable } from '../../../renderer/app/commandTable.ts';
import { keyFileText, readKeyFile } from '../../../renderer/app/keyFile.ts';
import { type KeyChoice, plainKeys, resolveKeys, sharesKeyboard } from '../../../renderer/app/keymap.ts';
import { keyPresets as presetKeys } from '../../../renderer/app/keyPresets.ts';
import { canonicalKey, isReleasedBy, matchesKey, writtenKey } from '../../../renderer/app/keys.ts';
import { keyPresets, settingsSchema } from '../../../shared/host/contract.ts';
import { languages } from '../../../shared/messages/index.ts';
import { translator } from '../../../shared/messages/translate.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const own = (keys: Record<string, readonly string[]>): KeyChoice => ({ preset: 'assay', own: keys });
const press = (key: string, code: string, held: object = {}) => ({
  ...{ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...held,
});

describe('which keys are in force', () => {
  const commands = [
    { id: 'app.theme', room: 'app', keys: ['Shift+T'] },
    { id: 'review.flip', room: 'review', keys: ['T'] },
    { id: 'review.fit', room: 'review', keys: ['B', 'Home'] },
    { id: 'search.drop', room: 'search', keys: ['M'] },
  ];
  const keysOf = (id: string, choice: KeyChoice) => resolveKeys(commands, choice).get(id);

  test('a command has its own keys until somebody chooses others', () => {
    expect(keysOf('review.fit', plainKeys)).toEqual({ keys: ['B', 'Home'], lost: [], source: 'default' });
    expect(keysOf('review.fit', own({ 'review.fit': ['Y'] }))).toEqual({
      keys: ['Y'],
      lost: [],
      source: 'own',
    });
    expect(keysOf('review.fit', own({ 'review.fit': [] }))?.keys).toEqual([]);
  });

  test('a key that the person chose is taken from the command that had it, and only that key', () => {
    const choice = own({ 'review.flip': ['B'] });
    expect(keysOf('review.flip', choice)?.keys).toEqual(['B']);
    expect(keysOf('review.fit', choice)).toEqual({
      keys: ['Home'],
      lost: [{ key: 'B', to: 'review.flip' }],
      source: 'default',
    });
  });

  test('rooms that are never live together may have the same key; the window has it everywhere', () => {
    expect(keysOf('search.drop', own({ 'review.flip': ['M'] }))?.lost).toEqual([]);
    const choice = own({ 'app.theme': ['M'] });
    expect(keysOf('search.drop', choice)).toMatchObject({
      keys: [],
      lost: [{ key: 'M', to: 'app.theme' }],
    });
  });

  test('of two own keys the first command has it; nothing throws', () => {
    const choice = own({ 'review.fit': ['x'], 'review.flip': ['X', 'X'] });
    expect(keysOf('review.flip', choice)?.keys).toEqual(['X']);
    expect(keysOf('review.fit', choice)?.lost).toEqual([{ key: 'x', to: 'review.flip' }]);
  });

  test('a settings file with words that are no keys, or names that are no commands, takes nothing away', () => {
    const choice = own({ 'review.fit': ['', 'Ctrl+Alt+Del', '💥'], toString: ['B'], __proto__: ['T'] });
    expect(keysOf('review.fit', choice)?.keys).toEqual([]);
    expect(keysOf('review.flip', choice)?.keys).toEqual(['T']);
  });

  test('own before preset before default, for any choice: no press finds two commands, no key is invented', () => {
    const random = seededRandom(5);
    const anyKeys = ['B', 'T', 'M', 'Shift+T', 'F', 'Home', 'Mod+K'];
    for (let round = 0; round < 300; round++) {
      const keys: Record<string, string[]> = {};
      for (const { id } of commands) {
        if (random.next() < 0.5) keys[id] = anyKeys.filter(() => random.next() < 0.3);
      }
      const effective = resolveKeys(commands, own(keys));
      for (const a of commands) {
        const given = keys[a.id] ?? a.keys;
        const { keys: kept, lost } = effective.get(a.id)!;
        expect([...kept, ...lost.map(({ key }) => key)].toSorted()).toEqual(given.toSorted());
        for (const b of commands) {
          if (a === b || !sharesKeyboard(a, b)) continue;
          expect(kept.filter((key) => effective.get(b.id)!.keys.includes(key))).toEqual([]);
        }
      }
    }
  });
});

describe('the table of all commands', () => {
  test('has each name once, in both languages, and no two keys of one room alike', () => {
    expect(new Set(commandTable.map(({ id }) => id)).size).toBe(commandTable.length);
    for (const language of languages) {
      const say = translator(language);
      for (const { titleKey, titleParams } of commandTable) {
        expect(say(titleKey, titleParams)).not.toBe(titleKey);
        expect(say(titleKey, titleParams)).not.toContain('{{');
      }
    }
    const lost = [...resolveKeys(commandTable, plainKeys)].filter(([, keys]) => keys.lost.length > 0);
    expect(lost).toEqual([]);
  });

  test('every room has a name and says what it is for', () => {
    for (const room of new Set(commandTable.map((command) => command.room))) {
      for (const language of languages) {
        const say = translator(language);
        expect(roomName(say, room)).not.toContain('.');
        expect(say(`keymap.purpose.${room}`)).not.toBe(`keymap.purpose.${room}`);
      }
    }
  });

  test.each(keyPresets)(
    'preset %s names commands that exist, and leaves none without a key it had',
    (preset) => {
      const ids = new Set(commandTable.map(({ id }) => id));
      expect(Object.keys(presetKeys[preset].keys).filter((id) => !ids.has(id))).toEqual([]);
      const effective = resolveKeys(commandTable, { preset, own: {} });
      const clashes = [...effective].filter(([, { lost }]) => lost.length > 0);
      expect(clashes).toEqual([]);
      const silent = commandTable.filter(
        ({ id, keys }) => keys.length > 0 && effective.get(id)!.keys.length === 0,
      );
      expect(silent).toEqual([]);
    },
  );

  test('verdicts keep their keys in every preset, and Tab is never taken', () => {
    const verdicts = ['confirm', 'unsure', 'otherCode', ...[1, 5, 9].map((digit) => `code${digit}`)];
    for (const preset of keyPresets) {
      const effective = resolveKeys(commandTable, { preset, own: {} });
      for (const name of verdicts) {
        const plain = commandTable.find(({ id }) => id === `review.${name}`)!;
        expect(effective.get(plain.id)!.keys).toEqual(plain.keys);
      }
      expect([...effective.values()].flatMap(({ keys }) => keys)).not.toContain('Tab');
    }
  });
});

describe('the registry', () => {
  const command = (id: string, keys: string[]): Command => ({
    id,
    room: id.split('.')[0]!,
    titleKey: id,
    keys,
    run: () => undefined,
  });

  test('another choice is in force at once, and what a person chose never throws', () => {
    const registry = createCommandRegistry(own({ 'review.fit': ['T'] }));
    registry.add(command('review.flip', ['T']), command('review.fit', ['B']));
    expect(registry.find(press('t', 'KeyT'))?.id).toBe('review.fit');
    const { commands } = registry.store.getState();
    expect(commands.find(({ id }) => id === 'review.flip')!.lost).toEqual([{ key: 'T', to: 'review.fit' }]);
    registry.chooseKeys(plainKeys);
    expect(registry.find(press('t', 'KeyT'))?.id).toBe('review.flip');
    expect(registry.find(press('b', 'KeyB'))?.id).toBe('review.fit');
  });

  test('two commands of their own key clash however it is written, alone or in one batch', () => {
    const registry = createCommandRegistry();
    expect(() =>
      registry.add(command('review.a', ['Shift+Mod+k']), command('review.b', ['Mod+Shift+K'])),
    ).toThrow('both want');
    expect(registry.store.getState().commands).toEqual([]);
  });

  test('whoever watches hears of a command after it ran, until he leaves', () => {
    const registry = createCommandRegistry();
    const heard: string[] = [];
    const leave = registry.watch((id) => heard.push(id));
    const one = { ...command('review.a', []), run: () => heard.push('ran') };
    registry.run(one);
    leave();
    registry.run(one);
    expect(heard).toEqual(['ran', 'review.a', 'ran']);
  });
});

describe('keys as written and pressed', () => {
  test.each([
    ['shift+a', null],
    ['Shift+Mod+a', 'Mod+Shift+A'],
    ['Mod+Mod+a', null],
    ['Shift++', 'Shift++'],
    ['+', '+'],
    ['', null],
    ['Ctrl+A', null],
    ['Enter', 'Enter'],
    ['enter', null],
    ['ab', null],
    ['é', null],
    ['A'.repeat(30), null],
  ])('%s is %s', (written, form) => {
    expect(canonicalKey(written)).toBe(form);
  });

  test.each([
    [press('f', 'KeyF'), 'F'],
    [press('F', 'KeyF', { shiftKey: true }), 'Shift+F'],
    [press('з', 'KeyP', { ctrlKey: true }), 'Mod+P'],
    [press('!', 'Digit1', { shiftKey: true }), 'Shift+1'],
    [press('?', 'Slash', { shiftKey: true }), '?'],
    [press('{', 'BracketLeft', { shiftKey: true }), '{'],
    [press(' ', 'Space', { shiftKey: true }), 'Shift+Space'],
    [press('[', 'Digit8', { ctrlKey: true, altKey: true, getModifierState: () => true }), '['],
    [press('Shift', 'ShiftLeft', { shiftKey: true }), null],
    [press('Dead', 'Backquote'), null],
    [press('Process', 'KeyN'), null],
  ])('%o is recorded as %s', (pressed, written) => {
    expect(writtenKey(pressed)).toBe(written);
    if (written !== null) expect(matchesKey(written, pressed)).toBe(true);
  });

  test.each([
    ['Shift+[', press('{', 'BracketLeft', { shiftKey: true }), true],
    ['Shift+[', press('[', 'BracketLeft'), false],
    ['[', press('{', 'BracketLeft', { shiftKey: true }), false],
    ['Shift+\\', press('|', 'Backslash', { shiftKey: true }), true],
    ['[', press('[', 'Digit8', { ctrlKey: true, altKey: true, getModifierState: () => true }), true],
    ['[', press('[', 'Digit8', { ctrlKey: true, altKey: true }), false],
    ['Mod+,', press(',', 'Comma', { ctrlKey: true }), true],
  ])('%s against %o is %s', (written, pressed, isMatch) => {
    expect(matchesKey(written, pressed)).toBe(isMatch);
  });

  test('a key goes up whichever modifiers went before it', () => {
    expect(isReleasedBy('Shift+O', press('o', 'KeyO'))).toBe(true);
    expect(isReleasedBy('Shift+[', press('[', 'BracketLeft'))).toBe(true);
    expect(isReleasedBy('+', press('=', 'Equal'))).toBe(false);
    expect(isReleasedBy('O', press('p', 'KeyP'))).toBe(false);
  });
});

describe('key files', () => {
  const choice: KeyChoice = {
    preset: 'cvat',
    own: { 'review.flip': ['Shift+F', '+'], 'review.fit': [] },
  };

  test('what was exported is imported again, and is something the settings can hold', () => {
    const reading = readKeyFile(`\uFEFF${keyFileText(choice)}`);
    expect(reading).toEqual({ ok: true, choice, skipped: 0 });
    expect(settingsSchema.parse({ keyPreset: choice.preset, keys: choice.own }).keys).toEqual(choice.own);
  });

  test('a file too large for any key map is not read', () => {
    expect(readKeyFile(null)).toEqual({ ok: false, fault: 'large' });
    expect(readKeyFile(' '.repeat(300_000))).toEqual({ ok: false, fault: 'large' });
  });

  test.each([
    ['{', 'json'],
    ['', 'json'],
    ['null', 'shape'],
    ['[]', 'shape'],
    ['{"assayKeys": 2, "keys": {}}', 'shape'],
    ['{"assayKeys": 1, "keys": []}', 'shape'],
    ['{"assayKeys": 1}', 'shape'],
  ])('%s changes nothing', (text, fault) => {
    expect(readKeyFile(text)).toEqual({ ok: false, fault });
  });

  test('of a file that is partly no key map the rest is taken, and nothing reaches the prototype', () => {
    const keys = `{
      "review.flip": ["mod+x"],
      "review.fit": ["B", 7],
      "review.face": "B",
      "review.ruler": ["A","B","C","D","E","F","G"],
      "__proto__": ["B"],
      "constructor": ["B"],
      "a b.c": ["B"],
      "${'r'.repeat(500)}.x": ["B"],
      "review.camera": ["b", "B", "Shift+Alt+z"]
    }`;
    const reading = readKeyFile(`{"assayKeys": 1, "preset": "emacs", "keys": ${keys}}`);
    expect(reading).toEqual({
      ok: true,
      choice: { preset: 'assay', own: { 'review.camera': ['B', 'Alt+Shift+Z'] } },
      skipped: 9,
    });
    expect(Object.getPrototypeOf(reading)).toBe(Object.prototype);
  });

  test('a file with more commands than there are stops at the thousandth', () => {
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`room.c${at}`, ['B']]));
    const reading = readKeyFile(JSON.stringify({ assayKeys: 1, preset: 'assay', keys: many }));
    expect(reading.ok && [Object.keys(reading.choice.own).length, reading.skipped]).toEqual([1000, 2000]);
  });
});
