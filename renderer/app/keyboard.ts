/**
 * The one listener that turns key presses into commands. Silent in text fields, in dialogs and while an input
 * method composes; a held key never runs a command twice unless the command says that it repeats.
 */
import type { Command, CommandRegistry } from './commands.ts';
import { matchesKey } from './keys.ts';

/** Listens until the answer is called. */
export function listenToKeys(target: Window, registry: CommandRegistry): () => void {
  const held = new Set<Command>();

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.key === 'Process') return;
    if (belongsToField(event) || isInDialog(event)) return;
    const command = registry.find(event);
    if (command === null) return;
    if (isActivation(event) && isFocusedControl(event.target)) return;
    event.preventDefault();
    if (event.repeat && !command.repeats) return;
    if (command.release) held.add(command);
    command.run();
  }

  function onKeyUp(event: KeyboardEvent): void {
    const name = { ...modifiersOff, key: event.key, code: event.code };
    for (const command of held) {
      if (command.keys.some((key) => matchesKey(key.split('+').at(-1) ?? key, name))) letGo(command);
    }
  }

  function letGo(command: Command): void {
    held.delete(command);
    command.release?.();
  }

  function onBlur(): void {
    for (const command of held) letGo(command);
  }

  target.addEventListener('keydown', onKeyDown);
  target.addEventListener('keyup', onKeyUp);
  target.addEventListener('blur', onBlur);
  return () => {
    target.removeEventListener('keydown', onKeyDown);
    target.removeEventListener('keyup', onKeyUp);
    target.removeEventListener('blur', onBlur);
  };
}

const modifiersOff = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

const fieldSelector =
  'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable=true]';

/** Text goes to the field. Keys with Ctrl or Command that no field uses still reach the window. */
function belongsToField(event: KeyboardEvent): boolean {
  const isField = event.target instanceof Element && event.target.closest(fieldSelector) !== null;
  const isWindowKey = (event.ctrlKey || event.metaKey) && /^[kos,]$/i.test(event.key);
  return isField && !isWindowKey;
}

function isInDialog(event: KeyboardEvent): boolean {
  return (
    event.target instanceof Element &&
    event.target.closest('[role=dialog], [role=listbox], [role=menu]') !== null
  );
}

function isActivation(event: KeyboardEvent): boolean {
  return event.key === 'Enter' || event.code === 'Space';
}

/** Enter and Space belong to a control the person tabbed to, not to one that was merely clicked before. */
function isFocusedControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.matches(':focus-visible') &&
    target.closest(
      'button, a[href], summary, input, [role=button], [role=tab], [role=option], [role=row], [role=slider]',
    ) !== null
  );
}
