/** The pieces of the review screen by name, so that a layout can place them and never needs to know them. */
import type { ReactNode, RefObject } from 'react';
import type { SpecDefect } from '../../../shared/audit/qaSpec.ts';
import { ClosePane } from '../../viewport/react/ClosePane.tsx';
import { ContextPane } from '../../viewport/react/ContextPane.tsx';
import type { ShownGap } from '../../viewport/shown.ts';
import type { ViewOptions } from '../../viewport/viewOptions.ts';
import type { FaceFinding } from './faceFindings.ts';
import { PictureArea } from './PictureArea.tsx';
import { SidePanel } from './SidePanel.tsx';
import { TrackStrip } from './track/TrackStrip.tsx';
import type { Subject } from './useSubject.ts';

export const panelIds = ['top', 'side', 'end', 'pictures', 'context', 'track', 'judge'] as const;
export type PanelId = (typeof panelIds)[number];

/** Panels that show one label close up: without one there is nothing in them. */
export const labelPanels: ReadonlySet<PanelId> = new Set(['top', 'side', 'end']);

/** Panels that draw on the canvas behind; the others hide it. */
const clearPanels: ReadonlySet<string> = new Set<PanelId>(['top', 'side', 'end', 'pictures', 'context']);

export const isClearPanel = (id: string): boolean => clearPanels.has(id);

export function isPanelId(id: string): id is PanelId {
  return (panelIds as readonly string[]).includes(id);
}

export interface OfferedCode {
  readonly digit: number;
  readonly defect: SpecDefect;
}

/** What the panels are made of, put together once by the desk. */
export interface DeskParts {
  readonly subject: Subject | null;
  readonly findings: { readonly inside: number | null; readonly faces: readonly FaceFinding[] };
  readonly gap: ShownGap | null;
  readonly options: ViewOptions;
  readonly codes: readonly OfferedCode[];
  readonly onCode: (defect: SpecDefect) => void;
  readonly canJudge: boolean;
  readonly comment: RefObject<HTMLTextAreaElement | null>;
}

export function panelOf(id: PanelId, parts: DeskParts): ReactNode {
  const { subject, gap, options } = parts;
  switch (id) {
    case 'top':
    case 'side':
    case 'end':
      return <ClosePane face={id} gap={gap} />;
    case 'pictures':
      return <PictureArea subject={subject} options={options} />;
    case 'context':
      return <ContextPane options={options} />;
    case 'track':
      return <TrackStrip subject={subject} />;
    case 'judge':
      return <SidePanel {...parts} />;
  }
}
