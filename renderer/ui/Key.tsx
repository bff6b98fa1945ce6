/** A key cap: every control shows the key that does the same. */
import { keyLabel } from '../app/keys.ts';
import styles from './Key.module.css';

export interface KeyProps {
  /** As written in the command: `Enter`, `Shift+1`. */
  readonly name: string;
}

export function Key({ name }: KeyProps) {
  return (
    <span className={styles.key} aria-hidden="true">
      {keyLabel(name)}
    </span>
  );
}
