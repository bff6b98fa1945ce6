/** A camera's picture with the labels in it, and the reason where there is none. */
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type ImageFit, ImageView } from '../views/imageView.ts';
import { useEngine, useFacts } from './engineContext.tsx';
import { usePaneView } from './usePaneView.ts';
import styles from './viewport.module.css';

export interface PicturePaneProps {
  readonly id: string;
  /** Index into `Delivery.cameras`; -1 = no camera sees the label. */
  readonly camera: number;
  readonly fit: ImageFit;
  readonly caption: ReactNode;
  /** A pane of the same picture whose visible part is outlined in this one. */
  readonly watches?: ImageView | null;
  /** Keeps the auditor's own zoom from label to label. */
  readonly isZoomKept?: boolean;
  /** Hands the view to the panes beside it; null when it goes. */
  readonly onView?: (view: ImageView | null) => void;
}

export function PicturePane({ id, camera, fit, caption, watches, isZoomKept, onView }: PicturePaneProps) {
  const { t } = useTranslation();
  const engine = useEngine();
  const { element, view } = usePaneView(id, (_engine, target) => new ImageView(target, fit), camera);
  const fact = useFacts((facts) => facts.pictures[id]);
  useEffect(() => {
    view?.setFit(fit);
    engine.redraw();
  }, [engine, view, fit]);
  const words = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!view) return;
    const observer = new ResizeObserver(([entry]) => {
      view.setCaption(entry!.borderBoxSize[0]!.blockSize);
      engine.redraw();
    });
    observer.observe(words.current!);
    return () => observer.disconnect();
  }, [engine, view]);
  useEffect(() => {
    if (!view || !watches) return;
    const stop = view.watch(watches);
    engine.redraw();
    return () => {
      stop();
      engine.redraw();
    };
  }, [engine, view, watches]);
  useEffect(() => {
    // A camera that does not see the label must not leave the picture of another one behind the reason.
    if (view && camera < 0) engine.setCamera(id, camera);
  }, [engine, view, id, camera]);
  useEffect(() => {
    if (view) view.isZoomKept = isZoomKept ?? false;
  }, [view, isZoomKept]);
  useEffect(() => {
    onView?.(view);
    return () => onView?.(null);
  }, [view, onView]);
  return (
    <div className={styles.pane} ref={element} data-testid={`picture-${id}`} data-status={fact?.status}>
      <div className={styles.caption} ref={words}>
        {caption}
      </div>
      {camera < 0 || fact?.status === 'none' ? (
        <Reason title={t(camera < 0 ? 'viewport.empty.noCamera' : 'viewport.empty.noImage')} />
      ) : fact?.status === 'failed' && fact.problem ? (
        <Reason
          title={t('viewport.empty.imageUnreadable')}
          detail={t([`problems.${fact.problem.code}`, 'problems.unknown'], {
            ...fact.problem.params,
            ...fact.problem,
          })}
        />
      ) : fact?.status === 'loading' ? (
        <div className={styles.awaiting}>{t('viewport.empty.readingImage')}</div>
      ) : fact && !fact.isProjectable ? (
        <div className={styles.awaiting}>{t('viewport.empty.notCalibrated')}</div>
      ) : null}
    </div>
  );
}

function Reason({ title, detail }: { title: string; detail?: string }) {
  return (
    <div className={styles.empty}>
      <b>{title}</b>
      {detail && <span>{detail}</span>}
    </div>
  );
}
