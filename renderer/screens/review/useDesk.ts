/** Makes a desk for the open audit and ties it to the session, the viewport and the clock. */
import { createContext, useContext, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Evidence } from '../../../shared/audit/events.ts';
import { judgingOrder } from '../../../shared/audit/presentation.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import { useServices } from '../../state/context.tsx';
import type { Engine } from '../../viewport/engine.ts';
import { takePicture } from '../../viewport/evidencePicture.ts';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { type ActiveTime, createActiveTime } from './activeTime.ts';
import { draftInFront, measuredInHand, withCorrections } from './correct/correctingDesk.ts';
import { type Corrector, createCorrector } from './correct/corrector.ts';
import { createDesk, type Desk, type DeskState, firstPosition } from './desk.ts';
import { type DeskRecord, recordOfQueue } from './deskRecord.ts';
import { type FaceFinding, faceFindings } from './faceFindings.ts';
import { keptPlace, restorePlace, unitToReturnTo } from './keptPlace.ts';
import { limitsOf } from './labelFacts.ts';
import type { UnitLocator } from './locateUnit.ts';
import { bookOfDesk, recordWithSeeds, unitsWithSeeds } from './seeds/deskSeeds.ts';
import type { SeedBook } from './seeds/seedBook.ts';
import { seededOf } from './seeds/seededIndex.ts';
import { createSeededLocator } from './seeds/seededLocator.ts';
import { listenForLife } from './signsOfLife.ts';
import type { Queue } from './targets/queue.ts';
import { parseDrafts, type UnitDraft } from './unitDraft.ts';
import { evidenceOf, measuredFor } from './verdictDrafts.ts';

/** A picture that is not ready by then is left out: pictures yield to verdicts. */
const pictureWaitMs = 2500;

export interface DeskValue {
  readonly queue: Queue;
  readonly desk: Desk;
  readonly locator: UnitLocator;
  readonly time: ActiveTime;
  readonly corrector: Corrector;
  /** What the desk sees of the session, and where it says its verdicts. */
  readonly record: DeskRecord;
  /** What is said of errors that were put in; null at the desk of the targeted queue. */
  readonly book: SeedBook | null;
}

export const DeskContext = createContext<DeskValue | null>(null);

export function useDeskValue(): DeskValue {
  const value = useContext(DeskContext);
  if (value === null) throw new Error('DeskContext is missing');
  return value;
}

export function useDesk(): Desk {
  return useDeskValue().desk;
}

export function useDeskState<Fact>(selector: (state: DeskState) => Fact): Fact {
  return useStore(useDesk().store, selector);
}

/** What makes a desk of either queue, at the unit that is asked for or where that desk was left. */
export function useDeskMaker(): (queue: Queue, asked: string | null) => DeskValue {
  const { session, settings } = useServices();
  const { i18n } = useTranslation();
  const engine = useEngine();
  return (queue, asked) => {
    const { index } = engine;
    const profile = (): string | null => session.getState().actor?.profile ?? null;
    const plain = recordOfQueue(session, queue);
    const locator = createSeededLocator(index);
    const units =
      queue === 'sample'
        ? unitsWithSeeds(index, plain.audit(), profile())
        : judgingOrder(plain.audit().sample!.labels, seededOf(index).base.delivery);
    const book = queue === 'sample' ? bookOfDesk(session, units, () => desk.unit().id) : null;
    const record = book ? recordWithSeeds(plain, book) : plain;
    const { audit } = record;
    const time = createActiveTime(performance.now());
    const left = rememberedUnit(settings.getState().settings.views[placeViews[queue]], audit());
    const place = keptPlace(session.getState().drafts, queue, asked);
    const desk: Desk = createDesk(
      {
        ...record,
        units,
        index,
        locator,
        time,
        now: () => performance.now(),
        measured: (code, draft) =>
          measuredInHand(code, draft, desk, corrector) ??
          measuredFor(code, worstFinding(engine, audit()), draft.measures),
        evidence: (withPicture, draft) =>
          collectEvidence(
            engine,
            withPicture && !book?.holds(desk.unit().id),
            draftInFront(desk, draft),
            session.getState().sendPicture,
          ),
        keepDraft: (unit, draft) => session.getState().keepDraft(unit, draft),
        newId: () => crypto.randomUUID(),
        profile,
        undoReason: () => i18n.t('bulk.undoReason'),
        remember: (unit) => settings.getState().remember(placeViews[queue], { audit: audit().audit, unit }),
      },
      firstPosition(units, audit(), unitToReturnTo(place, units, audit()) ?? asked ?? left),
      parseDrafts(session.getState().drafts),
    );
    restorePlace(place, desk, engine);
    const corrector = createCorrector(engine, desk);
    return { queue, desk: withCorrections(desk, corrector), locator, time, corrector, record, book };
  };
}

/** Under which name the settings keep the unit a desk was left at. */
const placeViews = { sample: 'review.place', targets: 'review.target' } as const satisfies Record<
  Queue,
  string
>;

/** While a desk is shown its clock runs, as long as the person does something. */
export function useDeskClock({ time }: DeskValue): void {
  useEffect(() => {
    time.note(performance.now());
    const stop = listenForLife(time);
    return () => {
      stop();
      time.pause(performance.now());
    };
  }, [time]);
}

/** The unit this audit was left at, while it is still open. The host keeps views as they are: parse by hand. */
function rememberedUnit(view: unknown, audit: AuditState): string | null {
  if (typeof view !== 'object' || view === null || !('audit' in view) || !('unit' in view)) return null;
  const { unit } = view;
  return view.audit === audit.audit && typeof unit === 'string' && !audit.verdicts.has(unit) ? unit : null;
}

/** The face that stands farthest beyond its points, of the label on screen. */
export function worstFinding(engine: Engine, audit: AuditState): FaceFinding | null {
  const { shown, gaps } = engine.facts.getState();
  if (!shown || shown.row === null || !gaps || !audit.spec) return null;
  const label = cuboidAt(engine.index.labels, shown.row);
  const limits = limitsOf(audit.spec.spec, label, gaps.inside);
  return faceFindings(label, gaps, limits?.sizeMeters ?? null, [0, 0, 0])[0] ?? null;
}

/** The picture is drawn at once; its file follows the verdict to the host in the background. */
async function collectEvidence(
  engine: Engine,
  withPicture: boolean,
  draft: UnitDraft,
  sendPicture: (hash: string, blob: Blob) => void,
): Promise<Evidence | null> {
  const { shown, gaps } = engine.facts.getState();
  if (!shown) return null;
  const pose = engine.pose();
  const taken = withPicture ? takePicture(engine) : Promise.resolve(null);
  const late = new Promise<null>((resolve) => setTimeout(resolve, pictureWaitMs, null));
  const picture = await Promise.race([taken, late]);
  if (picture) sendPicture(picture.hash, picture.blob);
  const { frame, row, box } = shown;
  return evidenceOf(engine.index, {
    frame,
    row,
    box,
    pointsInside: gaps?.inside ?? null,
    pose,
    picture: picture?.hash ?? null,
    draft,
  });
}
