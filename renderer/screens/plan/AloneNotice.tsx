/** Says of a pilot or a resubmission that it is a lot by itself, and offers the plans made for one. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Intake } from '../../../shared/audit/events.ts';
import { countsOnSeries, specStandingAlone, standsAlone } from '../../../shared/audit/planChoice.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import styles from './Plan.module.css';
import type { Design } from './useDesign.ts';

export interface AloneNoticeProps {
  readonly intake: Intake;
  readonly design: Design;
  readonly lot: LotPreview | null;
}

export function AloneNotice({ intake, design, lot }: AloneNoticeProps) {
  const { t } = useTranslation();
  const why = standsAlone(intake);
  if (why === null || lot === null) return null;
  const { plans, search } = design.spec;
  const isOffered = [...plans, ...search.plans].some(countsOnSeries);
  return (
    <div className={styles.notice} data-testid="stands-alone">
      <p className={styles.noticeText}>
        <b>{t(`designer.alone.${why}`)}</b> {t(isOffered ? 'designer.aloneText' : 'designer.aloneDone')}
      </p>
      {isOffered && (
        <Button onClick={() => design.choose(specStandingAlone(design.spec, lot))} data-testid="take-alone">
          {t('designer.takeAlone')}
        </Button>
      )}
    </div>
  );
}
