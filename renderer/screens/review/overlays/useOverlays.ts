/** What explains the label in the views beyond its box: trail and velocity, dimensions, distances of its faces. */
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { floorOf } from '../../../../shared/geometry/measures.ts';
import { trackTrail, velocityAt } from '../../../../shared/geometry/trackTrail.ts';
import { type Command, useCommands } from '../../../app/commands.ts';
import { useRememberedView } from '../../../state/context.tsx';
import { inLabel } from '../../../viewport/labelStrokes.ts';
import { useEngine, useFacts } from '../../../viewport/react/engineContext.tsx';
import { useStrokeLayer } from '../../../viewport/react/useStrokeLayer.ts';
import type { SceneNote } from '../../../viewport/shown.ts';
import type { ViewOptions } from '../../../viewport/viewOptions.ts';
import { closeFaces } from '../../../viewport/views/closeView.ts';
import type { FaceFinding } from '../faceFindings.ts';
import { useDeskValue } from '../useDesk.ts';
import type { Subject } from '../useSubject.ts';
import { type CloseWords, closeNotes } from './closeNotes.ts';
import { closePainter, type DrawnCloseNotes } from './closeStrokes.ts';
import { arrowTip, type DrawnTrail, slowestArrow, trailPainter } from './trailStrokes.ts';

export function useOverlays(
  subject: Subject | null,
  seen: readonly FaceFinding[],
  options: ViewOptions,
): void {
  useOverlayCommands(options);
  useTrail(subject, options.showTrail);
  useCloseNotes(subject, seen, options);
}

/** The switches of what is drawn over the views; the options themselves are remembered with all others. */
function useOverlayCommands(options: ViewOptions): void {
  const [, setOptions] = useRememberedView<unknown>('review.view', options);
  const toggle = (
    id: string,
    key: string,
    field: 'showTrail' | 'showDimensions' | 'showFaceGaps' | 'isMosaic',
  ): Command => ({
    ...{ id: `review.${id}`, room: 'review', titleKey: `viewport.commands.${id}`, keys: [key] },
    run: () => setOptions({ ...options, [field]: !options[field] }),
  });
  useCommands([
    toggle('trail', 'Shift+O', 'showTrail'),
    toggle('dimensions', 'Shift+U', 'showDimensions'),
    toggle('faceGaps', 'D', 'showFaceGaps'),
    toggle('mosaic', 'M', 'isMosaic'),
  ]);
}

/** Metres a second from which the arrow is long enough for a word at its tip. */
const slowestWord = 4;

const noCloseNotes: DrawnCloseNotes = { row: -1, notes: [] };
const noTrail: DrawnTrail = { frame: -1, stops: [], motion: null };

function useTrail(subject: Subject | null, isOn: boolean): void {
  const engine = useEngine();
  const { locator } = useDeskValue();
  const { t } = useTranslation();
  const label = subject?.label?.isUsable ? subject.label : null;
  const drawn = useMemo((): DrawnTrail => {
    if (!isOn || !label || label.track === null) return noTrail;
    const stops = trackTrail(engine.index, locator.rowsOfTrack(label.track, label.frame), label.frame);
    const velocity = velocityAt(
      stops,
      stops.findIndex(({ row }) => row === label.row),
    );
    const isMoving = velocity !== null && Math.hypot(velocity[0], velocity[1]) >= slowestArrow;
    return { frame: label.frame, stops, motion: isMoving ? { from: floorOf(label), velocity } : null };
  }, [engine, locator, label, isOn]);
  useStrokeLayer(trailPainter, drawn);
  useEffect(() => {
    const { motion, frame } = drawn;
    const speed = motion ? Math.hypot(motion.velocity[0], motion.velocity[1]) : 0;
    // A short arrow ends under the label's own name; the facts say its speed all the same.
    const note = motion &&
      speed >= slowestWord && {
        ...{ id: 'velocity', frame, place: arrowTip(motion), tone: 'selection' as const },
        ...{ anchor: 'right' as const, views: ['context'] as const },
        text: t('viewport.velocity', { speed: speed.toFixed(1) }),
      };
    engine.setNotes('trail', note ? [note] : []);
  }, [engine, drawn, t]);
  useEffect(() => () => engine.setNotes('trail', []), [engine]);
}

function useCloseNotes(subject: Subject | null, seen: readonly FaceFinding[], options: ViewOptions): void {
  const engine = useEngine();
  const { t } = useTranslation();
  const gaps = useFacts((facts) => facts.gaps);
  const shownRow = useFacts((facts) => facts.shown?.row ?? -1);
  const isFlipped = useFacts((facts) => facts.isFlipped);
  const { showDimensions, showFaceGaps } = options;
  const label = subject?.label?.isUsable && subject.label.row === shownRow ? subject.label : null;
  const limits = subject?.limits ?? null;
  const drawn = useMemo((): DrawnCloseNotes => {
    if (!label || (!showDimensions && !showFaceGaps)) return noCloseNotes;
    const meters = (value: number): string => value.toFixed(2);
    const words: CloseWords = {
      inside: (count) => t('viewport.pointsInside', { count }),
      gap: (inward, outward, limit) =>
        [
          Number.isFinite(inward) && t('viewport.gapInward', { meters: meters(inward) }),
          Number.isFinite(outward) && t('viewport.gapOutward', { meters: meters(outward) }),
          limit !== null && t('viewport.gapLimit', { meters: meters(limit) }),
        ]
          .filter((line) => line !== false)
          .join('\n'),
    };
    const choice = {
      ...{ showDimensions, showFaceGaps, isFlipped, gaps, seen, words },
      toleranceMeters: limits?.centerMeters ?? 0,
    };
    return { row: label.row, notes: closeFaces.map((face) => [face, closeNotes(label.size, face, choice)]) };
  }, [label, limits, gaps, seen, isFlipped, showDimensions, showFaceGaps, t]);
  useStrokeLayer(closePainter, drawn);
  useEffect(() => {
    const notes = drawn.notes.flatMap(([face, { words }]) =>
      words.map(
        ({ id, place, text, tone, anchor }): SceneNote => ({
          ...{ id: `close ${face} ${id}`, frame: label?.frame ?? -1, text, tone, anchor, views: [face] },
          place: label ? inLabel(label, ...place) : place,
        }),
      ),
    );
    engine.setNotes('close', notes);
  }, [engine, drawn, label]);
  useEffect(() => () => engine.setNotes('close', []), [engine]);
}
