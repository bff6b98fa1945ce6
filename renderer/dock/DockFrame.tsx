/** What stands around a panel: its name for screen readers, and the handles that show when the cursor is over it. */
import { GripVertical, Maximize2, Minimize2 } from 'lucide-react';
import type { PointerEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './dock.module.css';
import type { DockStore } from './dockStore.ts';
import { maximised } from './dockTree.ts';

export interface DockFrameProps {
  readonly id: string;
  readonly title: string;
  readonly isMaximised: boolean;
  readonly isClear: boolean;
  readonly dock: DockStore;
  readonly onGrab: (id: string, event: PointerEvent) => void;
  readonly onMenu: (id: string) => void;
  readonly children: ReactNode;
}

export function DockFrame({
  id,
  title,
  isMaximised,
  isClear,
  dock,
  onGrab,
  onMenu,
  children,
}: DockFrameProps) {
  const { t } = useTranslation();
  const fill = t(isMaximised ? 'dock.restore' : 'dock.fill', { panel: title });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a panel is no set of form fields
    <div
      className={styles.frame}
      role="group"
      aria-label={title}
      data-dock-panel={id}
      data-clear={isClear || undefined}
      onPointerDownCapture={(event) => {
        const isCaption = event.target instanceof Element && event.target.closest('[data-dock-handle]');
        if (isCaption && event.button === 0) onGrab(id, event);
      }}
    >
      {children}
      {/* For the mouse only: the Panels list does the same by keyboard. */}
      <div className={styles.tools} data-kept={isMaximised || undefined}>
        <button
          type="button"
          className={styles.grip}
          tabIndex={-1}
          aria-label={t('dock.grip', { panel: title })}
          title={t('dock.grip', { panel: title })}
          data-dock-handle
          onClick={() => onMenu(id)}
        >
          <GripVertical size={14} aria-hidden="true" />
        </button>
        <button
          type="button"
          className={styles.tool}
          tabIndex={-1}
          aria-label={fill}
          title={fill}
          onClick={() =>
            dock.change((layout) => maximised(layout, id), {
              key: isMaximised ? 'said.restored' : 'said.filled',
              panels: [id],
            })
          }
        >
          {isMaximised ? (
            <Minimize2 size={13} aria-hidden="true" />
          ) : (
            <Maximize2 size={13} aria-hidden="true" />
          )}
        </button>
      </div>
    </div>
  );
}
