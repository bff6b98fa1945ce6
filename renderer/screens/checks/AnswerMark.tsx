/** What was answered, as a shape with its word. */
import { Check, CircleDashed, Minus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TriageAnswer } from '../../../shared/audit/state.ts';
import styles from './checks.module.css';

const shapes = { defect: X, dismissed: Minus, normal: Check, open: CircleDashed } as const;

export function AnswerMark({ answer }: { answer: TriageAnswer['answer'] | null }) {
  const { t } = useTranslation();
  const state = answer ?? 'open';
  const Shape = shapes[state];
  return (
    <span className={styles.answerMark} data-answer={state}>
      <Shape size={13} aria-hidden="true" /> {t(`checks.state.${state}`)}
    </span>
  );
}
