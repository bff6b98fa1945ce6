/** A plain warning where units come from few scenes and tell less than their number, or one line that they do not. */
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ClusterSubject, type ClusterWords, predictedWords } from '../../shared/report/clusterWords.ts';
import styles from './ClusterNote.module.css';

/** Before the draw: what so many units from so many scenes will be worth, as scenes usually go. */
export function ClusterNote(subject: ClusterSubject) {
  const { t } = useTranslation();
  return <ClusterText said={predictedWords(subject, t)} />;
}

export function ClusterText({ said }: { said: ClusterWords }) {
  if (!said.isWarning) return <p className={styles.fine}>{said.lead}</p>;
  return (
    <div className={styles.note} role="note" data-testid="cluster-note">
      <TriangleAlert size={18} aria-hidden="true" className={styles.sign} />
      <div>
        <p className={styles.lead}>{said.lead}</p>
        {said.lines.map((line) => (
          <p key={line} className={styles.line}>
            {line}
          </p>
        ))}
      </div>
    </div>
  );
}
