/** The answers to the chosen finding, each with its key. */
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { keepFocus } from '../adjudicate/keepFocus.ts';
import styles from './checks.module.css';
import type { Checks } from './useChecks.ts';
import type { Triage } from './useTriage.ts';

export function AnswerBar({ checks, triage }: { checks: Checks; triage: Triage }) {
  const { t } = useTranslation();
  const { chosen, audit } = checks;
  if (audit === null) return <p className={styles.barNote}>{t('checks.lookOnly')}</p>;
  if (!checks.canAnswer) return <p className={styles.barNote}>{t('checks.readOnly')}</p>;
  const button = (id: string, label: string, isEnabled: boolean, run: () => void, look?: string) => (
    <button
      type="button"
      className={styles.answer}
      data-look={look}
      disabled={!isEnabled}
      onMouseDown={keepFocus}
      onClick={run}
      data-testid={`answer-${id}`}
    >
      <CommandKey id={`checks.${id}`} /> {label}
    </button>
  );
  const isOpen = chosen !== null && !checks.triage.has(chosen.id);
  return (
    <div className={styles.bar}>
      <fieldset className={styles.answers} aria-label={t('checks.answer.label')}>
        {button(
          'confirm',
          t('checks.answer.confirm', { code: chosen?.code ?? '' }),
          triage.canConfirm,
          () => chosen && triage.confirm(chosen.code),
          'defect',
        )}
        {button('defect', t('checks.answer.defect'), triage.canConfirm, () => triage.ask('defect'))}
        {button('dismiss', t('checks.answer.dismiss'), triage.canAnswer, () => triage.ask('dismiss'))}
        {button('normal', t('checks.answer.normal'), triage.canAnswer, () => triage.ask('normal'))}
        {button('undo', t('checks.answer.undo'), triage.takeBack !== null, () => triage.takeBack?.())}
      </fieldset>
      {isOpen && audit.sample === null && (
        <small className={styles.quiet}>{t('checks.answer.needsPlan')}</small>
      )}
      {isOpen && triage.isInSample && <small className={styles.quiet}>{t('checks.answer.inSample')}</small>}
    </div>
  );
}
