/** What is on screen in one sentence, for those who hear the screen instead of seeing the canvas. */
import { useTranslation } from 'react-i18next';
import { trackName } from '../../viewport/trackName.ts';
import { rangeOf } from './labelFacts.ts';
import { useVisibleAudit } from './pace/useVisibleAudit.ts';
import styles from './review.module.css';
import { unitMark } from './unitMarks.ts';
import type { Subject } from './useSubject.ts';

export function SpokenSubject({ subject, inside }: { subject: Subject | null; inside: number | null }) {
  const { t } = useTranslation();
  const audit = useVisibleAudit();
  const label = subject?.label;
  if (!subject || !label?.isUsable || inside === null) return null;
  const [length, width, height] = label.size.map((extent) => extent.toFixed(1));
  return (
    <p className={styles.spoken} aria-live="polite" data-testid="spoken">
      {t('review.spoken', {
        class: label.className,
        track: label.track === null ? t('review.fact.none') : trackName(label.track),
        range: rangeOf(label).toFixed(0),
        length,
        width,
        height,
        points: inside,
        mark: t(`review.marks.${unitMark(audit, subject.unit)}`),
      })}
    </p>
  );
}
