/** The measured gap as a caption to what is drawn in the views: the number with its limit. */
import { useTranslation } from 'react-i18next';
import { type FaceFinding, fewestPoints } from './faceFindings.ts';
import styles from './side.module.css';

export function EvidenceNote({
  findings: { inside, faces },
}: {
  findings: { readonly inside: number | null; readonly faces: readonly FaceFinding[] };
}) {
  const { t } = useTranslation();
  if (inside === null) return null;
  const worst = faces[0];
  if (!worst) {
    const text = inside === 0 ? t('review.gapNone') : t('review.gapFewPoints', { count: inside });
    return (
      <p className={styles.evidence} data-over={inside === 0 || undefined} data-testid="evidence">
        {inside < fewestPoints ? text : t('review.gapUnseen')}
      </p>
    );
  }
  const meters = worst.meters.toFixed(2);
  const sentence = worst.isOver
    ? t('review.gapBeyond', { face: t(`review.face.${worst.face}`), meters })
    : t('review.gapWithin', { meters });
  const limit =
    worst.limitMeters === null
      ? t('review.gapNoLimit')
      : t('review.gapLimit', { meters: worst.limitMeters.toFixed(2) });
  return (
    <p className={styles.evidence} data-over={worst.isOver || undefined} data-testid="evidence">
      <span>{sentence}</span>
      <small>{limit}</small>
    </p>
  );
}
