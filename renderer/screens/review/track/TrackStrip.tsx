/**
 * The label in time: one block a frame of its scene, small pictures of it in its own axes, and plots of how it
 * moves. It fills the box it is given and shows as much as there is room for.
 */
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Subject } from '../useSubject.ts';
import { FrameBlocks } from './FrameBlocks.tsx';
import { MotionPlots } from './MotionPlots.tsx';
import { PictureRow } from './PictureRow.tsx';
import { SpokenTrack } from './SpokenTrack.tsx';
import { stripLayout } from './stripLayout.ts';
import styles from './track.module.css';
import { useStripFacts } from './useStripFacts.ts';

/** What the section's own padding takes of its width, pixels. */
const padding = 24;

export function TrackStrip({ subject }: { subject: Subject | null }) {
  const { t } = useTranslation();
  const element = useRef<HTMLElement>(null);
  const [box, setBox] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element.current!;
      setBox((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element.current!);
    measure();
    return () => observer.disconnect();
  }, []);
  return (
    <section className={styles.track} ref={element} aria-label={t('review.trackStrip')} data-testid="track">
      {subject && box.width > 0 && <StripOf subject={subject} {...box} />}
    </section>
  );
}

function StripOf({ subject, width, height }: { subject: Subject; width: number; height: number }) {
  const { t } = useTranslation();
  const facts = useStripFacts(subject);
  const layout = useMemo(() => stripLayout(height, facts.largest), [height, facts.largest]);
  return (
    <>
      <FrameBlocks subject={subject} facts={facts} />
      {layout.rowHeight > 0 && (
        <PictureRow subject={subject} facts={facts} layout={layout} width={width - padding} />
      )}
      {layout.hasPlots &&
        (facts.series.length > 0 ? (
          <MotionPlots facts={facts} frame={subject.frame} width={width - padding} />
        ) : (
          subject.label && <p className={styles.alone}>{t('review.trackAlone')}</p>
        ))}
      <SpokenTrack facts={facts} />
    </>
  );
}
