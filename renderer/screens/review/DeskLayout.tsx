/** Where the panels of the desk stand: the label close up above, pictures and context below, verdict at the side. */
import type { ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { ViewportStage } from '../../viewport/react/ViewportStage.tsx';
import { type DeskParts, panelOf } from './panels.tsx';
import styles from './review.module.css';
import { usePaneSizes } from './usePaneSizes.ts';

export interface DeskLayoutProps {
  readonly parts: DeskParts;
  /** False where a whole frame or scene is judged and none of its labels is picked. */
  readonly hasLabel: boolean;
  readonly cursor: 'select' | 'cross';
  /** Lies over the views: what a tool says of itself. */
  readonly children: ReactNode;
}

export function DeskLayout({ parts, hasLabel, cursor, children }: DeskLayoutProps) {
  const sizes = usePaneSizes('review.panes');
  return (
    <Group className={styles.group} {...sizes('sides')}>
      <Panel id="views" defaultSize="78%" minSize="50%">
        <div className={styles.centre}>
          <ViewportStage cursor={cursor} className={styles.stage}>
            <Group key={String(hasLabel)} orientation="vertical" {...sizes(hasLabel ? 'rows' : 'whole')}>
              {hasLabel && (
                <Panel id="close" defaultSize="54%" minSize="20%">
                  <Group {...sizes('close')}>
                    <Panel id="top" defaultSize="34%" minSize="12%">
                      {panelOf('top', parts)}
                    </Panel>
                    <Separator className={styles.upright} />
                    <Panel id="side" defaultSize="36%" minSize="12%">
                      {panelOf('side', parts)}
                    </Panel>
                    <Separator className={styles.upright} />
                    <Panel id="end" defaultSize="30%" minSize="12%">
                      {panelOf('end', parts)}
                    </Panel>
                  </Group>
                </Panel>
              )}
              {hasLabel && <Separator className={styles.level} />}
              <Panel id="wide" minSize="20%">
                <Group {...sizes('wide')}>
                  <Panel id="pictures" defaultSize="66%" minSize="20%">
                    {panelOf('pictures', parts)}
                  </Panel>
                  <Separator className={styles.upright} />
                  <Panel id="context" minSize="15%">
                    {panelOf('context', parts)}
                  </Panel>
                </Group>
              </Panel>
            </Group>
            {children}
          </ViewportStage>
          {panelOf('track', parts)}
        </div>
      </Panel>
      <Separator className={styles.upright} />
      <Panel id="side-panel" minSize="250px" maxSize="480px">
        {panelOf('judge', parts)}
      </Panel>
    </Group>
  );
}
