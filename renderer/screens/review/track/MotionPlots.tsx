/** Speed, heading, turning, acceleration and size over time, each with its limits; a click goes to that frame. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../useDesk.ts';
import { MotionPlot } from './MotionPlot.tsx';
import { plotLines } from './plotLines.ts';
import styles from './track.module.css';
import type { StripFacts } from './useStripFacts.ts';

/** Narrower strips show breaches of turning in the plot of the heading. */
const fivePlotsFrom = 1100;
const gap = 16;

export function MotionPlots({ facts, frame, width }: { facts: StripFacts; frame: number; width: number }) {
  const { t } = useTranslation();
  const desk = useDesk();
  /** Slot under the cursor. */
  const [hovered, setHovered] = useState<number | null>(null);
  const hasYawRate = width >= fivePlotsFrom;
  const plots = useMemo(() => plotLines(facts, hasYawRate), [facts, hasYawRate]);
  const { slots } = facts;
  const current = slots.findIndex((slot) => slot.frame === frame);
  const plotWidth = Math.floor((width - gap * (plots.length - 1)) / plots.length);
  const goTo = (at: number): void => {
    const slot = slots[at];
    if (slot?.moment) desk.goToFrame(slot.frame);
  };
  return (
    <div
      className={styles.plots}
      style={{ gridTemplateColumns: `repeat(${plots.length}, minmax(0, 1fr))`, columnGap: gap }}
      title={facts.limits ? t('trackStrip.hints') : undefined}
      data-testid="track-plots"
    >
      {plots.map((plot) => (
        <MotionPlot
          key={plot.id}
          plot={plot}
          facts={facts}
          at={hovered !== null && hovered < slots.length ? hovered : current}
          width={plotWidth}
          onHover={setHovered}
          onPick={goTo}
        />
      ))}
    </div>
  );
}
