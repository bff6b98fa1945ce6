/** Everything the strip says of a track, put together once for each track and not for each frame of it. */
import { useMemo } from 'react';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { type MotionHint, motionHints } from '../../../../shared/scoring/motionHints.ts';
import { type MotionLimits, motionLimits } from '../../../../shared/scoring/motionLimits.ts';
import type { TrackMoment } from '../../../../shared/scoring/trackSeries.ts';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import { limitsOf } from '../labelFacts.ts';
import { useVisibleAudit } from '../pace/useVisibleAudit.ts';
import { useDeskState, useDeskValue } from '../useDesk.ts';
import type { Subject } from '../useSubject.ts';
import { largestSize } from './stripLayout.ts';
import { type FrameMark, type TrackColumn, trackColumns, trackMarks } from './trackColumns.ts';

/** One frame of the plots: from the track's first frame to its last. */
export interface PlotSlot {
  readonly frame: number;
  /** Null in a gap. */
  readonly moment: TrackMoment | null;
  readonly hints: readonly MotionHint[];
}

export interface StripFacts {
  readonly track: string | null;
  readonly series: readonly TrackMoment[];
  readonly columns: readonly TrackColumn[];
  readonly slots: readonly PlotSlot[];
  readonly hints: readonly MotionHint[];
  readonly limits: MotionLimits | null;
  /** The spec's size tolerance for the class, along length, width and height, metres. */
  readonly sizeTolerance: Vec3 | null;
  /** Largest extents over the track, metres; null where there is no cuboid. */
  readonly largest: Vec3 | null;
  /** By frame id. */
  readonly marks: ReadonlyMap<string, FrameMark>;
}

export function useStripFacts(subject: Subject): StripFacts {
  const { index } = useEngine();
  const { desk, locator } = useDeskValue();
  const audit = useVisibleAudit();
  const { unit, ownFrame, series, isBeside, label, entry } = subject;
  const track = (isBeside ? label?.track : unit.track) ?? null;
  const spec = audit.spec?.spec ?? null;
  // A label without a track is its own only row; of a track it does not matter which row is looked at.
  const lone = series.length === 0 && label !== null ? label.row : null;
  const className = entry?.name ?? null;
  // While old units come up once more, what stands beside a unit would say which ones they are.
  const isWarmUp = useDeskState((state) => state.warmUp !== null);
  const marks = useMemo(
    () => (isWarmUp ? new Map<string, FrameMark>() : trackMarks(audit, desk.units, unit, track)),
    [audit, desk, unit, track, isWarmUp],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the label only what is named here matters
  const facts = useMemo((): Omit<StripFacts, 'marks'> => {
    const rowByFrame = new Map(series.map(({ frame, row }) => [frame, row]));
    if (lone !== null) rowByFrame.set(index.labels.cuboids.frame[lone]!, lone);
    const frames = new Set(isBeside ? rowByFrame.keys() : locator.framesOf(unit));
    const columns = trackColumns(index, isBeside ? [...frames][0]! : ownFrame, rowByFrame, frames);
    const limits = className === null ? null : motionLimits(className);
    const sizeTolerance = (spec && label?.isUsable && limitsOf(spec, label, null)?.sizeMeters) || null;
    const motion = {
      speed: series.map(({ speed }) => speed),
      course: series.map(({ course }) => course),
      acceleration: series.map(({ acceleration }) => acceleration),
      yawRate: series.map(({ yawRate }) => yawRate),
    };
    const hints = motionHints(series, motion, limits, sizeTolerance);
    const byFrame = new Map(series.map((moment, at) => [moment.frame, { moment, at }]));
    const slots = columns
      .filter(({ state }) => state !== 'outside')
      .map(({ frame }): PlotSlot => {
        const found = byFrame.get(frame);
        return {
          frame,
          moment: found?.moment ?? null,
          hints: found ? hints.filter(({ at }) => at === found.at) : [],
        };
      });
    const sizes = lone === null || !label?.isUsable ? series.map(({ size }) => size) : [label.size];
    return { track, series, columns, slots, hints, limits, sizeTolerance, largest: largestSize(sizes) };
  }, [index, locator, unit, ownFrame, series, isBeside, lone, className, spec, track]);
  return useMemo(() => ({ ...facts, marks }), [facts, marks]);
}
