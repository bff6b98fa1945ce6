/**
 * Panels in rows and columns. Each panel lives in an element of its own that is hung into its place: moving a panel
 * moves that element, so what is in it keeps its state, and neither resizing nor rearranging mounts anything anew.
 */
import { Fragment, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { useStore } from 'zustand';
import { DockFrame } from './DockFrame.tsx';
import styles from './dock.module.css';
import { type DockLimits, leastSize, mostSize } from './dockSizes.ts';
import type { DockStore } from './dockStore.ts';
import { type DockNode, panelsIn, visibleTree } from './dockTree.ts';
import { useDockDrag } from './useDockDrag.ts';

export interface DockProps {
  readonly dock: DockStore;
  readonly titleOf: (id: string) => string;
  readonly render: (id: string) => ReactNode;
  /** Panels that have nothing to show just now; they keep their place. */
  readonly isAbsent: (id: string) => boolean;
  readonly limits: DockLimits;
  /** Panels that draw on the canvas behind; all others hide it. */
  readonly isClear: (id: string) => boolean;
  /** After panels were moved: places have changed without any size having done so. */
  readonly onArranged: () => void;
  readonly onMenu: (id: string) => void;
}

export function Dock(props: DockProps) {
  const { dock, titleOf, render, isAbsent, onArranged } = props;
  const { t } = useTranslation();
  const root = useRef<HTMLDivElement>(null);
  const layout = useStore(dock, (facts) => facts.layout);
  const version = useStore(dock, (facts) => facts.version);
  const last = useStore(dock, (facts) => facts.last);
  const hosts = useHosts();
  const drag = useDockDrag(dock, root, titleOf);
  const tree = visibleTree(layout, isAbsent);
  const shape = tree ? shapeOf(tree) : '';
  // What a maximised panel covers stays as it is.
  const mounted = useMemo(() => {
    const all = visibleTree({ ...layout, maximised: null }, isAbsent);
    return all ? panelsIn(all).toSorted() : [];
  }, [layout, isAbsent]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever other panels stand elsewhere
  useEffect(onArranged, [version, shape]);
  return (
    <div className={styles.dock} ref={root} data-testid="dock" data-dragging={drag.dragged ?? undefined}>
      {mounted.map((id) =>
        createPortal(
          <DockFrame
            id={id}
            title={titleOf(id)}
            isMaximised={layout.maximised === id}
            isClear={props.isClear(id)}
            dock={dock}
            onGrab={drag.grab}
            onMenu={props.onMenu}
          >
            {render(id)}
          </DockFrame>,
          hosts(id),
          id,
        ),
      )}
      {tree && <Branch key={`${version} ${shape}`} node={tree} hosts={hosts} path="dock" {...props} />}
      <div className={styles.zone} ref={drag.zone} aria-hidden="true" hidden />
      <div className={styles.spoken} role="status">
        {last && t(`dock.${last.key}`, sentenceParts(last.panels.map(titleOf)))}
      </div>
    </div>
  );
}

interface BranchProps extends DockProps {
  readonly node: DockNode;
  readonly path: string;
  readonly hosts: (id: string) => HTMLElement;
}

function Branch(props: BranchProps) {
  const { node, path, dock, titleOf, hosts, limits } = props;
  const { t } = useTranslation();
  if (node.kind === 'panel') return <Place host={hosts(node.id)} />;
  const isRow = node.kind === 'row';
  const sum = node.children.reduce((total, { share }) => total + share, 0);
  const nameOf = (child: DockNode): string => panelsIn(child)[0]!;
  const sizes = Object.fromEntries(node.children.map((child) => [nameOf(child), (100 * child.share) / sum]));
  return (
    <Group
      id={path}
      className={styles.group}
      orientation={isRow ? 'horizontal' : 'vertical'}
      defaultLayout={sizes}
      onLayoutChanged={(layout, { isUserInteraction, requestedLayout }) => {
        if (isUserInteraction) dock.resize(new Map(Object.entries(requestedLayout ?? layout)));
      }}
    >
      {node.children.map((child, at) => {
        const most = mostSize(child, isRow, limits);
        const before = node.children[at - 1];
        return (
          <Fragment key={nameOf(child)}>
            {before && (
              <Separator
                className={isRow ? styles.upright : styles.level}
                aria-label={t('dock.separator', {
                  one: titleOf(panelsIn(before).at(-1)!),
                  other: titleOf(nameOf(child)),
                })}
              />
            )}
            <Panel
              id={nameOf(child)}
              minSize={`${leastSize(child, isRow, limits)}px`}
              {...(most === null ? {} : { maxSize: `${most}px` })}
            >
              <Branch {...props} node={child} path={`${path}.${at}`} />
            </Panel>
          </Fragment>
        );
      })}
    </Group>
  );
}

/** The place in the rows and columns where a panel's own element hangs. */
function Place({ host }: { host: HTMLElement }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current!.append(host);
    return () => host.remove();
  }, [host]);
  return <div className={styles.place} ref={place} />;
}

/** One element for each panel, as long as the dock is shown. */
function useHosts(): (id: string) => HTMLElement {
  const [hosts] = useState(() => new Map<string, HTMLElement>());
  return (id) => {
    const known = hosts.get(id);
    if (known) return known;
    const made = document.createElement('div');
    made.className = styles.host!;
    hosts.set(id, made);
    return made;
  };
}

/** Another shape is laid out anew; other sizes of the same are not. */
function shapeOf(node: DockNode): string {
  return node.kind === 'panel' ? node.id : `${node.kind}(${node.children.map(shapeOf).join()})`;
}

function sentenceParts([panel = '', other = '']: readonly string[]): { panel: string; other: string } {
  return { panel, other };
}
