/** All frames of the scene as blocks: where the label is, what was drawn of it and found in it, and the play button. */
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { CommandKey } from '../../../app/CommandKey.tsx';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import { trackName } from '../../../viewport/trackName.ts';
import { windowAround } from '../unitMarks.ts';
import { useDesk, useDeskValue } from '../useDesk.ts';
import type { Subject } from '../useSubject.ts';
import styles from './track.module.css';
import { trackPlayOf } from './trackPlay.ts';
import { useColumnTitle } from './useColumnTitle.ts';
import type { StripFacts } from './useStripFacts.ts';

/** Blocks that still can be told apart. */
const mostBlocks = 160;

export function FrameBlocks({ subject, facts }: { subject: Subject; facts: StripFacts }) {
  const desk = useDesk();
  const { frameIds } = useEngine().index.delivery;
  const titleOf = useColumnTitle(facts);
  const { columns, marks } = facts;
  const at = columns.findIndex(({ frame }) => frame === subject.frame);
  const shown = windowAround(Math.max(0, at), columns.length, mostBlocks);
  return (
    <div className={styles.frames}>
      <CommandKey id="review.frameBack" />
      <div className={styles.blocks}>
        {columns.slice(shown.from, shown.to).map((column) => {
          const { frame, state } = column;
          const mark = marks.get(frameIds.at(frame)!);
          const title = titleOf(column);
          return (
            <button
              type="button"
              key={frame}
              className={styles.block}
              data-state={state}
              data-own={frame === subject.ownFrame || undefined}
              data-drawn={mark?.drawn ?? undefined}
              data-defect={(mark?.codes.length ?? 0) > 0 || undefined}
              aria-current={frame === subject.frame ? 'true' : undefined}
              disabled={state !== 'present' && frame !== subject.ownFrame}
              tabIndex={-1}
              title={title}
              aria-label={title}
              onClick={() => desk.goToFrame(frame)}
            />
          );
        })}
      </div>
      <CommandKey id="review.frameOn" />
      <PlayButton isUseful={columns.filter(({ state }) => state === 'present').length > 1} />
      <Span facts={facts} />
    </div>
  );
}

function PlayButton({ isUseful }: { isUseful: boolean }) {
  const { t } = useTranslation();
  const play = trackPlayOf(useDeskValue(), useEngine());
  const isPlaying = useStore(play.store, (state) => state.isPlaying);
  return (
    <button
      type="button"
      className={styles.play}
      disabled={!isUseful}
      aria-pressed={isPlaying}
      data-testid="play-track"
      onClick={() => play.press()}
    >
      {t(isPlaying ? 'trackStrip.stop' : 'trackStrip.play')} <CommandKey id="review.playTrack" />
    </button>
  );
}

function Span({ facts: { series, track } }: { facts: StripFacts }) {
  const { t } = useTranslation();
  const seconds = series.at(-1)?.seconds ?? null;
  if (series.length === 0) return null;
  const named = { track: trackName(track ?? ''), count: series.length };
  return (
    <span className={styles.span}>
      {seconds === null
        ? t('review.trackSpan', named)
        : t('review.trackSpanSeconds', { ...named, seconds: seconds.toFixed(1) })}
    </span>
  );
}
