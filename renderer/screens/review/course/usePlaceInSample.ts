/** Where in what is asked for the unit on screen stands, in words. */
import { useTranslation } from 'react-i18next';
import { requestOf } from '../../../../shared/audit/course.ts';
import { useVisibleAudit } from '../pace/useVisibleAudit.ts';
import { useDesk, useDeskState } from '../useDesk.ts';
import { askedUnits, labelsOf } from './askedUnits.ts';
import { hasStopped } from './RequestLine.tsx';

export function usePlaceInSample(): string {
  const { t } = useTranslation();
  const desk = useDesk();
  const at = useDeskState((state) => state.at + 1);
  const audit = useVisibleAudit();
  const sample = labelsOf(audit);
  const total = askedUnits(desk.units, sample);
  if (at > total) return t('sequential.placeBeyond', { at, total });
  const isAtMost = sample.isAsDrawn && !hasStopped(requestOf(audit, 'labels'));
  return t(isAtMost ? 'sequential.ofAtMost' : 'review.ofSample', { at, total });
}
