/**
 * Keys as written in a command (`Enter`, `Mod+K`, `Shift+2`, `?`, `Shift+[`) and as pressed. Letters are taken from
 * the character, then from the key's place, so that shortcuts work on keyboards of other scripts; digits always from
 * the place, since Shift changes their character. A symbol is what is typed, however the keyboard types it; only
 * where `Shift+` stands before it does its place on a US keyboard count as well.
 */
export interface PressedKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** As the browser's event has it; asked only for AltGraph, which Windows reports as Ctrl and Alt. */
  getModifierState?(key: string): boolean;
}

const isApple = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? '');

/** The order modifiers are written in. */
const modifiers = ['Mod', 'Alt', 'Shift'] as const;

/** Where symbols lie on a US keyboard, for those that are written with Shift. */
const symbolPlaces: Readonly<Record<string, string>> = {
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '\\': 'Backslash',
  ';': 'Semicolon',
  "'": 'Quote',
  ',': 'Comma',
  '.': 'Period',
  '/': 'Slash',
  '-': 'Minus',
  '=': 'Equal',
  '`': 'Backquote',
};

/** Keys with a name of more than one letter that a command may have. */
const namedKeys: ReadonlySet<string> = new Set([
  'Enter',
  'Escape',
  'Space',
  'Tab',
  'Backspace',
  'Delete',
  'Insert',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  ...Array.from({ length: 12 }, (_, at) => `F${at + 1}`),
]);

interface KeyParts {
  readonly held: readonly string[];
  readonly name: string;
}

function partsOf(written: string): KeyParts {
  // The key `+` itself, alone or after modifiers.
  if (written === '+' || written.endsWith('++')) return { held: written.split('+').slice(0, -2), name: '+' };
  const parts = written.split('+');
  return { held: parts.slice(0, -1), name: parts.at(-1)! };
}

/** True where the written key is the pressed one. `Mod` is Command on Apple machines and Ctrl elsewhere. */
export function matchesKey(written: string, pressed: PressedKey): boolean {
  const { held, name } = partsOf(written);
  const has = (modifier: string): boolean => held.includes(modifier);
  if (isSymbol(name) && held.length === 0 && pressed.getModifierState?.('AltGraph')) {
    return pressed.key === name;
  }
  const mod = isApple ? pressed.metaKey : pressed.ctrlKey;
  const other = isApple ? pressed.ctrlKey : pressed.metaKey;
  if (has('Mod') !== mod || other || has('Alt') !== pressed.altKey) return false;
  // Shift is part of how a symbol is typed, and differs from keyboard to keyboard.
  const isShiftFree = isSymbol(name) && !has('Shift');
  if (!isShiftFree && has('Shift') !== pressed.shiftKey) return false;
  if (isSymbol(name) && has('Shift')) return pressed.code === symbolPlaces[name] || pressed.key === name;
  return matchesName(name, pressed);
}

/** True where the key that goes up is the written one, whichever modifiers went up before it. */
export function isReleasedBy(written: string, { key, code }: Pick<PressedKey, 'key' | 'code'>): boolean {
  const { name } = partsOf(written);
  return isSymbol(name) ? key === name || code === symbolPlaces[name] : matchesName(name, { key, code });
}

function isSymbol(name: string): boolean {
  return name.length === 1 && !/[a-z0-9 ]/i.test(name);
}

function matchesName(name: string, { key, code }: Pick<PressedKey, 'key' | 'code'>): boolean {
  if (/^[0-9]$/.test(name)) return code === `Digit${name}` || code === `Numpad${name}`;
  if (/^[a-z]$/i.test(name)) {
    return /^[a-z]$/i.test(key)
      ? key.toLowerCase() === name.toLowerCase()
      : code === `Key${name.toUpperCase()}`;
  }
  if (name === 'Space') return code === 'Space';
  return key === name;
}

/**
 * A written key in the one form that two can be compared in: modifiers in order, letters large. Null where it is
 * none that a command may have, e.g. in a file somebody edited.
 */
export function canonicalKey(written: string): string | null {
  if (written.length === 0 || written.length > 24) return null;
  const { held, name } = partsOf(written);
  const isKnown = /^[a-z0-9]$/i.test(name) || namedKeys.has(name) || /^[!-~]$/.test(name);
  const isInOrder = held.every((part) => modifiers.some((modifier) => modifier === part));
  if (!isKnown || !isInOrder || new Set(held).size !== held.length) return null;
  const letter = name.length === 1 ? name.toUpperCase() : name;
  return [...modifiers.filter((modifier) => held.includes(modifier)), letter].join('+');
}

/** True where two written keys are the same press. */
export function isSameKey(a: string, b: string): boolean {
  return (canonicalKey(a) ?? a) === (canonicalKey(b) ?? b);
}

/** A pressed key as a command writes it; null while only modifiers are down, or where the key has no name. */
export function writtenKey(pressed: PressedKey): string | null {
  const { key, code, shiftKey, altKey } = pressed;
  if (key === 'Process' || key === 'Dead' || key === 'Unidentified') return null;
  const mod = isApple ? pressed.metaKey : pressed.ctrlKey;
  const isAltGraph = isSymbol(key) && Boolean(pressed.getModifierState?.('AltGraph'));
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  const letter = /^[a-z]$/i.test(key) ? key : /^Key([A-Z])$/.exec(code)?.[1];
  const place = isAltGraph ? undefined : (digit ?? letter?.toUpperCase());
  const name = place ?? (code === 'Space' ? 'Space' : key);
  const held = [
    ...(mod && !isAltGraph ? ['Mod'] : []),
    ...(altKey && !isAltGraph ? ['Alt'] : []),
    ...(shiftKey && !isSymbol(name) ? ['Shift'] : []),
  ];
  return canonicalKey([...held, name].join('+'));
}

const symbols: Readonly<Record<string, string>> = {
  Enter: '↵',
  Shift: '⇧',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Backspace: '⌫',
  Space: '␣',
  Mod: isApple ? '⌘' : 'Ctrl',
};

/** Short form for a key cap: `Shift+1` is `⇧1`. */
export function keyLabel(written: string): string {
  const { held, name } = partsOf(written);
  const labels = [...held, name].map(
    (part) => symbols[part] ?? (part.length === 1 ? part.toUpperCase() : part),
  );
  return labels.every((label) => label.length === 1) ? labels.join('') : labels.join('+');
}

/** The same as assistive technology wants it: `Control+K`, `Shift+1`. */
export function spokenKey(written: string): string {
  const { held, name } = partsOf(written);
  return [...held.map((part) => (part === 'Mod' ? (isApple ? 'Meta' : 'Control') : part)), name].join('+');
}
