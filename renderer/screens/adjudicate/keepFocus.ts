/** Mixing mouse and keys: a control that was merely clicked must not take Enter from the bench afterwards. */
import type { MouseEvent } from 'react';

/** Leaves the focus where it is; by Tab the control is reached as ever. */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
