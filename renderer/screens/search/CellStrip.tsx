/** The drawn cells as a thin strip, by shape and colour. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CellVerdict } from '../../../shared/audit/state.ts';
import { useSession } from '../../state/context.tsx';
import { askedUnits, cellsOf } from '../review/course/askedUnits.ts';
import styles from '../review/strip.module.css';
import { windowAround } from '../review/unitMarks.ts';
import { cellName } from './cellName.ts';
import type { SearchDesk } from './searchDesk.ts';

const markPixels = 11;

/** A searched cell with misses is marked like a rejected label: something is wrong there. */
function markOf(verdict: CellVerdict | undefined): string {
  if (!verdict) return 'open';
  if (verdict.verdict !== 'searched') return verdict.verdict;
  return verdict.missed.length > 0 ? 'reject' : 'accept';
}

export function CellStrip({ desk }: { desk: SearchDesk }) {
  const { t } = useTranslation();
  const at = useStore(desk.store, (state) => state.at);
  const audit = useSession((facts) => facts.shown!);
  const element = useRef<HTMLElement>(null);
  const [height, setHeight] = useState(600);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setHeight(entry!.contentRect.height));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  const { from, to } = windowAround(
    at,
    desk.cells.length,
    Math.max(1, Math.floor((height - 8) / markPixels)),
  );
  const asked = askedUnits(desk.cells, cellsOf(audit));
  return (
    <nav className={styles.strip} ref={element} aria-label={t('search.strip')} data-testid="strip">
      {desk.cells.slice(from, to).map((cell, offset) => {
        const place = from + offset;
        const mark = markOf(audit.cellVerdicts.get(cell.id));
        const name = `${t('review.ofSample', { at: place + 1, total: desk.cells.length })}: ${cell.frame}, ${cellName(cell, audit.spec!.spec, t)}, ${t(`search.marks.${mark}`)}`;
        return (
          <button
            type="button"
            key={cell.id}
            className={styles.mark}
            data-mark={mark}
            data-beyond={place >= asked || undefined}
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
