/** Whether units are judged blind: a switch for who leads the audit, a sentence for everybody else. */
import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isLeading } from '../../../shared/audit/disagreement.ts';
import { useSession } from '../../state/context.tsx';
import page from '../../ui/page.module.css';

export function BlindSwitch() {
  const { t } = useTranslation();
  const isBlind = useSession((state) => state.shown!.isBlind);
  const record = useSession((state) => state.record);
  const mayChange = useSession((state) => state.isWritable && state.actor !== null && isLeading(state.actor));
  if (!mayChange) {
    return <p className={page.small}>{t(isBlind ? 'adjudicate.isBlind' : 'adjudicate.isNotBlind')}</p>;
  }
  return (
    <Switch
      size="sm"
      checked={isBlind}
      onChange={() => record({ type: 'blind.set', data: { isBlind: !isBlind } })}
      label={t('adjudicate.blind')}
      description={t(isBlind ? 'adjudicate.isBlind' : 'adjudicate.isNotBlind')}
      data-testid="blind-switch"
    />
  );
}
