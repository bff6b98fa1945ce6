/** What is suspected of one camera, in a sentence, and why. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EgoMotion, NoMotion } from '../../../shared/geometry/egoMotion.ts';
import {
  compareCameras,
  type Evidence,
  judgeEdges,
  leastEdges,
  type Suspicion,
} from '../../../shared/scoring/calibrationVerdict.ts';
import type { CameraResiduals } from '../../../shared/scoring/cameraResiduals.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { difference, signed } from '../review/numbers.ts';
import styles from './calibration.module.css';
import type { Alignment, Curve } from './useAlignment.ts';
import type { SceneResiduals } from './useResiduals.ts';

export interface VerdictPartProps {
  readonly name: string;
  readonly found: CameraResiduals | null;
  readonly residuals: SceneResiduals;
  readonly alignment: Alignment;
  readonly motion: EgoMotion | NoMotion;
  readonly onTryFit: (() => void) | null;
}

/** Objects come before edges: they say more. */
export function suspicionOf(found: CameraResiduals | null, alignment: Alignment | null): Suspicion {
  const own = found?.verdict.suspicion ?? 'too-few';
  if (own !== 'too-few' || alignment === null) return own;
  const { time, yaw, pitch } = alignment;
  const inSeconds = time?.peak ? { ...time.peak, at: time.peak.at / 1000 } : null;
  return judgeEdges({
    edges: alignment.edges,
    time: inSeconds,
    yaw: yaw?.peak ?? null,
    pitch: pitch?.peak ?? null,
  });
}

export function VerdictPart({ name, found, residuals, alignment, motion, onTryFit }: VerdictPartProps) {
  const { t } = useTranslation();
  const suspicion = suspicionOf(found, alignment);
  const isMeasuring = residuals.done < residuals.total;
  const others = [...residuals.cameras.values()].filter((each) => each !== found);
  const compared =
    found &&
    compareCameras(
      found.verdict,
      others.map(({ verdict }) => verdict),
    );
  const evidenceLines = [...(found?.verdict.evidence ?? []), ...(compared ? [compared] : [])];
  return (
    <section className={styles.verdict} data-suspicion={suspicion} data-testid="calibration-verdict">
      <small data-picture-text>{name}</small>
      <h2>{t(`calibration.suspicion.${suspicion}.title`)}</h2>
      <p>{t(`calibration.suspicion.${suspicion}.text`)}</p>
      {found?.verdict.suspicion === 'too-few' && suspicion !== 'too-few' && (
        <p className={styles.dim}>{t('calibration.fromEdges')}</p>
      )}
      <ul aria-label={t('calibration.evidence.title')}>
        {evidenceLines.map((evidence) => (
          <li key={evidence.key}>
            <EvidenceLine evidence={evidence} motion={motion} />
          </li>
        ))}
        {typeof motion === 'string' && !found?.verdict.evidence.some(({ key }) => key === 'no-motion') && (
          <li>
            <EvidenceLine evidence={{ key: 'no-motion', params: {} }} motion={motion} />
          </li>
        )}
        {edgeEvidence(alignment).map(({ key, value }) => (
          <li key={key}>{t(`calibration.evidence.${key}`, value)}</li>
        ))}
      </ul>
      {isMeasuring && (
        <p className={styles.dim}>
          {t('calibration.measuring', { done: residuals.done, total: residuals.total })}
        </p>
      )}
      {onTryFit && (
        <Button onClick={onTryFit} rightSection={<CommandKey id="calibration.apply" />} data-testid="try-fit">
          {t('calibration.apply')}
        </Button>
      )}
    </section>
  );
}

function EvidenceLine({ evidence, motion }: { evidence: Evidence; motion: EgoMotion | NoMotion }) {
  const { t } = useTranslation();
  const { key, params } = evidence;
  if (key === 'no-motion') {
    const reason = t(`calibration.timeOff.${typeof motion === 'string' ? motion : 'no-neighbour'}`);
    return <>{t('calibration.evidence.no-motion', { reason })}</>;
  }
  const written = Object.entries(params).map(([name, value]) => [
    name,
    name === 'count' ? value : writeNumber(key, name, value),
  ]);
  return <>{t(`calibration.evidence.${key}`, Object.fromEntries(written))}</>;
}

/** Each number with the digits it deserves. */
function writeNumber(key: Evidence['key'], name: string, value: number | string): string {
  if (typeof value === 'string') return value;
  if (name === 'least') return String(value);
  if (name === 'iou' || name === 'inverted' || name === 'correlation') return value.toFixed(2);
  if (name === 'ms') return difference(value, 0);
  if (name === 'error') return value.toFixed(1);
  if (key === 'turn-fits') return difference(value, 2);
  if (key === 'shift-fits') return difference(value, 1);
  return name === 'pixels' ? value.toFixed(1) : signed(value, 1);
}

type EdgeKey = 'edge-time' | 'edge-yaw' | 'edge-pitch';

/** Optima of the edges that are clear and from enough of them. */
function edgeEvidence({ edges, time, yaw, pitch }: Alignment) {
  if (edges < leastEdges) return [];
  const line = (key: EdgeKey, curve: Curve | null, name: string, digits: number) =>
    curve?.peak?.isClear ? [{ key, value: { [name]: difference(curve.peak.at, digits) } }] : [];
  return [
    ...line('edge-time', time, 'ms', 0),
    ...line('edge-yaw', yaw, 'degrees', 2),
    ...line('edge-pitch', pitch, 'degrees', 2),
  ];
}
