/** The desk's panels where the auditor wants them, over the one canvas that all views draw on. */
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dock } from '../../dock/Dock.tsx';
import { DockMenu } from '../../dock/DockMenu.tsx';
import { useDock } from '../../dock/useDock.ts';
import { useDockCommands } from '../../dock/useDockCommands.ts';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { ViewportStage } from '../../viewport/react/ViewportStage.tsx';
import { useCompanionOfDesk } from '../companion/useCompanionOfDesk.ts';
import { useKeptPlace } from './keptPlace.ts';
import { deskLimits, deskPresets, usualLayout } from './layouts.ts';
import { type DeskParts, isClearPanel, isPanelId, labelPanels, panelOf } from './panels.tsx';
import styles from './review.module.css';

export interface DeskLayoutProps {
  readonly parts: DeskParts;
  /** False where a whole frame or scene is judged and none of its labels is picked. */
  readonly hasLabel: boolean;
  readonly cursor: 'select' | 'cross';
  /** Lies over the views: what a tool says of itself. */
  readonly children: ReactNode;
}

export function DeskLayout({ parts, hasLabel, cursor, children }: DeskLayoutProps) {
  const { t } = useTranslation();
  const engine = useEngine();
  useKeptPlace();
  const openWindow = useCompanionOfDesk();
  const dock = useDock('review', usualLayout);
  const [menu, setMenu] = useState<string | null>(null);
  const titleOf = (id: string): string => t(`dock.panels.${id}`);
  const isAbsent = useCallback((id: string) => !hasLabel && isPanelId(id) && labelPanels.has(id), [hasLabel]);
  useDockCommands({ dock, presets: deskPresets, openMenu: () => setMenu(''), openWindow });
  return (
    <>
      <ViewportStage cursor={cursor} className={styles.stage}>
        <Dock
          dock={dock}
          titleOf={titleOf}
          render={(id) => (isPanelId(id) ? panelOf(id, parts) : null)}
          isAbsent={isAbsent}
          isClear={isClearPanel}
          limits={deskLimits}
          onArranged={engine.dirtyAll}
          onMenu={setMenu}
        />
        {children}
      </ViewportStage>
      <DockMenu
        opened={menu}
        onClose={() => setMenu(null)}
        dock={dock}
        presets={deskPresets}
        titleOf={titleOf}
        onWindow={openWindow}
      />
    </>
  );
}
