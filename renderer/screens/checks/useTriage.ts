/** Answering the chosen finding: what each key records, and which dialog asks for more. */
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DefectSeverity } from '../../../shared/audit/qaSpec.ts';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import { isInSample } from '../../../shared/audit/targets.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import type { CheckSettings } from '../../../shared/checks/settings.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { findingSentence } from '../../../shared/report/checkWords.ts';
import { useServices, useSession } from '../../state/context.tsx';
import type { Engine } from '../../viewport/engineContract.ts';
import { takePicture } from '../../viewport/evidencePicture.ts';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { placeOf } from './findingPlace.ts';
import {
  type Confirmation,
  confirmDrafts,
  dismissDrafts,
  normalDrafts,
  takeBackDrafts,
  targetPlace,
} from './triageDrafts.ts';
import type { Checks } from './useChecks.ts';

export type Asking = 'defect' | 'dismiss' | 'normal';

export interface Triage {
  readonly asking: Asking | null;
  readonly ask: (what: Asking | null) => void;
  /** The chosen finding waits for an answer, and one can be given. */
  readonly canAnswer: boolean;
  /** The plan is frozen: what is in the sample is known. */
  readonly canConfirm: boolean;
  readonly isInSample: boolean;
  /** Of the code that is proposed, or another. */
  readonly confirm: (code: string) => void;
  readonly dismiss: (reason: string) => void;
  readonly teach: (settings: CheckSettings, note: string) => void;
  /** Takes back the last answer of this person; null = there is none. */
  readonly takeBack: (() => void) | null;
}

export function useTriage(checks: Checks, index: DeliveryIndex): Triage {
  const { t } = useTranslation();
  const { audit, chosen, triage } = checks;
  const profile = useSession((state) => state.actor?.profile ?? null);
  const recordTogether = useSession((state) => state.recordTogether);
  const engine = useEngine();
  const { session } = useServices();
  const underWay = useRef(new Set<string>());
  const [asking, ask] = useState<Asking | null>(null);
  const canAnswer = checks.canAnswer && chosen !== null && !triage.has(chosen.id);
  const canConfirm = canAnswer && audit?.sample != null && audit.spec !== null;
  const last = lastAnswer(checks, profile);

  function given(drafts: Parameters<typeof recordTogether>[0]): void {
    ask(null);
    recordTogether(drafts);
  }

  /** Recorded as soon as the picture of what is on screen has its hash; an answer never waits long for it. */
  async function confirmed(finding: CheckFinding, said: Said): Promise<void> {
    underWay.current.add(finding.id);
    const isOnScreen = showsFinding(engine, index, finding);
    const pose = isOnScreen ? engine.pose() : null;
    const late = new Promise<null>((resolve) => setTimeout(resolve, pictureWaitMs, null));
    const picture = isOnScreen ? await Promise.race([takePicture(engine), late]) : null;
    underWay.current.delete(finding.id);
    const { shown, sendPicture } = session.getState();
    if (!shown || shown.triage.has(finding.id)) return;
    const seen = { pose, picture: picture?.hash ?? null };
    const drafts = confirmDrafts(shown, index, finding, { ...said, ...seen, targetId: crypto.randomUUID() });
    const isNamed = drafts.some(({ type }) => type === 'target.judged');
    if (recordTogether(drafts) === null && picture && isNamed) sendPicture(picture.hash, picture.blob);
  }

  return {
    ...{ asking, ask, canAnswer, canConfirm },
    isInSample: canConfirm && sampled(checks, chosen),
    confirm(code) {
      if (!canConfirm || !chosen || underWay.current.has(chosen.id)) return;
      ask(null);
      const severity: DefectSeverity =
        code === chosen.code ? chosen.severity : (specDefect(checks.spec, code)?.severity ?? 'minor');
      void confirmed(chosen, { code, severity, sentence: findingSentence(chosen, t) });
    },
    dismiss(reason) {
      if (canAnswer) given(dismissDrafts(chosen, reason));
    },
    teach(settings, note) {
      if (canAnswer) given(normalDrafts(chosen, note, settings));
    },
    takeBack:
      last === null || !checks.canAnswer || !audit
        ? null
        : () => {
            given(takeBackDrafts(audit, last, profile!, t('checks.undone')));
            checks.choose({ id: last });
          },
  };
}

type Said = Pick<Confirmation, 'code' | 'severity' | 'sentence'>;

const pictureWaitMs = 1500;

/** Whether the views show the finding by now, so that a picture of them is one of it. */
function showsFinding(engine: Engine, index: DeliveryIndex, finding: CheckFinding): boolean {
  const { shown, isAwaiting } = engine.facts.getState();
  const place = placeOf(index, finding);
  return !isAwaiting && place !== null && shown?.frame === place.frame && shown.row === place.row;
}

function sampled({ audit }: Checks, chosen: CheckFinding | null): boolean {
  if (!audit || !chosen || chosen.frame === '') return false;
  return isInSample(audit, targetPlace(audit, chosen));
}

/** The newest standing answer of a person. */
function lastAnswer({ triage }: Checks, profile: string | null): string | null {
  let last: { readonly id: string; readonly seq: number } | null = null;
  for (const [id, { by, seq }] of triage) {
    if (by.profile === profile && (last === null || seq > last.seq)) last = { id, seq };
  }
  return last?.id ?? null;
}
