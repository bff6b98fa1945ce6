/**
 * Keys as written in a command (`Enter`, `Mod+K`, `Shift+2`, `?`) and as pressed. Letters are taken from the
 * character, then from the key's place, so that shortcuts work on keyboards of other scripts; digits always from
 * the place, since Shift changes their character.
 */
export interface PressedKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const isApple = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? '');

/** True where the written key is the pressed one. `Mod` is Command on Apple machines and Ctrl elsewhere. */
export function matchesKey(written: string, pressed: PressedKey): boolean {
  const parts = written === '+' ? ['+'] : written.split('+');
  const name = parts.at(-1)!;
  const has = (modifier: string): boolean => parts.slice(0, -1).includes(modifier);
  const mod = isApple ? pressed.metaKey : pressed.ctrlKey;
  const other = isApple ? pressed.ctrlKey : pressed.metaKey;
  if (has('Mod') !== mod || other || has('Alt') !== pressed.altKey) return false;
  if (!isSymbol(name) && has('Shift') !== pressed.shiftKey) return false;
  return matchesName(name, pressed);
}

/** Shift is part of how a symbol is typed, and differs from keyboard to keyboard. */
function isSymbol(name: string): boolean {
  return name.length === 1 && !/[a-z0-9 ]/i.test(name);
}

function matchesName(name: string, { key, code }: PressedKey): boolean {
  if (/^[0-9]$/.test(name)) return code === `Digit${name}` || code === `Numpad${name}`;
  if (/^[a-z]$/i.test(name)) {
    return /^[a-z]$/i.test(key)
      ? key.toLowerCase() === name.toLowerCase()
      : code === `Key${name.toUpperCase()}`;
  }
  if (name === 'Space') return code === 'Space';
  return key === name;
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
  const parts = written === '+' ? ['+'] : written.split('+');
  const labels = parts.map((part) => symbols[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return labels.every((label) => label.length === 1) ? labels.join('') : labels.join('+');
}
