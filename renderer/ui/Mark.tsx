/** A judgement in shape, colour and word together, so that none of them stands alone. */
import { Check, CircleQuestionMark, Minus, Pause, X } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Mark.module.css';

export type MarkKind = 'accept' | 'reject' | 'unsure' | 'hold' | 'none';

/** Drawn, not typed: not every font has these signs. */
const shapes = { accept: Check, reject: X, unsure: CircleQuestionMark, hold: Pause, none: Minus } as const;

export function Mark({ kind, children }: { kind: MarkKind; children?: ReactNode }) {
  const Shape = shapes[kind];
  return (
    <span className={styles.mark} data-kind={kind}>
      <Shape className={styles.shape} size="1em" strokeWidth={2.5} aria-hidden="true" />
      {children}
    </span>
  );
}
