/** The frame's pictures with points, cuboids and 2D boxes, and the line above them that says where one is. */
import { useElementSize } from '@mantine/hooks';
import { ArrowLeft, Boxes, Grip, Maximize2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ImageSize } from '../../../shared/geometry/lens.ts';
import type { SceneMotion } from '../../../shared/geometry/sceneMotion.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { PicturePane } from '../../viewport/react/PicturePane.tsx';
import { ViewportStage } from '../../viewport/react/ViewportStage.tsx';
import { type BenchView, paneOf } from './CalibrationBench.tsx';
import styles from './calibration.module.css';
import type { BenchActions } from './useCalibrationCommands.ts';

export interface CameraGridProps {
  readonly view: BenchView;
  readonly cameras: readonly number[];
  /** Of the pictures that are decoded. */
  readonly sizes: ReadonlyMap<number, ImageSize>;
  readonly motion: SceneMotion;
  readonly actions: BenchActions;
}

export function CameraGrid({ view, cameras, sizes, motion, actions }: CameraGridProps) {
  const { t } = useTranslation();
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const shown = view.isLarge ? cameras.filter((camera) => camera === view.camera) : cameras;
  return (
    <div className={styles.pictures}>
      <FrameLine view={view} motion={motion} actions={actions} />
      <ViewportStage cursor="select" className={styles.stage}>
        {cameras.length === 0 && <p className={styles.none}>{t('calibration.noCameras')}</p>}
        <div className={styles.grid} ref={ref} data-columns={columnsFor(shown, sizes, width, height)}>
          {shown.map((camera) => (
            <CameraPane key={camera} view={view} camera={camera} onPick={() => actions.patch({ camera })} />
          ))}
        </div>
      </ViewportStage>
    </div>
  );
}

/** The number of columns, at most `mostColumns`, that shows the pictures largest. */
function columnsFor(
  cameras: readonly number[],
  sizes: ReadonlyMap<number, ImageSize>,
  width: number,
  height: number,
): number {
  const shapes = cameras.map((camera) => sizes.get(camera) ?? usualShape);
  const areaWith = (columns: number): number => {
    const [paneWidth, paneHeight] = [width / columns, height / Math.ceil(shapes.length / columns)];
    return shapes.reduce((sum, [across, down]) => {
      const scale = Math.min(paneWidth / across, paneHeight / down);
      return sum + scale * across * (scale * down);
    }, 0);
  };
  const choices = Array.from({ length: mostColumns }, (_, at) => at + 1);
  return choices.reduce((best, columns) => (areaWith(columns) > areaWith(best) ? columns : best), 1);
}

const mostColumns = 4;
const usualShape: ImageSize = [16, 9];

function CameraPane({ view, camera, onPick }: { view: BenchView; camera: number; onPick: () => void }) {
  const name = useEngine().index.delivery.cameras[camera]!.name;
  const isPicked = view.camera === camera;
  return (
    <button
      type="button"
      className={styles.camera}
      aria-pressed={isPicked}
      aria-label={name}
      data-testid={`camera-${name}`}
      onClick={onPick}
    >
      <PicturePane
        id={paneOf(camera)}
        camera={camera}
        fit="whole"
        caption={<b data-picture-text>{name}</b>}
      />
    </button>
  );
}

function FrameLine({ view, motion, actions }: Omit<CameraGridProps, 'cameras' | 'sizes'>) {
  const { t } = useTranslation();
  const { frames, scenes } = useEngine().index.delivery;
  const frame = frames.at(view.frame)!;
  const scene = scenes[frame.scene]!;
  const moving = motion.known(view.frame);
  return (
    <div className={styles.line}>
      <IconButton
        label={t('calibration.view.back')}
        command="calibration.back"
        onClick={() => history.back()}
      >
        <ArrowLeft size={16} />
      </IconButton>
      <button
        type="button"
        className={styles.step}
        disabled={view.frame === 0}
        onClick={() => actions.stepFrame(-1)}
        aria-label={t('calibration.view.frameBack')}
      >
        <CommandKey id="calibration.frameBack" />
      </button>
      <button
        type="button"
        className={styles.step}
        disabled={view.frame === frames.length - 1}
        onClick={() => actions.stepFrame(1)}
        aria-label={t('calibration.view.frameOn')}
      >
        <CommandKey id="calibration.frameOn" />
      </button>
      <h1 className={styles.where} title={scene.id} data-testid="calibration-frame">
        {t('calibration.frame', { at: frame.index + 1, count: scene.frameCount, scene: scene.id })}
      </h1>
      {moving && (
        <span className={styles.dim}>
          {t('calibration.motionSummary', {
            speed: moving.speed.toFixed(1),
            rate: ((moving.turnRate * 180) / Math.PI).toFixed(1),
          })}
        </span>
      )}
      <span className={styles.space} />
      <Legend view={view} />
      <IconButton
        label={t('calibration.view.boxes')}
        command="calibration.boxes"
        isPressed={view.showBoxes}
        onClick={() => actions.patch({ showBoxes: !view.showBoxes })}
      >
        <Boxes size={16} />
      </IconButton>
      <IconButton
        label={t('calibration.view.points')}
        command="calibration.points"
        isPressed={view.showPoints}
        onClick={() => actions.patch({ showPoints: !view.showPoints })}
      >
        <Grip size={16} />
      </IconButton>
      <IconButton
        label={t('calibration.view.large')}
        command="calibration.large"
        isPressed={view.isLarge}
        onClick={() => actions.patch({ isLarge: !view.isLarge })}
      >
        <Maximize2 size={16} />
      </IconButton>
    </div>
  );
}

function Legend({ view }: { view: BenchView }) {
  const { t } = useTranslation();
  if (!view.showBoxes) return null;
  return (
    <ul className={styles.legend}>
      <li data-kind="outline">{t('calibration.legend.outline')}</li>
      <li data-kind="box">{t('calibration.legend.box')}</li>
    </ul>
  );
}
