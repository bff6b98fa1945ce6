/** How well the lidar's depth edges fit the picture's edges as time, yaw and pitch are varied. */
import { useTranslation } from 'react-i18next';
import { leastEdges } from '../../../shared/scoring/calibrationVerdict.ts';
import { Chart, screenPalette } from '../../ui/Chart.tsx';
import { difference } from '../review/numbers.ts';
import styles from './calibration.module.css';
import { curveChart } from './curveChart.ts';
import type { Trial } from './trial.ts';
import type { Alignment, Curve } from './useAlignment.ts';

export function EdgePart({ alignment, trial }: { alignment: Alignment; trial: Trial }) {
  const { t } = useTranslation();
  const { frames, edges, isMeasuring, time, yaw, pitch } = alignment;
  return (
    <section className={styles.part} data-testid="edge-part">
      <h2>{t('calibration.edges')}</h2>
      <p className={styles.dim}>
        {edges > 0 && t('calibration.edgesHint', { frames, edges })}{' '}
        {edges > 0 && edges < leastEdges && !isMeasuring && t('calibration.edgesFew', { least: leastEdges })}
        {isMeasuring && t('calibration.edgesMeasuring')}
        {edges === 0 && !isMeasuring && t('calibration.edgesNone')}
      </p>
      {time && <CurveOf name="time" curve={time} tried={trial.milliseconds} digits={0} unit=" ms" />}
      {yaw && <CurveOf name="yaw" curve={yaw} tried={trial.degrees[1]} digits={2} unit="°" />}
      {pitch && <CurveOf name="pitch" curve={pitch} tried={trial.degrees[0]} digits={2} unit="°" />}
    </section>
  );
}

interface CurveOfProps {
  readonly name: 'time' | 'yaw' | 'pitch';
  readonly curve: Curve;
  readonly tried: number;
  readonly digits: number;
  readonly unit: string;
}

function CurveOf({ name, curve, tried, digits, unit }: CurveOfProps) {
  const { t } = useTranslation();
  const { peak } = curve;
  const remark = peak?.isClear
    ? t('calibration.chart.peak', { at: `${difference(peak.at, digits)}${unit}` })
    : t('calibration.chart.unclear');
  return (
    <Chart
      testId={`curve-${name}`}
      draw={(width) =>
        curveChart({
          title: t(`calibration.chart.${name}`),
          curve,
          tried,
          digits,
          remark,
          width,
          palette: screenPalette,
        })
      }
    />
  );
}
