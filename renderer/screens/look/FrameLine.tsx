/** Where one is: scene, frame and time, with the steps to the next and a slider through the scene. */
import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import styles from './look.module.css';

export interface FrameLineProps {
  readonly frame: number;
  readonly goTo: (frame: number) => void;
}

export function FrameLine({ frame, goTo }: FrameLineProps) {
  const { t } = useTranslation();
  const { frames, scenes } = useEngine().index.delivery;
  const { scene: at, index, isBetween } = frames.at(frame)!;
  const scene = scenes[at]!;
  const step = (by: number, label: string, command: string) => (
    <button
      type="button"
      className={styles.step}
      disabled={frame + by < 0 || frame + by >= frames.length}
      onClick={() => goTo(frame + by)}
      aria-label={label}
    >
      <CommandKey id={command} />
    </button>
  );
  return (
    <div className={styles.line}>
      <IconButton label={t('look.commands.leave')} command="look.leave" onClick={() => history.back()}>
        <ArrowLeft size={16} />
      </IconButton>
      {step(-1, t('look.commands.frameBack'), 'look.frameBack')}
      {step(1, t('look.commands.frameOn'), 'look.frameOn')}
      <h1 className={styles.where} data-testid="look-frame">
        {t('look.frame', { at: index + 1, count: scene.frameCount })}
      </h1>
      {scenes.length > 1 && (
        <select
          className={styles.scene}
          aria-label={t('look.scene')}
          value={at}
          onChange={(event) => goTo(scenes[Number(event.currentTarget.value)]!.frameStart)}
        >
          {scenes.map(({ id }, number) => (
            <option key={id} value={number}>
              {id}
            </option>
          ))}
        </select>
      )}
      {isBetween && <span className={styles.between}>{t('look.between')}</span>}
      <input
        type="range"
        className={styles.slider}
        aria-label={t('look.frameInScene')}
        min={0}
        max={scene.frameCount - 1}
        value={index}
        onChange={(event) => goTo(scene.frameStart + Number(event.currentTarget.value))}
      />
    </div>
  );
}
