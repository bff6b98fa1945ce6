/**
 * Measuring by hand: ruler, angle, height above the ground, and the ray behind a pixel. A measure is kept with the
 * unit as soon as its last point is clicked, and goes into the finding's evidence.
 */
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { besideRay } from '../../../../shared/geometry/measures.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { type Command, useCommands } from '../../../app/commands.ts';
import type { PointerPlace, Pointing } from '../../../viewport/pointing.ts';
import { useEngine, useFacts } from '../../../viewport/react/engineContext.tsx';
import { useStrokeLayer } from '../../../viewport/react/useStrokeLayer.ts';
import type { SceneNote } from '../../../viewport/shown.ts';
import type { FaceFinding } from '../faceFindings.ts';
import type { KeptMeasure } from '../unitDraft.ts';
import { useDesk, useDeskState } from '../useDesk.ts';
import type { Subject } from '../useSubject.ts';
import {
  floorMeasure,
  gapMeasure,
  type HandTool,
  heightMeasure,
  measureOf,
  pointsWanted,
} from './handMeasures.ts';
import { type DrawnMeasures, measurePainter, type RayMark } from './measureStrokes.ts';
import { type MeasureTag, measureTags } from './measureTags.ts';
import { useKeptMeasures } from './useKeptMeasures.ts';

export interface Measuring {
  /** What the mouse does meanwhile; null while nothing is measured. */
  readonly pointing: Pointing | null;
  /** What the tool says of itself and of what was clicked last; null while nothing is measured. */
  readonly hint: string | null;
}

const nothingClicked: readonly Vec3[] = [];

export function useMeasuring(subject: Subject | null, worst: FaceFinding | undefined): Measuring {
  const engine = useEngine();
  const desk = useDesk();
  const tool = useDeskState((state) => state.tool);
  const at = useDeskState((state) => state.at);
  const kept = useKeptMeasures();
  const [isCorner, setIsCorner] = useState(false);
  const [pending, setPending] = useState(nothingClicked);
  const [mark, setMark] = useState<RayMark | null>(null);
  const [isMissed, setIsMissed] = useState(false);

  const frame = subject?.frame ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was begun belongs to one tool, unit and frame
  useEffect(() => {
    setPending(nothingClicked);
    setMark(null);
    setIsMissed(false);
  }, [tool, isCorner, at, frame]);

  const frameId = frame === null ? '' : engine.index.delivery.frames.at(frame)!.id;
  const label = subject?.label?.isUsable ? subject.label : null;
  const toleranceMeters = subject?.limits?.centerMeters ?? 0;
  const isFlipped = useFacts((facts) => facts.isFlipped);
  const hand = handTool(tool, isCorner || label === null);
  const keep = (measure: KeptMeasure | null): void => {
    if (measure) desk.setDraft({ measures: [...desk.draft().measures, measure] });
  };
  /** What was asked of the workers may come when something else is on screen. */
  const isStill = (asked: number | null): boolean => engine.facts.getState().shown?.frame === asked;

  async function click(place: PointerPlace): Promise<void> {
    const asked = frame;
    const point = await place.point();
    if (!isStill(asked)) return;
    setIsMissed(point === null && tool !== 'ray');
    if (tool === 'ray') setMark(markOf(place, point, frameId));
    else if (point && hand) await take(hand, point, asked);
  }

  async function take(measured: HandTool, point: Vec3, asked: number | null): Promise<void> {
    if (measured === 'height') {
      const ground = await engine.groundUnder(point[0], point[1]);
      if (!isStill(asked)) return;
      setIsMissed(ground === null);
      keep(ground === null ? null : heightMeasure(point, ground, frameId));
      return;
    }
    const points = [...pending, point];
    if (points.length < pointsWanted[measured]) {
      setPending(points);
      return;
    }
    setPending(nothingClicked);
    const yawLimit = subject?.limits?.yawRadians ?? null;
    keep(measureOf(measured, points, { frame: frameId, label, yawLimit }));
  }

  async function measureFloor(): Promise<void> {
    if (!label) return;
    const ground = await engine.groundUnder(label.center[0], label.center[1]);
    if (isStill(label.frame)) keep(ground === null ? null : floorMeasure(label, ground, frameId));
  }

  const toggle = (next: typeof tool) => (): void => desk.patch({ tool: tool === next ? 'select' : next });
  useCommands([
    command('ruler', ['R'], toggle('ruler')),
    command('angle', ['Shift+N'], () => {
      // Against the heading first, then at a corner, then away.
      const isOver = tool === 'angle' && (isCorner || label === null);
      setIsCorner(tool === 'angle' && !isOver);
      desk.patch({ tool: isOver ? 'select' : 'angle' });
    }),
    command('height', ['Mod+M'], toggle('height')),
    command('ray', ['Shift+K'], toggle('ray')),
    command('pointBack', ['Delete'], () => setPending(pending.slice(0, -1)), {
      isEnabled: () => pending.length > 0,
    }),
    command('floor', [], () => void measureFloor(), { isEnabled: () => label !== null }),
    command('gap', [], () => label && worst && keep(gapMeasure(label, worst, frameId)), {
      isEnabled: () => label !== null && worst !== undefined,
    }),
    command('forget', [], () => desk.setDraft({ measures: [] }), { isEnabled: () => kept.length > 0 }),
  ]);

  const drawn = useMemo(
    (): DrawnMeasures => ({
      ...{ frame: frameId, kept, pending, mark },
      tags: measureTags(kept, mark, { frame: frameId, label, toleranceMeters, isFlipped }),
    }),
    [frameId, kept, pending, mark, label, toleranceMeters, isFlipped],
  );
  useStrokeLayer(measurePainter, drawn);
  useMeasureNotes(drawn.tags, frame);
  const hint = useHint(tool === 'ray' ? 'ray' : hand, pending.length, mark, isMissed);
  if (hint === null) return { pointing: null, hint: null };
  return { pointing: { cursor: 'cross', onClick: (place) => void click(place) }, hint };
}

