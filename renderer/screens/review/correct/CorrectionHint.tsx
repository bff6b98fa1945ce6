/** What keys do while a box is corrected or pulled, in the hint area over the views. */
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { faceNames } from '../../../../shared/geometry/cuboid.ts';
import { CommandKey } from '../../../app/CommandKey.tsx';
import { Key } from '../../../ui/Key.tsx';
import { useDeskState, useDeskValue } from '../useDesk.ts';
import styles from './correct.module.css';

/** Null where there is nothing to say. */
export function useCorrectionHint(): 'drag' | 'mode' | null {
  const { corrector } = useDeskValue();
  const isDragging = useStore(corrector.store, (state) => state.isDragging);
  const canCorrect = useStore(corrector.store, (state) => state.target !== null);
  const isCorrecting = useDeskState((state) => state.tool === 'correct');
  if (isDragging) return 'drag';
  return isCorrecting && canCorrect ? 'mode' : null;
}

export function CorrectionHint({ while: kind }: { while: 'drag' | 'mode' }) {
  const { t } = useTranslation();
  const { corrector } = useDeskValue();
  const face = useStore(corrector.store, (state) => state.face);
  if (kind === 'drag') {
    return (
      <div className={styles.keys}>
        {(
          [
            ['Alt', 'hintNoSnap'],
            ['Shift', 'hintFine'],
            ['Escape', 'hintCancel'],
          ] as const
        ).map(([key, word]) => (
          <span key={key}>
            <Key name={key} isSpoken /> {t(`correct.${word}`)}
          </span>
        ))}
      </div>
    );
  }
  const keys = (ids: readonly string[], word: string) => (
    <span>
      {ids.map((id) => (
        <CommandKey key={id} id={`review.${id}`} />
      ))}{' '}
      {t(`correct.${word}`)}
    </span>
  );
  return (
    <div className={styles.keys}>
      <span>{t('correct.hintMode')}</span>
      {keys(['correct.left', 'correct.forward', 'correct.back', 'correct.right'], 'hintMove')}
      {keys(['correct.turnLeft', 'correct.turnRight'], 'hintTurn')}
      <span>
        <CommandKey id="review.correct.face" /> {t('correct.hintFace')} ·{' '}
        {t('correct.inHand', {
          what: face === null ? t('correct.whole') : t(`review.face.${faceNames[face]!}`),
        })}
      </span>
      {keys(['correct.fit'], 'hintFit')}
      {keys(['home'], 'hintLeave')}
    </div>
  );
}
