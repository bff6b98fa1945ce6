/**
 * The keys of an open group. They come before those of the desk, which would judge the one unit shown; what they do
 * not know goes on to the desk, so that views can still be turned. A held key moves and never records.
 */
import { useEffect, useRef } from 'react';
import type { OfferedCode } from '../panels.tsx';
import { defectEntry } from '../verdictDrafts.ts';
import type { BulkDesk } from './bulkDesk.ts';

/** Keys of the desk that judge, comment or go elsewhere: with a group open they would act on one unit of it. */
const silenced = new Set(['0', 'u', 's', 'z', 'f', 'c', 'g', 'i', 'a', ' ', 'x', 'j', 'k', '[', ']']);

export interface BulkKeys {
  readonly bulk: BulkDesk;
  readonly codes: readonly OfferedCode[];
  /** Units in a row: how far Up and Down go. */
  readonly columns: () => number;
  readonly isOpen: boolean;
}

export function useBulkKeys({ bulk, codes, columns, isOpen }: BulkKeys): void {
  const latest = useRef({ codes, columns });
  latest.current = { codes, columns };
  useEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isElsewhere(event.target)) return;
      if (!actOn(bulk, event, latest.current.codes, latest.current.columns())) return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [bulk, isOpen]);
}

/** True where the key belongs to the group. */
function actOn(
  bulk: BulkDesk,
  { key, code, shiftKey, repeat, target }: KeyboardEvent,
  codes: readonly OfferedCode[],
  columns: number,
): boolean {
  const isControl = target instanceof Element && target.matches('button:focus-visible, select');
  // A switch the person tabbed to is turned by its arrows.
  if (key.startsWith('Arrow') && isSwitch(target)) return false;
  switch (key) {
    case 'ArrowDown':
      bulk.move(columns);
      return true;
    case 'ArrowUp':
      bulk.move(-columns);
      return true;
    case 'ArrowRight':
      bulk.move(1);
      return true;
    case 'ArrowLeft':
      bulk.move(-1);
      return true;
    case 'Home':
      bulk.moveTo(0);
      return true;
    case 'End':
      bulk.moveTo(Number.MAX_SAFE_INTEGER);
      return true;
    case 'Escape':
      bulk.close();
      return true;
    case 'Enter':
      // Enter belongs to a control the person tabbed to.
      if (isControl) return false;
      if (!repeat) bulk.give();
      return true;
  }
  if (isControl && key === ' ') return false;
  const letter = key.toLowerCase();
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  const offered = !shiftKey && codes.find((one) => String(one.digit) === (digit ?? key));
  if (offered) {
    if (!repeat) bulk.except({ verdict: 'reject', defects: [defectEntry(offered.defect, null, '', null)] });
    return true;
  }
  if (!repeat && !shiftKey && letter === 'u') bulk.except({ verdict: 'unsure', defects: [] });
  else if (!repeat && !shiftKey && (letter === 'x' || key === ' ')) bulk.toggleLeftOut();
  else if (letter === 'j') bulk.move(1);
  else if (letter === 'k') bulk.move(-1);
  return silenced.has(letter) || (digit !== undefined && !shiftKey) || (shiftKey && digit !== undefined);
}

function isSwitch(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input[type=radio]:focus-visible');
}

/** In a text field or in a dialog over the group. */
function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type=radio]), textarea, [contenteditable=true], [role=dialog]') !== null
  );
}
