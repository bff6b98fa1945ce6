/** A key cap: every control shows the key that does the same. */
import { keyLabel, spokenKey } from '../app/keys.ts';
import styles from './Key.module.css';

export interface KeyProps {
  /** As written in the command: `Enter`, `Shift+1`. */
  readonly name: string;
  /** Where the key is the message, not an ornament of a control that has a name of its own. */
  readonly isSpoken?: boolean;
}

export function Key({ name, isSpoken = false }: KeyProps) {
  // Drawn by the style sheet from the attribute: as text it would count as part of what a button is called.
  return (
    <kbd
      className={styles.key}
      data-key={keyLabel(name)}
      {...(isSpoken ? { 'aria-label': spokenKey(name), role: 'img' } : { 'aria-hidden': true })}
    />
  );
}
