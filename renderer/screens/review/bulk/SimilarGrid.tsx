/**
 * Open units of one class side by side, the odd ones first: a quick pass over what is alike. Tiles out of sight are
 * not made; their pictures are drawn straight into their canvases.
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemSentence } from '../../../../shared/messages/translate.ts';
import { useSession, useSettings } from '../../../state/context.tsx';
import { readPalette } from '../../../viewport/palette.ts';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import { createColumnPainter } from '../../../viewport/trackPictures/columnPainter.ts';
import { createTrackPictures } from '../../../viewport/trackPictures/trackPictures.ts';
import type { TrackOperations } from '../../../workers/trackProtocol.ts';
import { openWorkerChannel } from '../../../workers/workerChannel.ts';
import { useVisibleAudit } from '../pace/useVisibleAudit.ts';
import type { OfferedCode } from '../panels.tsx';
import { useDesk } from '../useDesk.ts';
import { BulkQuestion } from './BulkQuestion.tsx';
import styles from './bulk.module.css';
import { gridWindow } from './gridWindow.ts';
import { SimilarTile, tileSize } from './SimilarTile.tsx';
import { type Likeness, likenesses } from './similar.ts';
import { tileLook, tilePlan } from './tilePictures.ts';
import { fateOf } from './unitFate.ts';
import { type Bulk, useBulkState } from './useBulk.ts';
import { useBulkKeys } from './useBulkKeys.ts';

/** Pixels around the tiles within their scroller. */
const padding = 8;
/** Pictures of about five hundred tiles at twice the resolution. */
const picturesBytes = 192 * 1024 * 1024;

export function SimilarGrid({ bulk, codes }: { bulk: Bulk; codes: readonly OfferedCode[] }) {
  const isOpen = useBulkState(bulk.desk, (state) => state.scope === 'similar');
  return isOpen ? <GridBody bulk={bulk} codes={codes} /> : null;
}

function GridBody({ bulk, codes }: { bulk: Bulk; codes: readonly OfferedCode[] }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const audit = useVisibleAudit();
  const state = useBulkState(bulk.desk, (whole) => whole);
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ width: 0, height: 0, top: 0 });
  const shown = gridWindow(bulk.similar.length, tileSize, view);
  const painter = useTilePainter(bulk, shown.from, shown.to);
  const columns = useRef(1);
  columns.current = shown.columns;
  useBulkKeys({ bulk: bulk.desk, codes, columns: () => columns.current, isOpen: true });

  useLayoutEffect(() => {
    const element = scroller.current!;
    const measure = (): void =>
      setView({
        width: element.clientWidth - 2 * padding,
        height: element.clientHeight,
        top: element.scrollTop,
      });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  const row = Math.floor(state.cursor / shown.columns);
  useEffect(() => {
    const element = scroller.current!;
    const pitch = tileSize.height + tileSize.gap;
    const [top, bottom] = [row * pitch, (row + 1) * pitch + 2 * padding];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight;
  }, [row]);

  const { className, kind } = desk.unit();
  const isLabel = kind === 'cuboid' || kind === 'box2d' || kind === 'track';
  return (
    <section
      className={styles.similar}
      aria-label={t('bulk.titleSimilar', { class: className ?? '' })}
      data-testid="bulk-similar"
    >
      <header className={styles.head}>
        <h2 className={styles.title}>{t('bulk.titleSimilar', { class: className ?? '' })}</h2>
        <LikenessSwitch value={bulk.likeness} onChange={bulk.openSimilar} />
        <span className={styles.hint}>{t('bulk.oddFirst')}</span>
      </header>
      <div className={styles.scroller} ref={scroller} style={{ padding }} data-testid="bulk-tiles">
        {bulk.similar.length === 0 && (
          <p className={styles.empty}>{t(isLabel ? 'bulk.noSimilar' : 'bulk.noLabel')}</p>
        )}
        <div className={styles.canvas} style={{ height: shown.height }}>
          {bulk.similar.slice(shown.from, shown.to).map((one, offset) => {
            const place = shown.from + offset;
            return (
              <SimilarTile
                key={one.unit.id}
                one={one}
                fate={fateOf(one.unit, state, audit)}
                isCurrent={place === state.cursor}
                column={place % shown.columns}
                row={Math.floor(place / shown.columns)}
                painter={painter}
                onPick={() => bulk.desk.moveTo(place)}
              />
            );
          })}
        </div>
      </div>
      <BulkQuestion bulk={bulk.desk} scope="similar" />
    </section>
  );
}

function LikenessSwitch({ value, onChange }: { value: Likeness; onChange: (value: Likeness) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.likeness}>
      <legend className={styles.hidden}>{t('bulk.likeness.label')}</legend>
      {likenesses.map((likeness) => (
        <label key={likeness} data-chosen={likeness === value || undefined}>
          <input
            type="radio"
            name="likeness"
            checked={likeness === value}
            onChange={() => onChange(likeness)}
          />
          {t(`bulk.likeness.${likeness}`)}
        </label>
      ))}
    </fieldset>
  );
}

/** One worker and one store of pictures while the grid is open; what is in sight is wanted first. */
function useTilePainter(bulk: Bulk, from: number, to: number) {
  const { t } = useTranslation();
  const { index } = useEngine();
  const delivery = useSession((state) => state.opened!.delivery);
  const colourMap = useSettings((state) => state.settings.colourMap);
  const { similar } = bulk;
  const look = useMemo(
    () => tileLook(index, delivery, similar, readPalette(document.documentElement, colourMap)),
    [index, delivery, similar, colourMap],
  );
  const [made] = useState(() => {
    const pictures = createTrackPictures({
      open: () =>
        openWorkerChannel<TrackOperations>(
          new Worker(new URL('../../../workers/track.worker.ts', import.meta.url), { type: 'module' }),
        ),
      // The grid lies over the views: nothing else is waited for.
      isCalm: () => true,
      budgetBytes: picturesBytes,
    });
    const painter = createColumnPainter({
      pictures,
      colours: () => {
        const style = getComputedStyle(document.documentElement);
        return {
          background: style.getPropertyValue('--bg-sunken'),
          mark: style.getPropertyValue('--text-dim'),
        };
      },
      sentence: (problem) => problemSentence(t, problem),
    });
    return { pictures, painter };
  });
  useEffect(
    () => () => {
      made.painter.dispose();
      made.pictures.dispose();
    },
    [made],
  );
  useEffect(() => {
    const wishes = similar.slice(from, to).flatMap((one) => tilePlan(look, one).wishes);
    made.pictures.want(wishes);
  }, [made, look, similar, from, to]);
  return useMemo(() => ({ painter: made.painter, look }), [made, look]);
}
