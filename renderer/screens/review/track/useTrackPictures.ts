/** Ties the strip's pictures to the views: they are made while the views rest, and again when the theme changes. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import { useSettings } from '../../../state/context.tsx';
import { type Palette, readPalette } from '../../../viewport/palette.ts';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import { type ColumnPainter, createColumnPainter } from '../../../viewport/trackPictures/columnPainter.ts';
import { createTrackPictures, type TrackPictures } from '../../../viewport/trackPictures/trackPictures.ts';
import type { TrackOperations } from '../../../workers/trackProtocol.ts';
import { openWorkerChannel } from '../../../workers/workerChannel.ts';
import { useDeskValue } from '../useDesk.ts';

const budgetBytes = 24 * 1024 * 1024;
/** The unit after this one is made ready first, but one that cannot be read must not hold the strip up. */
const longestWaitMs = 1500;
/** How often the views are asked whether what comes next is ready; nobody tells. */
const askEveryMs = 120;

export interface StripPictures {
  readonly pictures: TrackPictures;
  readonly painter: ColumnPainter;
  readonly palette: Palette;
}

export function useTrackPictures(): StripPictures {
  const { t } = useTranslation();
  const engine = useEngine();
  const { desk, locator } = useDeskValue();
  const colourMap = useSettings((state) => state.settings.colourMap);
  const [palette, setPalette] = useState(() => readPalette(document.documentElement, colourMap));
  const sentence = useRef(t);
  sentence.current = t;

  const made = useMemo(() => {
    let unitSince = performance.now();
    const isNextReady = (): boolean => {
      const next = desk.upcoming(1)[0];
      const located = next === undefined ? null : locator.locate(desk.units[next]!);
      if (!located) return true;
      const label = located.row === null ? null : cuboidAt(engine.index.labels, located.row);
      return !label?.isUsable || engine.isReady(located.frame, label.row, []);
    };
    const pictures = createTrackPictures({
      open: () =>
        openWorkerChannel<TrackOperations>(
          new Worker(new URL('../../../workers/track.worker.ts', import.meta.url), { type: 'module' }),
        ),
      budgetBytes,
      isCalm() {
        const { shown, isAwaiting, pictures: panes } = engine.facts.getState();
        if (!shown || isAwaiting) return false;
        if (Object.values(panes).some(({ status }) => status === 'loading')) return false;
        return performance.now() - unitSince > longestWaitMs || isNextReady();
      },
    });
    const painter = createColumnPainter({
      pictures,
      colours() {
        const style = getComputedStyle(document.documentElement);
        const colour = (name: string): string => style.getPropertyValue(name);
        return { background: colour('--view-background'), mark: colour('--text-dim') };
      },
      sentence: (problem) =>
        sentence.current([`problems.${problem.code}`, 'problems.unknown'], { ...problem.params, ...problem }),
    });
    return {
      pictures,
      painter,
      newUnit() {
        unitSince = performance.now();
      },
    };
  }, [engine, desk, locator]);

  useEffect(() => {
    const { pictures, painter, newUnit } = made;
    let timer: ReturnType<typeof setInterval> | undefined;
    const askForAWhile = (): void => {
      newUnit();
      const until = performance.now() + longestWaitMs + 2 * askEveryMs;
      clearInterval(timer);
      timer = setInterval(() => {
        pictures.wake();
        if (performance.now() > until) clearInterval(timer);
      }, askEveryMs);
    };
    const stopFacts = engine.facts.subscribe(pictures.wake);
    const stopDesk = desk.store.subscribe((state, before) => {
      if (state.at !== before.at) askForAWhile();
    });
    askForAWhile();
    return () => {
      clearInterval(timer);
      stopFacts();
      stopDesk();
      painter.dispose();
      pictures.dispose();
    };
  }, [made, engine, desk]);

  useEffect(() => {
    const dress = (): void => setPalette(readPalette(document.documentElement, colourMap));
    const observer = new MutationObserver(dress);
    observer.observe(document.documentElement, {
      attributeFilter: ['data-mantine-color-scheme', 'data-contrast'],
    });
    return () => observer.disconnect();
  }, [colourMap]);

  return { pictures: made.pictures, painter: made.painter, palette };
}
