/** Keys as written and as pressed, and one list of commands without clashes. */
import { describe, expect, test } from 'vitest';
import { type Command, createCommandRegistry } from '../../../renderer/app/commands.ts';
import { keyLabel, matchesKey, type PressedKey } from '../../../renderer/app/keys.ts';

function pressed(key: string, code: string, held: Partial<PressedKey> = {}): PressedKey {
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('keys', () => {
  test.each([
    ['a', pressed('a', 'KeyA'), true],
    ['A', pressed('a', 'KeyA'), true],
    ['a', pressed('A', 'KeyA', { shiftKey: true }), false],
    ['Shift+A', pressed('A', 'KeyA', { shiftKey: true }), true],
    ['a', pressed('a', 'KeyA', { ctrlKey: true }), false],
    ['Mod+K', pressed('k', 'KeyK', { ctrlKey: true }), true],
    ['Mod+K', pressed('k', 'KeyK'), false],
    ['Mod+K', pressed('k', 'KeyK', { ctrlKey: true, altKey: true }), false],
    ['Alt+2', pressed('2', 'Digit2', { altKey: true }), true],
    // Shift changes what a digit types, and a French row types digits only with it: the place decides.
    ['Shift+1', pressed('!', 'Digit1', { shiftKey: true }), true],
    ['1', pressed('&', 'Digit1'), true],
    ['1', pressed('1', 'Numpad1'), true],
    ['1', pressed('1', 'Digit2'), false],
    // A Cyrillic layout types another letter at the same place.
    ['p', pressed('з', 'KeyP'), true],
    // A Dvorak layout types the letter elsewhere: the character decides.
    ['p', pressed('p', 'KeyR'), true],
    ['r', pressed('p', 'KeyR'), false],
    ['?', pressed('?', 'Slash', { shiftKey: true }), true],
    ['?', pressed('?', 'Minus', { shiftKey: true }), true],
    ['[', pressed('[', 'BracketLeft'), true],
    ['Enter', pressed('Enter', 'Enter'), true],
    ['Enter', pressed('Enter', 'Enter', { shiftKey: true }), false],
    ['Space', pressed(' ', 'Space'), true],
    ['ArrowLeft', pressed('ArrowLeft', 'ArrowLeft'), true],
    ['+', pressed('+', 'Equal', { shiftKey: true }), true],
  ])('%s against %o is %s', (written, key, isMatch) => {
    expect(matchesKey(written, key)).toBe(isMatch);
  });

  test.each([
    ['Enter', '↵'],
    ['Shift+1', '⇧1'],
    ['Mod+K', 'Ctrl+K'],
    ['Alt+2', 'Alt+2'],
    ['a', 'A'],
    ['Delete', 'Delete'],
    ['+', '+'],
  ])('%s is shown as %s', (written, label) => {
    expect(keyLabel(written)).toBe(label);
  });
});

describe('command registry', () => {
  const command = (id: string, room: string, keys: string[], isEnabled = true): Command => ({
    id,
    room,
    titleKey: `commands.${id}`,
    keys,
    run: () => undefined,
    isEnabled: () => isEnabled,
  });

  test('finds the command of a key, and loses it when it is taken away', () => {
    const registry = createCommandRegistry();
    const remove = registry.add(command('review.accept', 'review', ['Enter']));
    expect(registry.find(pressed('Enter', 'Enter'))?.id).toBe('review.accept');
    remove();
    expect(registry.find(pressed('Enter', 'Enter'))).toBeNull();
  });

  test('a command that is not enabled is not found', () => {
    const registry = createCommandRegistry();
    registry.add(command('plan.freeze', 'plan', ['Mod+Enter'], false));
    expect(registry.find(pressed('Enter', 'Enter', { ctrlKey: true }))).toBeNull();
  });

  test('two commands that are live together never share a key or a name', () => {
    const registry = createCommandRegistry();
    registry.add(command('app.theme', 'app', ['Shift+T']));
    registry.add(command('review.accept', 'review', ['Enter', 'a']));
    expect(() => registry.add(command('review.again', 'review', ['a']))).toThrow('both want a');
    expect(() => registry.add(command('search.turn', 'search', ['Shift+T']))).toThrow('both want Shift+T');
    expect(() => registry.add(command('review.accept', 'search', ['x']))).toThrow('two commands are named');
    expect(() => registry.add(command('search.accept', 'search', ['Enter']))).not.toThrow();
  });
});
