/** The search desk: the cells as a strip, the cell with everything labelled faded, cameras beside, misses at the side. */

import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { useStore } from 'zustand';
import type { AuditState } from '../../../shared/audit/state.ts';
import { positionsOf } from '../../../shared/model/frames.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useSession } from '../../state/context.tsx';
import { ContextPane } from '../../viewport/react/ContextPane.tsx';
import { useEngine, useFacts, usePointAs } from '../../viewport/react/engineContext.tsx';
import { PicturePane } from '../../viewport/react/PicturePane.tsx';
import { useViewOptions } from '../../viewport/react/useViewOptions.ts';
import { ViewportStage } from '../../viewport/react/ViewportStage.tsx';
import type { Shown } from '../../viewport/shown.ts';
import { usePaneSizes } from '../review/usePaneSizes.ts';
import { CellStrip } from './CellStrip.tsx';
import { camerasOfCell, labelsInCell, shownCell } from './cellLabels.ts';
import { cellName } from './cellName.ts';
import { MissedPanel } from './MissedPanel.tsx';
import { CellPicker, ClassPicker } from './pickers.tsx';
import styles from './search.module.css';
import { openCells, type SearchDesk } from './searchDesk.ts';
import { useSearchCommands } from './useSearchCommands.ts';
import { useSearchDesk } from './useSearchDesk.ts';

/** What is labelled is drawn at this share of its strength. */
const labelledStrength = 0.16;
/** Cameras beside; more would be too small to find anything in. */
const mostCameras = 3;
/** Cells whose frames are kept ready. */
const mostAhead = 6;

export function SearchBody() {
  const { t } = useTranslation();
  const desk = useSearchDesk();
  const engine = useEngine();
  const state = useStore(desk.store);
  const audit = useSession((facts) => facts.shown!);
  const canJudge = useSession((facts) => facts.isWritable);
  const options = useViewOptions('search');
  const sizes = usePaneSizes('search.panes');
  const comment = useRef<HTMLTextAreaElement>(null);
  const spec = audit.spec!.spec;
  const cell = desk.cells[state.at]!;
  const frame = positionsOf(engine.index.delivery.frameIds).get(cell.frame) ?? -1;
  const area = useMemo(() => shownCell(cell, spec), [cell, spec]);
  const cameras = useMemo(
    () =>
      frame < 0 ? [] : camerasOfCell(engine.index.delivery, engine.index.delivery.frames.at(frame)!, area),
    [engine, frame, area],
  );
  const missed = state.missed.get(cell.id) ?? audit.cellVerdicts.get(cell.id)?.missed ?? [];
  useShowCell(desk, frame, area, cameras, audit);

  useEffect(() => {
    engine.setMemberStrength(labelledStrength);
  }, [engine]);
  const boxes = useMemo(
    () =>
      missed.map(({ id, center, size, yaw }) => ({ center, size, yaw, isSelected: id === state.selected })),
    [missed, state.selected],
  );
  useEffect(() => engine.setBoxes(boxes), [engine, boxes]);

  usePointAs({
    cursor: state.isPicking ? 'cross' : 'select',
    onClick(place) {
      if (!state.isPicking) return;
      void place.ground().then((ground) => ground && desk.drop(ground));
    },
  });
  useSearchCommands({
    desk,
    engine,
    area,
    spec,
    canJudge,
    focusComment: () => comment.current?.focus(),
  });

  return (
    <div className={styles.desk}>
      <CellStrip desk={desk} />
      <Group {...sizes('sides')}>
        <Panel id="views" defaultSize="78%" minSize="50%">
          <ViewportStage cursor={state.isPicking ? 'cross' : 'select'} className={styles.stage}>
            <Group {...sizes('views')}>
              <Panel id="space" defaultSize="70%" minSize="30%">
                <ContextPane
                  options={options}
                  title={cellName(cell, spec, t)}
                  named={missed.map(({ id, className }, at) => ({ id, box: boxes[at]!, name: className }))}
                  caption={
                    <span>
                      {t('search.faded')} · {t('search.drop')} <CommandKey id="search.drop" /> ·{' '}
                      {t('search.sweep')} <CommandKey id="search.sweep" />
                    </span>
                  }
                />
              </Panel>
              {cameras.length > 0 && <Separator className={styles.upright} />}
              {cameras.length > 0 && (
                <Panel id="cameras" minSize="15%">
                  <Cameras cameras={cameras} />
                </Panel>
              )}
            </Group>
            {state.isPicking && <div className={styles.hint}>{t('search.clickPlace')}</div>}
          </ViewportStage>
        </Panel>
        <Separator className={styles.upright} />
        <Panel id="side-panel" minSize="250px" maxSize="480px">
          <MissedPanel
            desk={desk}
            missed={missed}
            canJudge={canJudge}
            comment={comment as RefObject<HTMLTextAreaElement | null>}
            labelled={frame < 0 ? 0 : <Labelled desk={desk} frame={frame} />}
          />
        </Panel>
      </Group>
      <ClassPicker desk={desk} spec={spec} />
      <CellPicker desk={desk} spec={spec} />
    </div>
  );
}

function Cameras({ cameras }: { cameras: readonly { readonly image: number; readonly camera: number }[] }) {
  const { cameras: names } = useEngine().index.delivery;
  return (
    <div className={styles.cameras}>
      {cameras.slice(0, mostCameras).map(({ camera }) => (
        <div key={camera} className={styles.camera}>
          <PicturePane
            id={`cell ${camera}`}
            camera={camera}
            fit="whole"
            caption={<b data-picture-text>{names[camera]!.name}</b>}
          />
        </div>
      ))}
    </div>
  );
}

/** How many labels the cell holds. Without point counts yet, those that need them are not in it. */
function Labelled({ desk, frame }: { desk: SearchDesk; frame: number }) {
  const { t } = useTranslation();
  const engine = useEngine();
  const spec = useSession((facts) => facts.shown!.spec!.spec);
  const isShown = useFacts((facts) => facts.shown?.frame === frame);
  const count = labelsInCell(
    engine.index,
    { ...spec, scope: { ...spec.scope, minPoints: 0 } },
    desk.cell(),
    frame,
    new Map(),
  ).length;
  return <>{isShown ? t('search.labelled', { count }) : ''}</>;
}

/** Brings the cell on screen and keeps the next ones ready. */
function useShowCell(
  desk: SearchDesk,
  frame: number,
  area: ReturnType<typeof shownCell>,
  cameras: readonly { readonly image: number }[],
  audit: AuditState,
): void {
  const engine = useEngine();
  const cell = desk.cell();
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown again only when the cell changes
  useEffect(() => {
    if (frame < 0) return;
    const shown: Shown = { frame, row: null, box: null, toleranceMeters: 0, cell: area };
    const frames = positionsOf(engine.index.delivery.frameIds);
    const ahead = openCells(desk.cells, audit, new Set(), desk.store.getState().at).flatMap((next) => {
      const other = frames.get(desk.cells[next]!.frame);
      return other === undefined ? [] : [other];
    });
    engine.show(shown, {
      ahead: ahead.slice(0, mostAhead).map((other) => ({
        frame: other,
        row: null,
        images: engine.index.delivery.frames.at(other)!.images.map((_, image) => image),
      })),
      behind: [],
      beside: [],
      images: cameras.slice(0, mostCameras).map(({ image }) => image),
    });
  }, [engine, cell.id, frame, area]);
}
