/** What an answer asks for: which defect, which reason, or what is normal here. */
import { useTranslation } from 'react-i18next';
import { PickList } from '../review/PickList.tsx';
import { TeachDialog } from './TeachDialog.tsx';
import type { Checks } from './useChecks.ts';
import type { Triage } from './useTriage.ts';

/** Reasons that come up again and again; any other is typed. */
const reasons = ['right', 'occluded', 'fewPoints', 'points', 'allowed', 'data', 'twice'] as const;

export function AnswerDialogs({ checks, triage }: { checks: Checks; triage: Triage }) {
  const close = (): void => triage.ask(null);
  return (
    <>
      <DefectPicker checks={checks} triage={triage} onClose={close} />
      <DismissPicker triage={triage} onClose={close} />
      <TeachDialog checks={checks} triage={triage} onClose={close} />
    </>
  );
}

interface PickerProps {
  readonly triage: Triage;
  readonly onClose: () => void;
}

function DefectPicker({ checks, triage, onClose }: PickerProps & { checks: Checks }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const { chosen, spec } = checks;
  const isLabel = chosen?.object != null || chosen?.track != null;
  const fitting = spec.defects.filter(
    ({ code, where }) => code === chosen?.code || !isLabel || where !== 'cell',
  );
  const proposedFirst = fitting.toSorted(
    (a, b) => Number(b.code === chosen?.code) - Number(a.code === chosen?.code),
  );
  return (
    <PickList
      isOpen={triage.asking === 'defect'}
      title={t('checks.pick.title')}
      placeholder={t('checks.pick.placeholder')}
      items={proposedFirst.map(({ code, title, severity }) => ({
        id: code,
        text: title[language],
        detail: [code, t(`review.severity.${severity}`), code === chosen?.code && t('checks.pick.proposed')]
          .filter(Boolean)
          .join(' · '),
      }))}
      onPick={triage.confirm}
      onClose={onClose}
    />
  );
}

function DismissPicker({ triage, onClose }: PickerProps) {
  const { t } = useTranslation();
  return (
    <PickList
      isOpen={triage.asking === 'dismiss'}
      title={t('checks.dismiss.title')}
      placeholder={t('checks.dismiss.placeholder')}
      items={reasons.map((reason) => {
        const text = t(`checks.dismiss.reasons.${reason}`);
        return { id: text, text, detail: '' };
      })}
      ownWords={t('checks.dismiss.own')}
      onPick={triage.dismiss}
      onClose={onClose}
    />
  );
}