function command(id: string, keys: readonly string[], run: () => void, rest: Partial<Command> = {}): Command {
  return { id: `review.${id}`, room: 'review', titleKey: `measure.commands.${id}`, keys, run, ...rest };
}

function handTool(tool: string, isCorner: boolean): HandTool | null {
  if (tool === 'ruler' || tool === 'height') return tool;
  if (tool !== 'angle') return null;
  return isCorner ? 'corner' : 'heading';
}

/** In a picture the ray goes through the pixel; a point clicked in a view of points is only marked everywhere. */
function markOf(place: PointerPlace, point: Vec3 | null, frame: string): RayMark {
  const ray = place.pixel() === null ? null : place.ray();
  if (!point) return { frame, ray, point, depth: null, aside: null };
  if (!ray) return { frame, ray, point, depth: Math.hypot(...point), aside: null };
  const { along, aside } = besideRay(ray.origin, ray.direction, point);
  return { frame, ray, point, depth: along, aside };
}

/** The numbers beside what is drawn. */
function useMeasureNotes(tags: readonly MeasureTag[], frame: number | null): void {
  const engine = useEngine();
  useEffect(() => {
    const notes = tags.map(
      ({ id, text, isOver, views, to }): SceneNote => ({
        ...{ id: `measure ${id}`, frame: frame ?? -1, place: to, text, views, anchor: 'right' },
        tone: isOver ? 'over' : 'measure',
      }),
    );
    engine.setNotes('measure', notes);
  }, [engine, tags, frame]);
  useEffect(() => () => engine.setNotes('measure', []), [engine]);
}

function useHint(
  tool: HandTool | 'ray' | null,
  clicked: number,
  mark: RayMark | null,
  isMissed: boolean,
): string | null {
  const { t } = useTranslation();
  if (tool === null) return null;
  if (isMissed) return t(tool === 'height' ? 'measure.noGround' : 'measure.noPoint');
  if (tool !== 'ray') return t(`measure.hint.${tool}`, { at: clicked + 1, of: pointsWanted[tool] });
  if (!mark) return t('measure.hint.ray');
  if (!mark.point || mark.depth === null) return t('measure.rayEmpty');
  const depth = mark.depth.toFixed(2);
  return mark.aside === null
    ? t('measure.pointAt', { depth })
    : t('measure.rayAt', { depth, centimeters: (100 * mark.aside).toFixed(0) });
}
