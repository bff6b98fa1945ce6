/** How long judging will take, how far that can vary, and on what it rests. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitKind } from '../../../shared/audit/qaSpec.ts';
import { duration } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { effortMinutes, judgedOf, type Pace } from './effort.ts';
import type { PlanRow } from './planRows.ts';
import { ShareSlider } from './rule/ShareSlider.tsx';
import { rateSteps } from './rule/steps.ts';

const usualBad = 0.01;

const paceWords = {
  audit: 'planScreen.ownPace',
  earlier: 'planScreen.earlierPace',
  usual: 'planScreen.usualPace',
} as const;

export interface EffortLineProps {
  readonly rows: readonly PlanRow[];
  readonly pace: Pace;
  readonly unit: UnitKind;
  /** Labels drawn beyond what the plans judge. */
  readonly added: number;
}

export function EffortLine({ rows, pace, unit, added }: EffortLineProps) {
  const { t } = useTranslation();
  const [bad, setBad] = useState(usualBad);
  const labels = withAdded(judgedOf(rows, 'labels', bad), added);
  const cells = judgedOf(rows, 'cells', bad);
  const time = (which: 'least' | 'mean' | 'most'): string =>
    duration(effortMinutes(pace, labels[which], cells[which]));
  const varies = labels.least < labels.most || cells.least < cells.most;
  const params = {
    unit: t(`audit.unit.${unit}`),
    labels: Math.ceil(labels.mean),
    cells: Math.ceil(cells.mean),
    time: time('mean'),
  };
  return (
    <>
      <p className={page.plain} data-testid="effort">
        {varies
          ? t('designer.effortRange', { ...params, least: time('least'), most: time('most') })
          : t('planScreen.effort', params)}{' '}
        <span className={page.small}>
          {t(paceWords[pace.restsOn], {
            label: pace.label,
            cell: pace.cell,
          })}
        </span>
      </p>
      {varies && (
        <ShareSlider
          label={t('designer.effortAt')}
          steps={rateSteps}
          value={bad}
          isDisabled={false}
          onMove={setBad}
          onRelease={setBad}
        />
      )}
    </>
  );
}

/** They are judged whatever the plans come to. */
function withAdded({ least, mean, most }: ReturnType<typeof judgedOf>, added: number) {
  return { least: least + added, mean: mean + added, most: most + added };
}
