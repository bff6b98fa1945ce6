/** What people taught: exceptions, limits and checks left out, each of which can be taken away again. */
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CheckId } from '../../../shared/checks/checkIds.ts';
import type { CheckSettings } from '../../../shared/checks/settings.ts';
import type { Translate } from '../../../shared/messages/translate.ts';
import { checkTitle } from '../../../shared/report/checkWords.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './checks.module.css';
import { exceptionText, keyName, limitsText } from './checkText.ts';
import { checkOf } from './findingPlace.ts';
import { withCheckOff, withLimits, withoutException } from './teaching.ts';
import type { Checks } from './useChecks.ts';

interface Taught {
  readonly check: CheckId;
  readonly text: string;
  readonly note: string;
  readonly without: CheckSettings;
}

export function TaughtList({ checks }: { checks: Checks }) {
  const { t } = useTranslation();
  const { settings, filter } = checks;
  const all = taughtIn(settings, t);
  const shown = all.filter(({ check }) => filter.check === null || check === filter.check);
  const mayChange = checks.canAnswer || checks.audit === null;
  return (
    <section className={styles.taught} aria-label={t('checks.taught.title')}>
      <h2 className={styles.heading}>{t('checks.taught.title')}</h2>
      {all.length === 0 && <p className={styles.quiet}>{t('checks.taught.none')}</p>}
      <ul className={styles.plainList} data-testid="taught">
        {shown.map(({ text, note, without }) => (
          <li key={`${text} ${note}`} className={styles.taughtRow}>
            <span>
              {text}
              {note !== '' && <small>{note}</small>}
            </span>
            <IconButton
              label={`${t('checks.taught.remove')}: ${text}`}
              isDisabled={!mayChange}
              onClick={() => checks.setSettings(without, t('checks.taught.removed', { what: text }))}
            >
              <X size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function taughtIn(settings: CheckSettings, t: Translate): Taught[] {
  const limits = Object.entries(settings.limits).flatMap(([id, byKey]) => {
    const check = checkOf(id as CheckId);
    if (!check) return [];
    return Object.entries(byKey).map(([key, pair]) => ({
      check: check.id,
      text: t('checks.taught.limit', {
        check: checkTitle(check.id, t),
        key: keyName(check, key, t),
        limits: limitsText(pair, check, t),
      }),
      note: '',
      without: withLimits(settings, check.id, key, null),
    }));
  });
  return [
    ...settings.exceptions.map((exception, at) => ({
      check: exception.check,
      text: exceptionText(exception, t),
      note: exception.note,
      without: withoutException(settings, at),
    })),
    ...limits,
    ...settings.off.map((check) => ({
      check,
      text: t('checks.taught.off', { check: checkTitle(check, t) }),
      note: '',
      without: withCheckOff(settings, check, false),
    })),
  ];
}
