/** A judgement in shape, colour and word together, so that none of them stands alone. */
import styles from './Mark.module.css';

export type MarkKind = 'accept' | 'reject' | 'unsure' | 'hold' | 'none';

const shapes: Readonly<Record<MarkKind, string>> = {
  accept: '✓',
  reject: '✕',
  unsure: '?',
  hold: '⏸',
  none: '·',
};

export function Mark({ kind, children }: { kind: MarkKind; children?: React.ReactNode }) {
  return (
    <span className={styles.mark} data-kind={kind}>
      <i className={styles.shape} aria-hidden="true">
        {shapes[kind]}
      </i>
      {children}
    </span>
  );
}
