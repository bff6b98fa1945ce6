/** One side of a change in the views: its label selected, the other side's labels dashed where they are laid over. */
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { box2dAt, cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { rankCameras } from '../../viewport/cameraRank.ts';
import { selecting } from '../../viewport/pointing.ts';
import { ClosePane } from '../../viewport/react/ClosePane.tsx';
import { ContextPane } from '../../viewport/react/ContextPane.tsx';
import { EngineProvider, useEngine, usePointAs } from '../../viewport/react/engineContext.tsx';
import { PicturePane } from '../../viewport/react/PicturePane.tsx';
import { useRoomOptions } from '../../viewport/react/useViewOptions.ts';
import { ViewportStage } from '../../viewport/react/ViewportStage.tsx';
import { viewControlOf } from '../../viewport/viewControl.ts';
import styles from './diff.module.css';
import type { Side } from './sides.ts';
import type { ListedChange } from './useDiff.ts';

export interface SideStageProps {
  readonly side: Side;
  readonly index: DeliveryIndex;
  readonly delivery: string;
  readonly change: ListedChange;
  /** The other side's labels are drawn too, dashed. */
  readonly isLaidOver: boolean;
  /** More room: the close views stand beside instead of below. */
  readonly isAlone: boolean;
  readonly title: string;
}

export function SideStage({ index, delivery, ...rest }: SideStageProps) {
  return (
    <EngineProvider index={index} delivery={delivery}>
      <Stage {...rest} />
    </EngineProvider>
  );
}

function Stage({ side, change, isLaidOver, isAlone, title }: Omit<SideStageProps, 'index' | 'delivery'>) {
  const { t } = useTranslation();
  const engine = useEngine();
  const { delivery, labels, others } = engine.index;
  const [remembered] = useRoomOptions('look');
  const beside = isLaidOver ? others[0]!.name : null;
  const options = useMemo(() => ({ ...remembered, compareWith: beside }), [remembered, beside]);
  useEffect(() => engine.setOptions(options), [engine, options]);
  useEffect(() => viewControlOf(engine).setState({ room: 'look' }), [engine]);
  usePointAs(selecting(() => undefined));
  const row = side === 'old' ? change.oldRow : change.nowRow;
  const isCuboid = change.label === 'cuboid';
  const frame = delivery.frames.at(change.at)!;
  const sights = useMemo(() => {
    if (row < 0) return [];
    if (!isCuboid) {
      const { camera } = box2dAt(labels, row);
      return frame.images.flatMap((ref, image) => (ref.camera === camera ? [{ camera, image }] : []));
    }
    const label = cuboidAt(labels, row);
    return label.isUsable ? rankCameras(delivery, frame, label) : [];
  }, [delivery, labels, frame, row, isCuboid]);
  useEffect(() => {
    const shown = {
      frame: change.at,
      row: row >= 0 && isCuboid ? row : null,
      box: row >= 0 && !isCuboid ? row : null,
    };
    engine.show(
      { ...shown, toleranceMeters: 0, cell: null },
      { ahead: [], behind: [], beside: [], images: sights.slice(0, 1).map(({ image }) => image) },
    );
  }, [engine, change, row, isCuboid, sights]);
  const sight = sights[0];
  return (
    <ViewportStage cursor="select" className={styles.stage}>
      <div className={styles.panes} data-alone={isAlone || undefined} data-label={row >= 0 || undefined}>
        <ContextPane
          options={options}
          title={title}
          caption={row < 0 && <b data-picture-text>{t('diff.notThere')}</b>}
        />
        {row >= 0 && isCuboid && <ClosePane face="top" gap={null} />}
        {row >= 0 && isCuboid && <ClosePane face="side" gap={null} />}
        {sight && (isAlone || !isCuboid) && (
          <PicturePane
            id={`diff ${side}`}
            camera={sight.camera}
            fit="crop"
            caption={<b data-picture-text>{delivery.cameras[sight.camera]!.name}</b>}
          />
        )}
      </div>
    </ViewportStage>
  );
}
