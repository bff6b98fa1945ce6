/** What is in front of the auditor, put together from desk, index and spec: the unit, its label, what is known of it. */
import { useEffect, useMemo, useRef } from 'react';
import type { DrawnUnit } from '../../../shared/audit/events.ts';
import type { SpecClass } from '../../../shared/audit/qaSpec.ts';
import type { CuboidLimits } from '../../../shared/audit/specLookup.ts';
import { type Box2d, box2dAt, type Cuboid, cuboidAt } from '../../../shared/model/labelRow.ts';
import { seriesOfTrack, type TrackMoment } from '../../../shared/scoring/trackSeries.ts';
import { useSession } from '../../state/context.tsx';
import { type CameraSight, rankCameras } from '../../viewport/cameraRank.ts';
import type { Stop } from '../../viewport/prefetchPlan.ts';
import { useEngine, useFacts } from '../../viewport/react/engineContext.tsx';
import type { Shown } from '../../viewport/shown.ts';
import { type FaceFinding, faceFindings } from './faceFindings.ts';
import { framesBeside } from './framesBeside.ts';
import { classOf, limitsOf } from './labelFacts.ts';
import { useDeskState, useDeskValue } from './useDesk.ts';

export interface Subject {
  readonly unit: DrawnUnit;
  /** Index of the frame looked at. */
  readonly frame: number;
  /** Index of the unit's own frame. */
  readonly ownFrame: number;
  readonly label: Cuboid | null;
  readonly box: Box2d | null;
  /** True where the label looked at is not the unit. */
  readonly isBeside: boolean;
  readonly entry: SpecClass | null;
  readonly limits: CuboidLimits | null;
  /** Cameras to look at, best first. */
  readonly sights: readonly Pick<CameraSight, 'image' | 'camera'>[];
  readonly series: readonly TrackMoment[];
  /** Of the label looked at, m/s; null = unknown. */
  readonly speed: number | null;
}

/** Units ahead whose frames are kept ready. */
const lookAhead = 6;
const noRows: readonly number[] = [];

/** Null where the open delivery does not hold the unit. */
export function useSubject(): Subject | null {
  const engine = useEngine();
  const { desk, locator } = useDeskValue();
  const at = useDeskState((state) => state.at);
  const otherFrame = useDeskState((state) => state.frame);
  const besideRow = useDeskState((state) => state.besideRow);
  const spec = useSession((state) => state.shown?.spec?.spec ?? null);
  const subject = useMemo((): Subject | null => {
    const { index } = engine;
    const unit = desk.units[at]!;
    const located = locator.locate(unit);
    if (!located || !spec) return null;
    const frame = besideRow === null ? (otherFrame ?? located.frame) : index.labels.cuboids.frame[besideRow]!;
    const trackRows = unit.track === null ? noRows : locator.rowsOfTrack(unit.track, located.frame);
    const rowHere =
      frame === located.frame
        ? located.row
        : (trackRows.find((row) => index.labels.cuboids.frame[row] === frame) ?? null);
    const row = besideRow ?? rowHere;
    const label = row === null ? null : cuboidAt(index.labels, row);
    const box =
      located.box === null || besideRow !== null || frame !== located.frame
        ? null
        : box2dAt(index.labels, located.box);
    const seriesRows =
      besideRow === null ? trackRows : label?.track ? locator.rowsOfTrack(label.track, label.frame) : noRows;
    const series = seriesOfTrack(index, seriesRows);
    return {
      unit,
      frame,
      ownFrame: located.frame,
      label,
      box,
      isBeside: besideRow !== null,
      entry: label || box ? classOf(spec, (label ?? box)!.className) : null,
      limits: label?.isUsable ? limitsOf(spec, label, null) : null,
      sights: sightsOf(engine.index, frame, label, box),
      series,
      speed: series.find((moment) => moment.row === row)?.speed ?? null,
    };
  }, [engine, desk, locator, at, otherFrame, besideRow, spec]);
  useShow(subject);
  return subject;
}

function sightsOf(
  index: ReturnType<typeof useEngine>['index'],
  frameIndex: number,
  label: Cuboid | null,
  box: Box2d | null,
): Subject['sights'] {
  const frame = index.delivery.frames.at(frameIndex)!;
  if (label?.isUsable && !box) return rankCameras(index.delivery, frame, label);
  const all = frame.images.map(({ camera }, image) => ({ image, camera }));
  return box ? all.filter(({ camera }) => camera === box.camera) : all;
}

/** Brings the subject on screen and keeps what comes next ready. */
function useShow(subject: Subject | null): void {
  const engine = useEngine();
  const { desk, locator } = useDeskValue();
  const session = useSession((state) => state.shown);
  const lastFrame = useRef<number | null>(null);
  // The verdicts steer what is ahead, but a verdict alone must not bring the same unit on screen again.
  const shown = useMemo(
    (): Shown | null =>
      subject && {
        frame: subject.frame,
        row: subject.label?.row ?? null,
        box: subject.box?.row ?? null,
        toleranceMeters: subject.limits?.centerMeters ?? 0,
        cell: null,
      },
    [subject],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown again only when the subject changes
  useEffect(() => {
    if (!shown || !subject || !session) return;
    const { index } = engine;
    const { at } = desk.store.getState();
    const stopAt = (position: number): Stop[] => {
      const located = locator.locate(desk.units[position]!);
      if (!located) return [];
      const label = located.row === null ? null : cuboidAt(index.labels, located.row);
      const box = located.box === null ? null : box2dAt(index.labels, located.box);
      const images = sightsOf(index, located.frame, label, box).map(({ image }) => image);
      return [{ frame: located.frame, row: label?.isUsable ? label.row : null, images }];
    };
    const ahead = desk.upcoming(lookAhead).flatMap(stopAt);
    const previous = (at - 1 + desk.units.length) % desk.units.length;
    const beside = framesBeside(subject.series, subject.frame, lastFrame.current);
    lastFrame.current = subject.frame;
    const isDrawable = subject.label?.isUsable ?? false;
    engine.show(isDrawable ? shown : { ...shown, row: subject.label ? shown.row : null }, {
      ahead,
      behind: stopAt(previous),
      beside,
      images: subject.sights.map(({ image }) => image),
    });
  }, [shown]);
}

/** What the faces of the label on screen say, worst first; empty while it is still being read. */
export function useFaceFindings(subject: Subject | null): {
  readonly inside: number | null;
  readonly faces: readonly FaceFinding[];
} {
  const gaps = useFacts((facts) => facts.gaps);
  const shownRow = useFacts((facts) => facts.shown?.row ?? null);
  const label = subject?.label ?? null;
  const spec = useSession((state) => state.shown?.spec?.spec ?? null);
  return useMemo(() => {
    if (!label || !gaps || !spec || shownRow !== label.row) return { inside: null, faces: [] };
    const limits = limitsOf(spec, label, gaps.inside);
    return { inside: gaps.inside, faces: faceFindings(label, gaps, limits?.sizeMeters ?? null, [0, 0, 0]) };
  }, [label, gaps, spec, shownRow]);
}
