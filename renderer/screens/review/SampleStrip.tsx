/** The sample as a thin strip: one mark a unit, in the order they are shown, by shape and colour. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../state/context.tsx';
import styles from './strip.module.css';
import { unitMark, windowAround } from './unitMarks.ts';
import { unitName } from './unitName.ts';
import { useDesk, useDeskState } from './useDesk.ts';

const markPixels = 11;

export function SampleStrip() {
  const { t } = useTranslation();
  const desk = useDesk();
  const at = useDeskState((state) => state.at);
  const given = useDeskState((state) => state.given);
  const audit = useSession((state) => state.shown!);
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
  return (
    <nav className={styles.strip} ref={element} aria-label={t('review.strip')} data-testid="strip">
      {desk.units.slice(from, to).map((unit, offset) => {
        const place = from + offset;
        const mark = unitMark(audit, unit);
        const name = `${t('review.ofSample', { at: place + 1, total: desk.units.length })}: ${unitName(unit)}, ${t(`review.marks.${mark}`)}`;
        return (
          <button
            type="button"
            key={unit.id}
            className={styles.mark}
            data-mark={mark}
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
