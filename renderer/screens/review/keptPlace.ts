/** How the desk was left: unit, frame, label beside it, camera and where all views look. Kept over a crash. */
import { useEffect } from 'react';
import type { DrawnUnit } from '../../../shared/audit/events.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { z } from '../../../shared/base/door.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { useRoute } from '../../app/routes.ts';
import { useServices } from '../../state/context.tsx';
import type { Engine } from '../../viewport/engine.ts';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { stancesSchema } from '../../viewport/stances.ts';
import { labelsOf, openInTurn } from './course/askedUnits.ts';
import type { Desk } from './desk.ts';
import type { Queue } from './targets/queue.ts';
import { useDeskValue } from './useDesk.ts';

/** Under these names they lie beside the drafts of units. */
const placeNames = { sample: 'desk.review', targets: 'desk.targets' } as const satisfies Record<
  Queue,
  string
>;
/** Turning and zooming come in many small steps. */
const keepAfterMs = 120;

const placeSchema = z.object({
  /** Unit that the address asked for: another one asked for later goes first. */
  asked: z.string().nullable(),
  unit: z.string(),
  /** True where the unit had a verdict already when the person came to it: she looks back on purpose. */
  wasJudged: z.boolean(),
  frame: z.number().int().min(0).nullable(),
  besideRow: z.number().int().min(0).nullable(),
  camera: z.number().int().min(0).nullable(),
  isWholePicture: z.boolean(),
  stances: stancesSchema.nullable(),
});
export type KeptPlace = z.infer<typeof placeSchema>;

/** What the shelf kept; null where it is another version's, or nothing, or the address asks for another unit. */
export function keptPlace(
  drafts: ReadonlyMap<string, unknown>,
  queue: Queue,
  asked: string | null,
): KeptPlace | null {
  const parsed = placeSchema.safeParse(drafts.get(placeNames[queue]));
  const isWanted = parsed.success && (asked === null || parsed.data.asked === asked);
  return isWanted ? parsed.data : null;
}

/**
 * The unit to come back to. A verdict is on disk before it is known that the desk went on, so a unit that was open when
 * she came to it and is judged now was left behind: what is open after it comes up instead, where there is anything.
 */
export function unitToReturnTo(
  place: KeptPlace | null,
  units: readonly DrawnUnit[],
  state: AuditState,
): string | null {
  if (!place || place.wasJudged || !state.verdicts.has(place.unit)) return place?.unit ?? null;
  const at = units.findIndex(({ id }) => id === place.unit);
  const [next] = openInTurn(units, labelsOf(state), (id) => state.verdicts.has(id), at);
  return next === undefined ? place.unit : units[next]!.id;
}

/** Puts everything back, where the desk stands at the unit it was left at. */
export function restorePlace(place: KeptPlace | null, desk: Desk, engine: Engine): void {
  if (!place || desk.unit().id !== place.unit) return;
  const { frame, besideRow, camera, isWholePicture, stances } = place;
  desk.patch({
    frame: isIn(frame, framesOf(engine.index)) ? frame : null,
    besideRow: isIn(besideRow, engine.index.labels.cuboids.count) ? besideRow : null,
    camera,
    isWholePicture,
  });
  if (!stances) return;
  if (stances.isFlipped) engine.flip();
  engine.takeStances(stances);
}

const framesOf = (index: DeliveryIndex): number => index.delivery.frames.length;
const isIn = (at: number | null, count: number): boolean => at !== null && at < count;

/** Keeps the place while the desk is at work. */
export function useKeptPlace(): void {
  const route = useRoute();
  const asked = route && 'unit' in route ? route.unit : null;
  const { session } = useServices();
  const engine = useEngine();
  const { desk, queue } = useDeskValue();
  useEffect(() => {
    const owner = session.getState().draftsOf;
    const isJudged = (): boolean => desk.audit().verdicts.has(desk.unit().id);
    let arrived = { unit: desk.unit().id, wasJudged: isJudged() };
    let before = '';
    let timer: ReturnType<typeof setTimeout> | undefined;

    function keep(from: string | null = asked): void {
      // Another person's desk is another desk.
      if (session.getState().draftsOf !== owner) return;
      const { frame, besideRow, camera, isWholePicture } = desk.store.getState();
      const unit = desk.unit().id;
      if (unit !== arrived.unit) arrived = { unit, wasJudged: isJudged() };
      const stances = engine.stances();
      const place: KeptPlace = {
        asked: from,
        ...arrived,
        frame,
        besideRow,
        camera,
        isWholePicture,
        stances,
      };
      const text = JSON.stringify(place);
      if (text === before) return;
      before = text;
      session.getState().keepDraft(placeNames[queue], place);
    }

    function keepSoon(): void {
      clearTimeout(timer);
      timer = setTimeout(keep, keepAfterMs);
    }

    const stop = desk.store.subscribe(() => keep());
    const listening = new AbortController();
    for (const sign of ['pointerup', 'wheel', 'keyup', 'dblclick'] as const) {
      addEventListener(sign, keepSoon, { signal: listening.signal, passive: true });
    }
    return () => {
      stop();
      listening.abort();
      clearTimeout(timer);
      // Left on purpose: an address that asks for a unit is followed when it is gone to again.
      keep(null);
    };
  }, [session, engine, desk, queue, asked]);
}
