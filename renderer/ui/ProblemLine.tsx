/** One problem as a sentence, with its file and place beside it. */
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../shared/base/problem.ts';
import { problemSentence } from '../../shared/messages/translate.ts';
import styles from './ProblemLine.module.css';

const icons = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;
const words = {
  error: 'app.severityError',
  warning: 'app.severityWarning',
  info: 'app.severityInfo',
} as const;

export function ProblemLine({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const Icon = icons[problem.severity];
  return (
    <p className={styles.line} data-severity={problem.severity} data-code={problem.code} role="alert">
      <Icon size={16} className={styles.icon} aria-label={t(words[problem.severity])} />
      <span className={styles.words}>
        {problemSentence(t, problem)}
        {problem.path !== '' && (
          <span className={styles.place}>
            {problem.path} {problem.place ?? ''}
          </span>
        )}
      </span>
    </p>
  );
}
