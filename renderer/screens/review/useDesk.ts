/** Makes the desk for the open audit and ties it to the session, the viewport and the clock. */
import { createContext, useContext, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { visibleState } from '../../../shared/audit/blind.ts';
import type { Evidence } from '../../../shared/audit/events.ts';
import { presentationOrder } from '../../../shared/audit/presentation.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import { useRoute } from '../../app/routes.ts';
import { useServices } from '../../state/context.tsx';
import type { Engine } from '../../viewport/engine.ts';
import { takePicture } from '../../viewport/evidencePicture.ts';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { type ActiveTime, createActiveTime } from './activeTime.ts';
import { draftInFront, measuredInHand, withCorrections } from './correct/correctingDesk.ts';
import { type Corrector, createCorrector } from './correct/corrector.ts';
import { createDesk, type Desk, type DeskState, firstPosition } from './desk.ts';
import { type FaceFinding, faceFindings } from './faceFindings.ts';
import { keptPlace, restorePlace } from './keptPlace.ts';
import { limitsOf } from './labelFacts.ts';
import { createUnitLocator, type UnitLocator } from './locateUnit.ts';
import { listenForLife } from './signsOfLife.ts';
import { parseDrafts, type UnitDraft } from './unitDraft.ts';
import { evidenceOf, measuredFor } from './verdictDrafts.ts';

/** A picture that is not ready by then is left out: pictures yield to verdicts. */
const pictureWaitMs = 2500;

export interface DeskValue {
  readonly desk: Desk;
  readonly locator: UnitLocator;
  readonly time: ActiveTime;
  readonly corrector: Corrector;
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

/** Made once for each stay on the screen. */
export function useNewDesk(): DeskValue {
  const { session, settings } = useServices();
  const { i18n } = useTranslation();
  const engine = useEngine();
  const route = useRoute();
  const asked = route && 'unit' in route ? route.unit : null;
  const [value] = useState((): DeskValue => {
    const { index } = engine;
    const profile = (): string | null => session.getState().actor?.profile ?? null;
    // Where units are judged blind, what others said stays out of sight.
    const audit = (): AuditState => visibleState(session.getState().shown!, profile());
    const locator = createUnitLocator(index);
    const units = presentationOrder(audit().sample!.labels.units, index.delivery);
    const time = createActiveTime(performance.now());
    const left = rememberedUnit(settings.getState().settings.views['review.place'], audit());
    const place = keptPlace(session.getState().drafts, asked);
    const desk: Desk = createDesk(
      {
        units,
        index,
        locator,
        time,
        now: () => performance.now(),
        audit,
        record: (draft) => session.getState().record(draft),
        recordAll: (drafts) => session.getState().recordAll(drafts),
        measured: (code, draft) =>
          measuredInHand(code, draft, desk, corrector) ??
          measuredFor(code, worstFinding(engine, audit()), draft.measures),
        evidence: (withPicture, draft) =>
          collectEvidence(engine, withPicture, draftInFront(desk, draft), session.getState().sendPicture),
        keepDraft: (unit, draft) => session.getState().keepDraft(unit, draft),
        newId: () => crypto.randomUUID(),
        profile,
        undoReason: () => i18n.t('bulk.undoReason'),
        remember: (unit) => settings.getState().remember('review.place', { audit: audit().audit, unit }),
      },
      firstPosition(units, audit(), place?.unit ?? asked ?? left),
      parseDrafts(session.getState().drafts),
    );
    restorePlace(place, desk, engine);
    const corrector = createCorrector(engine, desk);
    return { desk: withCorrections(desk, corrector), locator, time, corrector };
  });
  useEffect(() => listenForLife(value.time), [value]);
  const followed = useRef(asked);
  useEffect(() => {
    if (followed.current === asked) return;
    followed.current = asked;
    const at = value.desk.units.findIndex(({ id }) => id === asked);
    if (at >= 0 && at !== value.desk.store.getState().at) value.desk.goTo(at);
  }, [value, asked]);
  return value;
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
