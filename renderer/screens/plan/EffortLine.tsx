/** How long judging will take, and on what that rests. */
import { useTranslation } from 'react-i18next';
import type { AuditState } from '../../../shared/audit/state.ts';
import { duration } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { effortMinutes, paceOf } from './effort.ts';

export function EffortLine({ audit, labels, cells }: { audit: AuditState; labels: number; cells: number }) {
  const { t } = useTranslation();
  const pace = paceOf(audit);
  return (
    <p className={page.plain} data-testid="effort">
      {t('planScreen.effort', { labels, cells, time: duration(effortMinutes(pace, labels, cells)) })}{' '}
      <span className={page.small}>
        {t(pace.isOwn ? 'planScreen.ownPace' : 'planScreen.usualPace', {
          label: pace.label,
          cell: pace.cell,
        })}
      </span>
    </p>
  );
}
