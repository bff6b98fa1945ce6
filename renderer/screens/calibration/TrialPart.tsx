/** What can be tried: another time, the extrinsic the other way round, small turns and shifts. Nothing is kept. */
import { Button } from '@mantine/core';
import { Minus, Plus } from 'lucide-react';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EgoMotion, NoMotion } from '../../../shared/geometry/egoMotion.ts';
import type { ImageCalibration } from '../../../shared/geometry/imageCalibration.ts';
import type { ImageSize } from '../../../shared/geometry/lens.ts';
import { statedSeconds } from '../../../shared/geometry/sceneMotion.ts';
import type { ImageRef } from '../../../shared/model/delivery.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { boxResiduals, summariseResiduals } from '../../../shared/scoring/boxResiduals.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { difference } from '../review/numbers.ts';
import styles from './calibration.module.css';
import {
  asDelivered,
  axes,
  farthestTime,
  isAsDelivered,
  shifted,
  shiftStep,
  type Trial,
  timeStep,
  turned,
  turnStep,
  withTime,
} from './trial.ts';
import type { Copying } from './useCopyValues.ts';

export interface TrialPartProps {
  readonly trial: Trial;
  readonly motion: EgoMotion | NoMotion;
  readonly frame: number;
  readonly image: ImageRef | null;
  /** As tried. */
  readonly calibration: ImageCalibration | null;
  readonly imageSize: ImageSize | null;
  readonly copying: Copying;
  readonly onTrial: (trial: Trial) => void;
}

export function TrialPart(props: TrialPartProps) {
  const { t } = useTranslation();
  const { trial, copying, onTrial } = props;
  return (
    <section className={styles.part} data-testid="calibration-trial">
      <h2>{t('calibration.try')}</h2>
      <p className={styles.dim}>{t('calibration.tryHint')}</p>
      <TimeSlider {...props} />
      <label className={styles.toggle}>
        <input
          type="checkbox"
          checked={trial.isInverted}
          onChange={({ currentTarget }) => onTrial({ ...trial, isInverted: currentTarget.checked })}
          data-testid="inverse"
        />
        {t('calibration.inverse')} <CommandKey id="calibration.inverse" />
      </label>
      <div className={styles.nudges}>
        <Nudges
          name={t('calibration.turn')}
          values={trial.degrees}
          digits={1}
          unit="°"
          motion="turn"
          onStep={(axis, sign) => onTrial(turned(trial, axis, sign * turnStep))}
        />
        <Nudges
          name={t('calibration.shift')}
          values={trial.centimeters}
          digits={0}
          unit="cm"
          motion="shift"
          onStep={(axis, sign) => onTrial(shifted(trial, axis, sign * shiftStep))}
        />
      </div>
      <ThisFrame {...props} />
      <div className={styles.buttons}>
        <Button
          onClick={() => onTrial(asDelivered)}
          disabled={isAsDelivered(trial)}
          rightSection={<CommandKey id="calibration.reset" />}
        >
          {t('calibration.reset')}
        </Button>
        <Button onClick={copying.copy} rightSection={<CommandKey id="calibration.copy" />}>
          {t('calibration.copy')}
        </Button>
        <span role="status" className={styles.dim}>
          {copying.state === 'copied' && t('calibration.copied')}
          {copying.state === 'failed' && t('calibration.copyFailed')}
        </span>
      </div>
    </section>
  );
}

function TimeSlider({ trial, motion, frame, image, onTrial }: TrialPartProps) {
  const { t } = useTranslation();
  const id = useId();
  const { frames } = useEngine().index.delivery;
  const whyOff = typeof motion === 'string' ? motion : null;
  const stated = image && statedSeconds(frames.at(frame)!, image);
  return (
    <div className={styles.time}>
      <label htmlFor={id}>
        {t('calibration.time')} <CommandKey id="calibration.earlier" /> <CommandKey id="calibration.later" />
      </label>
      <output htmlFor={id}>{difference(trial.milliseconds, 0)} ms</output>
      <input
        id={id}
        type="range"
        min={-farthestTime}
        max={farthestTime}
        step={timeStep}
        value={trial.milliseconds}
        disabled={whyOff !== null}
        aria-describedby={`${id}-why`}
        onChange={({ currentTarget }) => onTrial(withTime(trial, currentTarget.valueAsNumber))}
        data-testid="time-offset"
      />
      <small id={`${id}-why`} className={styles.dim}>
        {whyOff && t(`calibration.timeOff.${whyOff}`)}
        {!whyOff && stated !== null && t('calibration.stated', { ms: difference(1000 * stated, 0) })}{' '}
        {!whyOff && image?.cameraFromSpace && t('calibration.statedApplied')}
      </small>
    </div>
  );
}

interface NudgesProps {
  readonly name: string;
  readonly values: Vec3;
  readonly digits: number;
  readonly unit: string;
  readonly motion: 'turn' | 'shift';
  readonly onStep: (axis: number, sign: 1 | -1) => void;
}

function Nudges({ name, values, digits, unit, motion, onStep }: NudgesProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.nudge}>
      <legend>
        {name} ({unit})
      </legend>
      {axes.map((axis, at) => {
        const axisName = `${name} ${t(`calibration.axis.${axis}`)}`;
        return (
          <div key={axis} className={styles.axis}>
            <span>{axis}</span>
            <StepButton
              name={t('calibration.less', { name: axisName })}
              command={`calibration.${motion}.${axis}0`}
              onStep={() => onStep(at, -1)}
            >
              <Minus size={12} />
            </StepButton>
            <output>{difference(values[at]!, digits)}</output>
            <StepButton
              name={t('calibration.more', { name: axisName })}
              command={`calibration.${motion}.${axis}1`}
              onStep={() => onStep(at, 1)}
            >
              <Plus size={12} />
            </StepButton>
          </div>
        );
      })}
    </fieldset>
  );
}

function StepButton({
  name,
  command,
  onStep,
  children,
}: {
  name: string;
  command: string;
  onStep: () => void;
  children: React.ReactNode;
}) {
  return (
    <button type="button" className={styles.step} aria-label={name} onClick={onStep}>
      {children}
      <CommandKey id={command} />
    </button>
  );
}

/** How the shown picture fits with what is tried. */
function ThisFrame({ frame, image, calibration, imageSize }: TrialPartProps) {
  const { t } = useTranslation();
  const { labels } = useEngine().index;
  const summary = useMemo(() => {
    if (!image || !calibration) return null;
    const picture = { labels, frame, camera: image.camera, calibration, motion: null };
    return summariseResiduals(boxResiduals(imageSize ? { ...picture, imageSize } : picture));
  }, [labels, frame, image, calibration, imageSize]);
  return (
    <p className={styles.now} data-testid="this-frame">
      {summary
        ? t('calibration.thisFrame', {
            count: summary.count,
            iou: summary.meanIou.toFixed(2),
            pixels: summary.medianDistance?.toFixed(1) ?? '–',
          })
        : t('calibration.thisFrameNone')}
    </p>
  );
}
