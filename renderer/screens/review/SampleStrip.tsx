/** The sample, or the targeted queue, as a thin strip: one mark a unit, in the order they are shown, by shape and colour. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hastyMs, isHasty } from '../../../shared/audit/pace.ts';
import { askedUnits, labelsOf } from './course/askedUnits.ts';
import { useVisibleAudit } from './pace/useVisibleAudit.ts';
import styles from './strip.module.css';
import { unitMark, windowAround } from './unitMarks.ts';
import { unitName } from './unitName.ts';
import { useDeskState, useDeskValue } from './useDesk.ts';

const markPixels = 11;

export function SampleStrip() {
  const { t } = useTranslation();
  const { desk, queue } = useDeskValue();
  const at = useDeskState((state) => state.at);
  const given = useDeskState((state) => state.given);
  const isWarmUp = useDeskState((state) => state.warmUp !== null);
  const audit = useVisibleAudit();
  const element = useRef<HTMLElement>(null);
  const [height, setHeight] = useState(600);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setHeight(entry!.contentRect.height));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  const { from, to } = windowAround(
    at,
    desk.units.length,
    Math.max(1, Math.floor((height - 8) / markPixels)),
  );
  const asked = askedUnits(desk.units, labelsOf(audit));
  // Its place in the sample would say which unit comes up once more.
  const units = isWarmUp ? [] : desk.units.slice(from, to);
  return (
    <nav
      className={styles.strip}
      ref={element}
      data-queue={queue}
      aria-label={t(queue === 'sample' ? 'review.strip' : 'targets.strip')}
      data-testid="strip"
    >
      {units.map((unit, offset) => {
        const place = from + offset;
        const mark = unitMark(audit, unit);
        const verdict = audit.verdicts.get(unit.id);
        const hasty = verdict !== undefined && isHasty(verdict);
        const beyond = place >= asked ? `, ${t('sequential.beyondMark')}` : '';
        const name = `${t(queue === 'sample' ? 'review.ofSample' : 'targets.ofQueue', { at: place + 1, total: desk.units.length })}: ${unitName(unit)}, ${t(`review.marks.${mark}`)}${hasty ? `, ${t('pace.hasty', { seconds: hastyMs / 1000 })}` : ''}${beyond}`;
        return (
          <button
            type="button"
            key={unit.id}
            className={styles.mark}
            data-mark={mark}
            data-hasty={hasty || undefined}
            data-beyond={place >= asked || undefined}
            data-pending={given.has(unit.id) || undefined}
            aria-current={place === at ? 'true' : undefined}
            tabIndex={place === at ? 0 : -1}
            title={name}
            aria-label={name}
            onClick={() => desk.goTo(place)}
          />
        );
      })}
    </nav>
  );
}
