/** The keys of the review screen: one list for keyboard, palette and key sheet. */
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type SpecDefect, severities } from '../../../shared/audit/qaSpec.ts';
import { type Command, commandMaker, useCommands } from '../../app/commands.ts';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { useDesk } from './useDesk.ts';
import type { Subject } from './useSubject.ts';

export interface ReviewActions {
  readonly subject: Subject | null;
  /** Codes with a digit that are offered now. */
  readonly codes: readonly { readonly digit: number; readonly defect: SpecDefect }[];
  readonly onCode: (defect: SpecDefect) => void;
  readonly canJudge: boolean;
  readonly focusComment: () => void;
}

/** The faces a key goes through, then all of the label again: [axis, sign]. */
const faceRound = [
  [0, 1],
  [0, -1],
  [1, 1],
  [1, -1],
  [2, 1],
  [2, -1],
] as const;

export function useReviewCommands({ subject, codes, onCode, canJudge, focusComment }: ReviewActions): void {
  const { i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const desk = useDesk();
  const engine = useEngine();
  const nextFace = useRef(0);

  const command = commandMaker('review');
  const judging = (
    id: string,
    keys: readonly string[],
    run: () => void,
    rest: Partial<Command> = {},
  ): Command => command(id, keys, run, { isEnabled: () => canJudge, ...rest });

  useCommands([
    judging('confirm', ['Enter'], () => desk.confirm()),
    ...codes.map(({ digit, defect }) =>
      judging(`code${digit}`, [String(digit)], () => onCode(defect), {
        titleKey: 'review.commands.code',
        titleParams: { title: defect.title[language] },
      }),
    ),
    judging('otherCode', ['0'], () => desk.patch({ picker: 'reject' })),
    judging('unsure', ['U'], () => desk.unsure()),
    judging('hold', ['S'], () => desk.patch({ isHolding: !desk.store.getState().isHolding })),
    judging('undo', ['Z', 'Mod+Z'], () => desk.undo()),
    judging('beside', ['F'], () => desk.patch({ picker: 'beside' })),
    ...severities.map((severity, at) =>
      judging(`severity${at}`, [`Shift+${at + 1}`], () => desk.setSeverity(severity), {
        titleKey: 'review.commands.severity',
        titleParams: { severity: i18n.t(`review.severity.${severity}`) },
      }),
    ),
    command('comment', ['C'], focusComment),
    command('next', ['J', 'ArrowDown'], () => desk.step(1), { repeats: true }),
    command('previous', ['K', 'ArrowUp'], () => desk.step(-1), { repeats: true }),
    command('jump', ['G'], () => desk.patch({ picker: 'jump' })),
    command('frameBack', ['[', 'ArrowLeft'], () => desk.stepFrame(-1), { repeats: true }),
    command('frameOn', [']', 'ArrowRight'], () => desk.stepFrame(1), { repeats: true }),
    command('home', ['Escape'], () => desk.home()),
    command('face', ['V'], () => {
      const face = faceRound[nextFace.current];
      nextFace.current = (nextFace.current + 1) % (faceRound.length + 1);
      if (face) engine.zoomToFace(face[0], face[1]);
      else engine.resetViews();
    }),
    command('fit', ['B'], () => {
      nextFace.current = 0;
      engine.resetViews();
    }),
    command('flip', ['T'], () => engine.flip()),
    command('overlay', ['O'], () => engine.setOverlayHidden(true), {
      release: () => engine.setOverlayHidden(false),
    }),
    command('camera', ['.'], () => {
      const count = subject?.sights.length ?? 0;
      if (count > 0) desk.patch({ camera: ((desk.store.getState().camera ?? 0) + 1) % count });
    }),
    command('whole', ['X'], () => desk.patch({ isWholePicture: !desk.store.getState().isWholePicture })),
  ]);
}
