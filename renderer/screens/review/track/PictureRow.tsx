/** The small pictures of the track, as many columns as are on screen; a click goes to that frame. */
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../state/context.tsx';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import type { ColumnPainter } from '../../../viewport/trackPictures/columnPainter.ts';
import { useDesk } from '../useDesk.ts';
import type { Subject } from '../useSubject.ts';
import { type ColumnPlan, planColumn, type StripLook } from './pictureWishes.ts';
import { itemsInView, markBar, outwards, rowGap, type StripLayout } from './stripLayout.ts';
import styles from './track.module.css';
import type { TrackColumn } from './trackColumns.ts';
import type { StripFacts } from './useStripFacts.ts';
import { useTrackPictures } from './useTrackPictures.ts';

/** Pixels between columns, and columns kept beside those on screen. */
const columnGap = 2;
const spareColumns = 3;

export interface PictureRowProps {
  readonly subject: Subject;
  readonly facts: StripFacts;
  readonly layout: StripLayout;
  readonly width: number;
}

export function PictureRow({ subject, facts, layout, width }: PictureRowProps) {
  const { t } = useTranslation();
  const { index } = useEngine();
  const desk = useDesk();
  const delivery = useSession((state) => state.opened!.delivery);
  const { pictures, painter, palette } = useTrackPictures();
  const { columns, series, marks } = facts;
  const { columnWidth } = layout;
  const step = columnWidth + columnGap;
  const current = columns.findIndex(({ frame }) => frame === subject.frame);
  const ratio = window.devicePixelRatio || 1;
  const toleranceMeters = subject.limits?.centerMeters ?? 0;

  const plan = useMemo(() => {
    const look: StripLook = {
      index,
      address: { base: document.baseURI, delivery },
      series,
      layout,
      toleranceMeters,
      palette,
      ratio,
    };
    const made = new Map<TrackColumn, ColumnPlan>();
    return (column: TrackColumn): ColumnPlan => {
      const known = made.get(column) ?? planColumn(look, column);
      made.set(column, known);
      return known;
    };
  }, [index, delivery, series, layout, toleranceMeters, palette, ratio]);

  const scroller = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState(0);
  const { from, to } = itemsInView(scrolled, width, step, columns.length, spareColumns);

  // Another track comes with its frame in the middle; within one, the strip moves only where it must.
  const placedFor = useRef<readonly TrackColumn[] | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current!;
    const left = current * step;
    if (placedFor.current !== columns) element.scrollLeft = left - (width - step) / 2;
    else if (left < element.scrollLeft + step) element.scrollLeft = left - step;
    else if (left + 2 * step > element.scrollLeft + width) element.scrollLeft = left + 2 * step - width;
    placedFor.current = columns;
    setScrolled(element.scrollLeft);
  }, [columns, current, step, width]);

  useEffect(() => {
    const plans = outwards(from, to, current).map((at) => plan(columns[at]!));
    const wishes = plans.flatMap((column) => column.wishes);
    // Cameras decode for long: what the points say of every column comes first.
    pictures.want([
      ...wishes.filter(({ kind }) => kind === 'points'),
      ...wishes.filter(({ kind }) => kind === 'camera'),
    ]);
  }, [pictures, plan, columns, from, to, current]);

  useEffect(() => {
    const element = scroller.current!;
    const onClick = (event: MouseEvent): void => {
      const column = (event.target as Element).closest<HTMLElement>('[data-frame]');
      if (column && column.dataset.state === 'present') desk.goToFrame(Number(column.dataset.frame));
    };
    // A plain wheel scrolls along the strip: it has no other way to go.
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.deltaX !== 0) return;
      event.preventDefault();
      element.scrollLeft += event.deltaY;
    };
    element.addEventListener('click', onClick);
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('click', onClick);
      element.removeEventListener('wheel', onWheel);
    };
  }, [desk]);

  const { frameIds } = index.delivery;
  return (
    <div
      className={styles.pictures}
      ref={scroller}
      style={{ height: plannedHeight(layout) }}
      // The blocks above say and do the same for those who do not see pictures.
      aria-hidden="true"
      title={t('trackStrip.pictures')}
      data-testid="track-pictures"
      onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
    >
      <div className={styles.film} style={{ width: columns.length * step - columnGap }}>
        {columns.slice(from, to).map((column, offset) => {
          const mark = marks.get(frameIds.at(column.frame)!);
          return (
            <div
              key={column.frame}
              className={styles.column}
              style={{ left: (from + offset) * step, width: columnWidth }}
              data-frame={column.frame}
              data-state={column.state}
              data-own={column.frame === subject.ownFrame || undefined}
              data-current={from + offset === current || undefined}
              data-drawn={mark?.drawn ?? undefined}
              data-defect={(mark?.codes.length ?? 0) > 0 || undefined}
            >
              <ColumnCanvas plan={plan(column)} painter={painter} ratio={ratio} />
              <span className={styles.bar} style={{ height: markBar }} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function plannedHeight({ faces, hasCamera, rowHeight }: StripLayout): number {
  const rows = faces.length + (hasCamera ? 1 : 0);
  return rows * rowHeight + (rows - 1) * rowGap + markBar;
}

const ColumnCanvas = memo(function ColumnCanvas({
  plan,
  painter,
  ratio,
}: {
  plan: ColumnPlan;
  painter: ColumnPainter;
  ratio: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current!;
    // Setting the size wipes it: a picture of another label must not stay.
    element.width = plan.width;
    element.height = plan.height;
    return painter.attach({ canvas: element, cells: plan.cells });
  }, [plan, painter]);
  return (
    <canvas
      ref={canvas}
      className={styles.picture}
      style={{ width: plan.width / ratio, height: plan.height / ratio }}
    />
  );
});
