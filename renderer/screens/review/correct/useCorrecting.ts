/** Correcting at the desk: what may be corrected now, what is drawn of it, and what the mouse does with it. */
import { useEffect, useLayoutEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommandRegistry } from '../../../app/commands.ts';
import { useSession } from '../../../state/context.tsx';
import type { Engine } from '../../../viewport/engineContract.ts';
import type { Pointing } from '../../../viewport/pointing.ts';
import { useEngine, useFacts } from '../../../viewport/react/engineContext.tsx';
import type { Desk } from '../deskContract.ts';
import { limitsOf } from '../labelFacts.ts';
import { useDeskState, useDeskValue } from '../useDesk.ts';
import type { Subject } from '../useSubject.ts';
import { type CorrectionDrawing, drawInPicture, drawInSpace } from './correctionStrokes.ts';
import { createCorrectionTags } from './correctionTags.ts';
import type { Correctable, Corrector } from './corrector.ts';
import { deviationsOf } from './suggestion.ts';
import { useCorrectCommands } from './useCorrectCommands.ts';

/** `select` is what a click does otherwise. Null where nothing can be corrected. */
export function useCorrecting(
  subject: Subject | null,
  canJudge: boolean,
  select: (row: number) => void,
): Pointing | null {
  const engine = useEngine();
  const { desk, corrector } = useDeskValue();
  const target = useCorrectable(subject, canJudge);
  const isCorrecting = useDeskState((state) => state.tool === 'correct');
  useLayoutEffect(() => corrector.aim(target), [corrector, target]);
  useDrawn(engine, desk, corrector);
  useCancelledByEscape(corrector);
  useCorrectCommands(target !== null);
  return useMemo((): Pointing | null => {
    if (!target) return null;
    return {
      cursor: 'select',
      onClick(place) {
        const row = isCorrecting ? null : place.row();
        if (row !== null) select(row);
      },
      grab: corrector.grab,
      cursorAt: corrector.cursorAt,
      onLeave: corrector.leave,
    };
  }, [target, isCorrecting, corrector, select]);
}

/** The unit's own label, once it is on screen in its own frame. */
function useCorrectable(subject: Subject | null, canJudge: boolean): Correctable | null {
  const spec = useSession((state) => state.shown?.spec?.spec ?? null);
  const row = useFacts((facts) => facts.shown?.row ?? null);
  const inside = useFacts((facts) => facts.gaps?.inside ?? null);
  return useMemo(() => {
    if (!subject || !canJudge || !spec) return null;
    const { label, unit, isBeside, frame, ownFrame, entry } = subject;
    if (!label?.isUsable || isBeside || frame !== ownFrame || row !== label.row) return null;
    return {
      unit: unit.id,
      label,
      limits: limitsOf(spec, label, inside),
      typicalSize: entry?.typicalSize ?? null,
    };
  }, [subject, canJudge, spec, row, inside]);
}

/** Strokes and words follow the box without React; at most once a frame of the screen. */
function useDrawn(engine: Engine, desk: Desk, corrector: Corrector): void {
  const { t } = useTranslation();
  useEffect(() => {
    const drawing = (): CorrectionDrawing => {
      const { target, held, face } = corrector.store.getState();
      const shape = corrector.shape();
      return {
        shape,
        base: target && (shape ?? target.label),
        held,
        face,
        isCorrecting: desk.store.getState().tool === 'correct',
      };
    };
    const layer = engine.addLayer({
      inSpace: (space) => drawInSpace(space, drawing()),
      inPicture: (picture) => drawInPicture(picture, drawing()),
      dashesLabel: () => corrector.shape() !== null,
    });
    const tags = createCorrectionTags(engine, (quantity) => t(`audit.quantity.${quantity}`));
    let asked: number | null = null;
    const redraw = (): void => {
      asked = null;
      layer.update();
      const { target } = corrector.store.getState();
      const shape = corrector.shape();
      tags.show(
        target &&
          shape && {
            label: target.label,
            shape,
            deviations: deviationsOf(target.label, shape, target.limits).all,
          },
      );
    };
    const ask = (): void => {
      asked ??= requestAnimationFrame(redraw);
    };
    const stops = [
      corrector.store.subscribe(ask),
      desk.store.subscribe((state, before) => {
        if (state.drafts !== before.drafts || state.tool !== before.tool || state.at !== before.at) ask();
      }),
      // The words stand by the scale of their view, and panes may have come or gone.
      engine.facts.subscribe((state, before) => {
        const isSame = state.metersPerPixel === before.metersPerPixel && state.isFlipped === before.isFlipped;
        if (!isSame) ask();
      }),
    ];
    ask();
    return () => {
      for (const stop of stops) stop();
      if (asked !== null) cancelAnimationFrame(asked);
      tags.remove();
      layer.remove();
    };
  }, [engine, desk, corrector, t]);
}

/** Escape lets go of what is pulled; that it also leaves the mode is the desk's own. */
function useCancelledByEscape(corrector: Corrector): void {
  const registry = useCommandRegistry();
  useEffect(
    () =>
      registry.watch((id) => {
        if (id === 'review.home') corrector.cancel();
      }),
    [registry, corrector],
  );
}
