/** The auditor's box in numbers, each with its limit, and the code that follows from it with the key that gives it. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { boxOverlap } from '../../../../shared/geometry/boxDelta.ts';
import { faceNames } from '../../../../shared/geometry/cuboid.ts';
import { CommandKey } from '../../../app/CommandKey.tsx';
import { useDeskState, useDeskValue } from '../useDesk.ts';
import styles from './correct.module.css';
import type { SuggestedCode } from './correctingDesk.ts';
import { shapeOf } from './correctionBox.ts';
import type { Correctable, FitNote } from './corrector.ts';
import { limitText, valueText } from './deviationText.ts';
import { type Deviation, deviationsOf, suggestionFor } from './suggestion.ts';
import { useCorrectionInHand } from './useSuggestion.ts';

/** Screen readers hear the state once keys rest for this long. */
const restMs = 500;

export function CorrectionBlock() {
  const { t } = useTranslation();
  const { desk, corrector } = useDeskValue();
  const { target, correction, suggested } = useCorrectionInHand();
  const isCorrecting = useDeskState((state) => state.tool === 'correct');
  const note = useStore(corrector.store, (state) => state.note);
  const face = useStore(corrector.store, (state) => state.face);
  const shape = correction && shapeOf(correction);
  const deviations = target && shape ? deviationsOf(target.label, shape, target.limits).all : [];
  const block = useRef<HTMLElement>(null);
  const rows = suggested ? deviations.length : 0;
  // The panel may be longer than the screen; what Enter will do has to be seen.
  useEffect(() => {
    if (rows > 0) block.current?.scrollIntoView({ block: 'nearest' });
  }, [rows]);
  const spoken = useSpoken(target, deviations, suggested);
  if (!target) return null;
  const action = (id: string, word: string, run: () => void, isPressed?: boolean) => (
    <button
      type="button"
      className={styles.action}
      aria-pressed={isPressed}
      onClick={run}
      data-testid={`correct-${id}`}
    >
      {t(`correct.${word}`)} <CommandKey id={`review.correct.${id}`} />
    </button>
  );
  const mode = action(
    'mode',
    'begin',
    () => desk.patch({ tool: isCorrecting ? 'select' : 'correct' }),
    isCorrecting,
  );
  const fit = action('fit', 'actionFit', () => void corrector.fit());
  const heard = (
    <p className={styles.spoken} role="status" data-testid="correction-spoken">
      {spoken}
    </p>
  );
  if (!shape) {
    return (
      <div className={styles.empty} data-testid="correction-none">
        {mode}
        {fit}
        <Noted note={note} />
        {heard}
      </div>
    );
  }
  const percent = (100 * boxOverlap(target.label, shape).volume).toFixed(0);
  return (
    <section className={styles.block} ref={block} data-testid="correction">
      <h2 className={styles.head}>
        {t('correct.title')} · {t(`correct.${correction.source}`)}
        <small>{t('correct.share', { percent })}</small>
      </h2>
      <table className={styles.values}>
        <thead className={styles.spoken}>
          <tr>
            {['quantityColumn', 'valueColumn', 'limitColumn'].map((column) => (
              <th key={column} scope="col">
                {t(`correct.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {deviations.map(({ measured, share }) => (
            <tr
              key={measured.quantity}
              data-over={(measured.limit !== null && share > 1) || undefined}
              data-quantity={measured.quantity}
            >
              <th scope="row">{t(`audit.quantity.${measured.quantity}`)}</th>
              <td>{valueText(measured)}</td>
              <td>{limitText(measured) ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {suggested ? <SuggestedLine suggested={suggested} /> : <NoCode target={target} />}
      <Noted note={note} />
      {face !== null && (
        <p className={styles.note}>{t('correct.inHand', { what: t(`review.face.${faceNames[face]!}`) })}</p>
      )}
      <div className={styles.actions}>
        {mode}
        {fit}
        {action('remove', 'actionRemove', corrector.remove)}
      </div>
      {heard}
    </section>
  );
}

function SuggestedLine({ suggested }: { suggested: SuggestedCode }) {
  const { t, i18n } = useTranslation();
  const { desk } = useDeskValue();
  const { measured, defect, isRestating } = suggested;
  const limit = limitText(measured);
  return (
    <button
      type="button"
      className={styles.suggestion}
      onClick={() => desk.confirm()}
      data-testid="correction-suggestion"
      data-code={defect.code}
    >
      <CommandKey id="review.confirm" />{' '}
      {t(isRestating ? 'correct.restates' : 'correct.rejectsWith', {
        quantity: t(`audit.quantity.${measured.quantity}`),
        value: valueText(measured),
        limit: limit === null ? t('correct.noLimit') : t('correct.limit', { limit }),
        title: defect.title[i18n.language === 'zh' ? 'zh' : 'en'],
      })}
    </button>
  );
}

/** Why no code follows, where none does. */
function NoCode({ target }: { target: Correctable }) {
  const { t } = useTranslation();
  const { desk } = useDeskValue();
  const { correction } = desk.draft();
  const suggestion = correction && suggestionFor(target.label, shapeOf(correction), target.limits);
  if (desk.standing() !== null) return null;
  return <p className={styles.note}>{t(suggestion?.isOver ? 'correct.uncoded' : 'correct.within')}</p>;
}

function Noted({ note }: { note: FitNote | null }) {
  const { t } = useTranslation();
  if (!note) return null;
  const words = {
    'too-few': () => t('correct.fit.too-few', { count: note.kind === 'too-few' ? note.points : 0 }),
    unchanged: () => t('correct.fit.unchanged'),
    fitted: () => {
      if (note.kind !== 'fitted') return '';
      const reasons = note.reasons.map((reason) => t(`correct.reason.${reason}`));
      return [t(note.isSure ? 'correct.fit.sure' : 'correct.fit.unsure'), reasons.join(', ')].join(' ');
    },
  };
  return (
    <p className={styles.note} role="status" data-testid="fit-note">
      {words[note.kind]()}
    </p>
  );
}

/** The state in a short sentence, after the keys have come to rest. */
function useSpoken(
  target: Correctable | null,
  deviations: readonly Deviation[],
  suggested: SuggestedCode | null,
): string {
  const { t, i18n } = useTranslation();
  const [spoken, setSpoken] = useState('');
  const worst = deviations[0]?.measured;
  let text = '';
  if (target && worst) {
    const limit = limitText(worst);
    text = t('correct.spoken', {
      quantity: t(`audit.quantity.${worst.quantity}`),
      value: valueText(worst),
      limit: limit === null ? t('correct.noLimit') : t('correct.limit', { limit }),
    });
    const title = suggested?.defect.title[i18n.language === 'zh' ? 'zh' : 'en'];
    if (title) text += ` ${t('correct.spokenSuggestion', { title })}`;
  }
  useEffect(() => {
    const rest = setTimeout(setSpoken, restMs, text);
    return () => clearTimeout(rest);
  }, [text]);
  return spoken;
}
