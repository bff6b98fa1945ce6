/** A series from its first lot to the one to come. Marks are gone through by arrow keys; the newest is at the right. */
import { useElementSize } from '@mantine/hooks';
import { useEffect, useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeriesState } from '../../../shared/audit/ledgerState.ts';
import { scoreForReduced } from '../../../shared/sampling/switching.ts';
import { StatePatterns, stateFill } from './StateMark.tsx';
import styles from './switching.module.css';
import { TimelineMarkShape } from './TimelineMarkShape.tsx';
import { layTimeline, type Timeline } from './timeline.ts';
import { rowLine, seriesName } from './words.ts';

const bandHeight = 24;
const markY = 44;
const scoreTop = 64;
const scoreBottom = 108;
const height = 128;
/** A chosen mark nearer than this to the edge is brought to the middle. */
const margin = 20;
/** A letter of a word, and the space around it; bands too narrow for the word carry its first letter. */
const letterOf = { latin: 7.5, han: 13, around: 10 };
const letterWidth = 12;

export interface TimelineChartProps {
  readonly state: SeriesState;
  /** Place of the chosen entry. */
  readonly chosen: number;
  readonly onChoose: (at: number) => void;
}

export function TimelineChart({ state, chosen, onChoose }: TimelineChartProps) {
  const { t } = useTranslation();
  const scope = useId();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  const timeline = useMemo(() => layTimeline(state, Math.max(240, Math.floor(width))), [state, width]);
  const { rows } = state;
  const x = timeline.marks[chosen]?.x ?? 0;
  const isNewest = chosen === rows.length - 1;
  useEffect(() => {
    const pane = scroller.current;
    if (pane === null || width === 0) return;
    const isSeen = x > pane.scrollLeft + margin && x < pane.scrollLeft + pane.clientWidth - margin;
    // The newest entry comes with the lot to come.
    if (isNewest) pane.scrollLeft = pane.scrollWidth;
    else if (!isSeen) pane.scrollLeft = x - pane.clientWidth / 2;
  }, [x, width, isNewest]);
  const move = (event: React.KeyboardEvent): void => {
    const to = { ArrowLeft: chosen - 1, ArrowRight: chosen + 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    onChoose(Math.max(0, Math.min(rows.length - 1, to)));
  };
  return (
    <div className={styles.timeline}>
      <ScaleLabels timeline={timeline} />
      <div className={styles.measured} ref={ref}>
        <div
          className={styles.scroller}
          ref={scroller}
          role="listbox"
          tabIndex={0}
          aria-label={t('switching.timeline', { series: seriesName(state.series, t) })}
          aria-activedescendant={`${scope}-${chosen}`}
          aria-orientation="horizontal"
          title={t('switching.timelineHelp')}
          onKeyDown={move}
          data-testid="timeline"
        >
          <svg width={timeline.width} height={height} role="presentation">
            <StatePatterns scope={scope} />
            <Bands timeline={timeline} scope={scope} />
            <ScoreLine timeline={timeline} />
            <NextLot timeline={timeline} />
            {timeline.sequences.map((edge) => (
              <line key={edge} className={styles.sequence} x1={edge} x2={edge} y1={0} y2={height} />
            ))}
            {timeline.moves.map((edge) => (
              <line key={edge} className={styles.move} x1={edge} x2={edge} y1={bandHeight} y2={scoreBottom} />
            ))}
            {timeline.marks.map(({ row, x: at, shape, isHollow }, place) => (
              <g
                key={row.seq}
                id={`${scope}-${place}`}
                role="option"
                aria-selected={place === chosen}
                aria-label={rowLine(row, rows, t)}
                onMouseDown={() => onChoose(place)}
              >
                <title>{rowLine(row, rows, t)}</title>
                <rect
                  className={styles.column}
                  data-chosen={place === chosen || undefined}
                  x={at - timeline.step / 2}
                  y={bandHeight}
                  width={timeline.step}
                  height={height - bandHeight}
                />
                <TimelineMarkShape shape={shape} isHollow={isHollow} x={at} y={markY} />
              </g>
            ))}
          </svg>
        </div>
      </div>
    </div>
  );
}

function ScaleLabels({ timeline }: { timeline: Timeline }) {
  const { t } = useTranslation();
  return (
    <div className={styles.labels} aria-hidden="true">
      <span style={{ top: 3 }}>{t('switching.rows.inspectedAs')}</span>
      <span style={{ top: markY - 9 }}>{t('switching.rows.lots')}</span>
      <span style={{ top: scoreY(scoreForReduced, timeline) - 9 }}>
        {t('switching.rows.score')} <b>{scoreForReduced}</b>
      </span>
      <span style={{ top: scoreBottom - 9 }}>0</span>
    </div>
  );
}

function scoreY(score: number, { mostScore }: Timeline): number {
  return scoreBottom - (score / mostScore) * (scoreBottom - scoreTop);
}

/** The lot to come stands apart: its state is known, what it will be is not. */
function NextLot({ timeline: { nextFrom, width } }: { timeline: Timeline }) {
  const { t } = useTranslation();
  return (
    <g>
      <line className={styles.next} x1={nextFrom} x2={nextFrom} y1={0} y2={height} />
      <text className={styles.nextWord} x={(nextFrom + width) / 2} y={markY + 4} textAnchor="middle">
        {t('switching.nextLot')}
      </text>
    </g>
  );
}

function Bands({ timeline, scope }: { timeline: Timeline; scope: string }) {
  const { t } = useTranslation();
  return timeline.bands.map(({ state, from, to }) => {
    const whole = t(`switching.states.${state}`);
    const word = to - from >= widthOf(whole) ? whole : t(`switching.stateLetters.${state}`);
    const box = { x: from + 0.5, y: 0.5, width: to - from - 1, height: bandHeight - 1 };
    return (
      <g key={from}>
        <title>{whole}</title>
        <rect {...box} className={styles.bandGround} data-state={state} />
        <rect {...box} fill={stateFill(state, scope)} />
        {to - from >= letterWidth && (
          <text className={styles.bandWord} x={(from + to) / 2} y={bandHeight / 2 + 4.5} textAnchor="middle">
            {word}
          </text>
        )}
      </g>
    );
  });
}

function widthOf(word: string): number {
  const letter = /\p{Script=Han}/u.test(word) ? letterOf.han : letterOf.latin;
  return word.length * letter + letterOf.around;
}

function ScoreLine({ timeline }: { timeline: Timeline }) {
  const { width, scores, months } = timeline;
  const needed = scoreY(scoreForReduced, timeline);
  return (
    <g>
      <line className={styles.needed} x1={0} x2={width} y1={needed} y2={needed} />
      <line className={styles.zero} x1={0} x2={width} y1={scoreBottom} y2={scoreBottom} />
      {months.map(({ x, month }) => (
        <text key={x} className={styles.month} x={x + 2} y={height - 5}>
          {month}
        </text>
      ))}
      {scores.map((run) => (
        <polyline
          key={run[0]!.x}
          className={styles.score}
          points={run.map(({ x, score }) => `${x},${scoreY(score, timeline)}`).join(' ')}
        />
      ))}
    </g>
  );
}
