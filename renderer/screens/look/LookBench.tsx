/** One frame whole: its points with every label, and every picture of it; steps through frames and scenes. */
import { useEffect, useMemo, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { selecting } from '../../viewport/pointing.ts';
import { ContextPane } from '../../viewport/react/ContextPane.tsx';
import { EngineProvider, useEngine, usePointAs } from '../../viewport/react/engineContext.tsx';
import { PicturePane } from '../../viewport/react/PicturePane.tsx';
import { useViewOptions } from '../../viewport/react/useViewOptions.ts';
import { ViewportStage } from '../../viewport/react/ViewportStage.tsx';
import { FrameFacts } from './FrameFacts.tsx';
import { FrameLine } from './FrameLine.tsx';
import styles from './look.module.css';
import { useLookCommands } from './useLookCommands.ts';

export interface LookBenchProps {
  readonly index: DeliveryIndex;
  readonly delivery: string;
}

export function LookBench({ index, delivery }: LookBenchProps) {
  return (
    <EngineProvider key={delivery} index={index} delivery={delivery}>
      {index.delivery.frames.length > 0 && <Bench />}
    </EngineProvider>
  );
}

/** The first frame of the first scene that has points, else pictures, else the very first. */
function firstWorthSeeing({ delivery }: DeliveryIndex): number {
  const first = delivery.frames.slice(0, delivery.scenes[0]?.frameCount ?? 0);
  const withPoints = first.findIndex(({ sweeps }) => sweeps.length > 0);
  return Math.max(0, withPoints >= 0 ? withPoints : first.findIndex(({ images }) => images.length > 0));
}

/** Pictures beside the points; a rig has no more cameras that matter at once. */
const mostCameras = 12;

function Bench() {
  const engine = useEngine();
  const { frames } = engine.index.delivery;
  const [place, setPlace] = useState(() => ({
    frame: firstWorthSeeing(engine.index),
    row: null as number | null,
  }));
  const goTo = (frame: number): void =>
    setPlace({ frame: Math.min(frames.length - 1, Math.max(0, frame)), row: null });
  useLookCommands(place.frame, goTo);
  return (
    <div className={styles.bench}>
      <div className={styles.views}>
        <FrameLine frame={place.frame} goTo={goTo} />
        <LookViews
          frame={place.frame}
          row={place.row}
          onSelect={(row) => setPlace((now) => ({ ...now, row }))}
        />
      </div>
      <FrameFacts frame={place.frame} row={place.row} />
    </div>
  );
}

export interface LookViewsProps {
  readonly frame: number;
  readonly row: number | null;
  readonly onSelect: (row: number) => void;
}

/** The points above, the pictures below. */
export function LookViews({ frame: at, row, onSelect }: LookViewsProps) {
  const engine = useEngine();
  const { frames, cameras } = engine.index.delivery;
  const options = useViewOptions('look');
  const frame = frames.at(at)!;
  const pictures = useMemo(
    () => frame.images.map(({ camera }, image) => ({ camera, image })).slice(0, mostCameras),
    [frame],
  );
  useShowFrame(at, row, pictures);
  usePointAs(selecting(onSelect));
  return (
    <ViewportStage cursor="select" className={styles.stage}>
      <Group orientation="vertical">
        <Panel id="space" defaultSize={pictures.length > 0 ? '60%' : '100%'} minSize="25%">
          <ContextPane options={options} title={frame.id} />
        </Panel>
        {pictures.length > 0 && <Separator className={styles.level} />}
        {pictures.length > 0 && (
          <Panel id="pictures" minSize="15%">
            <div className={styles.pictures} data-count={Math.min(6, pictures.length)}>
              {pictures.map(({ camera }) => (
                <div key={camera} className={styles.picture}>
                  <PicturePane
                    id={`look ${camera}`}
                    camera={camera}
                    fit="whole"
                    caption={<b data-picture-text>{cameras[camera]!.name}</b>}
                  />
                </div>
              ))}
            </div>
          </Panel>
        )}
      </Group>
    </ViewportStage>
  );
}

/** Frames kept ready in the direction people go, and one behind. */
const framesAhead = 2;

function useShowFrame(
  frame: number,
  row: number | null,
  pictures: readonly { readonly image: number }[],
): void {
  const engine = useEngine();
  useEffect(() => {
    const { frames } = engine.index.delivery;
    const stop = (at: number) => ({
      frame: at,
      row: null,
      images: frames
        .at(at)!
        .images.slice(0, mostCameras)
        .map((_, image) => image),
    });
    const ahead = Array.from({ length: framesAhead }, (_, at) => frame + 1 + at).filter(
      (at) => at < frames.length,
    );
    engine.show(
      { frame, row, box: null, toleranceMeters: 0, cell: null },
      {
        ahead: ahead.map(stop),
        behind: frame > 0 ? [stop(frame - 1)] : [],
        beside: [],
        images: pictures.map(({ image }) => image),
      },
    );
  }, [engine, frame, row, pictures]);
}
