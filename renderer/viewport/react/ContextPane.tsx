/** The pane with the 3D view around the label. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { ringMeters } from '../gpu/rangeRings.ts';
import type { ShownBox } from '../shown.ts';
import { trackName } from '../trackName.ts';
import type { ViewOptions } from '../viewOptions.ts';
import type { ContextView } from '../views/contextView.ts';
import { ColourScale } from './ColourScale.tsx';
import { EmptyReason } from './EmptyReason.tsx';
import { useEngine, useFacts } from './engineContext.tsx';
import { LeftOut } from './LeftOut.tsx';
import { NoteTags } from './NoteTags.tsx';
import { SceneTag } from './SceneTag.tsx';
import { usePaneView } from './usePaneView.ts';
import { ViewPanelButton } from './ViewPanel.tsx';
import styles from './viewport.module.css';

export interface ContextPaneProps {
  readonly options: ViewOptions;
  readonly title?: string;
  readonly caption?: ReactNode;
  /** Boxes of missing objects with their names. */
  readonly named?: readonly { readonly id: string; readonly box: ShownBox; readonly name: string }[];
}

export function ContextPane({ options, title, caption, named = [] }: ContextPaneProps) {
  const { t } = useTranslation();
  const { element, view } = usePaneView('context', (engine, target) => engine.makeContextView(target));
  return (
    <div className={styles.pane} ref={element} data-testid="pane-context">
      <div className={styles.caption}>
        <b data-picture-text data-dock-handle>
          {title ?? t('viewport.context')}
        </b>
        <ViewPanelButton />
        <span data-picture-text>{t(`viewport.colouring.${options.colouring}`)}</span>
        <LeftOut options={options} />
        {caption}
      </div>
      <ColourScale colouring={options.colouring} />
      <EmptyReason what="points" />
      {view && <LabelTag view={view} />}
      {view && <HoverTag view={view} />}
      {view && options.showRings && <RingTags view={view} />}
      {view && <NoteTags view={view} />}
      {view &&
        named.map(({ id, box, name }) => (
          <SceneTag key={id} view={view} place={topOf(box.center, box.size)} tone="missed" anchor="above">
            {name}
          </SceneTag>
        ))}
    </div>
  );
}

function topOf(center: Vec3, size: Vec3): Vec3 {
  return [center[0], center[1], center[2] + size[2] / 2];
}

function LabelTag({ view }: { view: ContextView }) {
  const row = useFacts((facts) => facts.shown?.row ?? null);
  return row === null ? null : <RowTag view={view} row={row} tone="selection" />;
}

function HoverTag({ view }: { view: ContextView }) {
  const hovered = useFacts((facts) => facts.hoveredRow);
  const row = useFacts((facts) => facts.shown?.row ?? null);
  return hovered === null || hovered === row ? null : <RowTag view={view} row={hovered} tone="quiet" />;
}

function RowTag({ view, row, tone }: { view: ContextView; row: number; tone: 'selection' | 'quiet' }) {
  const label = cuboidAt(useEngine().index.labels, row);
  return (
    <SceneTag view={view} place={topOf(label.center, label.size)} tone={tone} anchor="above">
      {label.track === null ? label.className : `${label.className} ${trackName(label.track)}`}
    </SceneTag>
  );
}

function RingTags({ view }: { view: ContextView }) {
  const engine = useEngine();
  const frame = useFacts((facts) => facts.shown?.frame ?? null);
  if (frame === null) return null;
  return ringMeters
    .filter((meters) => meters % 20 === 0)
    .map((meters) => (
      <SceneTag
        key={`${frame} ${meters}`}
        view={view}
        place={engine.onGround(0, -meters)}
        tone="quiet"
        anchor="right"
      >
        {meters} m
      </SceneTag>
    ));
}
