/**
 * The one listener that turns key presses into commands. Silent in text fields, in dialogs and while an input
 * method composes; a held key never runs a command twice unless the command says that it repeats.
 */
import type { Command, CommandRegistry } from './commands.ts';
import { isReleasedBy } from './keys.ts';

/** Listens until the answer is called. */
export function listenToKeys(target: Window, registry: CommandRegistry): () => void {
  const held = new Set<Command>();

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || isComposed(event)) return;
    if (belongsToField(event) || isInDialog(event)) return;
    const command = registry.find(event);
    if (command === null) return;
    if (isActivation(event) && isFocusedControl(event.target)) return;
    event.preventDefault();
    if (event.repeat && !command.repeats) return;
    if (command.release) held.add(command);
    registry.run(command);
  }

  function onKeyUp(event: KeyboardEvent): void {
    for (const command of held) {
      if (command.keys.some((key) => isReleasedBy(key, event))) letGo(command);
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

/** What an input method sends while characters are chosen. Some say it only by the old code 229. */
function isComposed(event: KeyboardEvent): boolean {
  return event.isComposing || event.key === 'Process' || event.keyCode === 229;
}

const fieldSelector =
  'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable=true]';

/** Text goes to the field. Characters with Ctrl or Command still reach the window, but for those that edit. */
function belongsToField(event: KeyboardEvent): boolean {
  const isField = event.target instanceof Element && event.target.closest(fieldSelector) !== null;
  const isChord = (event.ctrlKey || event.metaKey) && event.key.length === 1;
  // On keyboards of other scripts the place says which letter it is.
  const letter = /^[!-~]$/.test(event.key) ? event.key : event.code.replace('Key', '');
  return isField && !(isChord && !/^[acvxyz]$/i.test(letter));
}

/** A dialog that leaves the rest of the window at work (the tour) leaves its keys at work, too. */
function isInDialog(event: KeyboardEvent): boolean {
  return (
    event.target instanceof Element &&
    event.target.closest('[role=dialog]:not([aria-modal=false]), [role=listbox], [role=menu]') !== null
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
