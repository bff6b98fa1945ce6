/** The words beside what layers draw, in one view: those of the frame on screen that are meant for it. */
import { CloseView } from '../views/closeView.ts';
import type { ContextView } from '../views/contextView.ts';
import { useFacts } from './engineContext.tsx';
import { SceneTag } from './SceneTag.tsx';

export function NoteTags({ view }: { view: CloseView | ContextView }) {
  const notes = useFacts((facts) => facts.notes);
  const frame = useFacts((facts) => facts.shown?.frame ?? null);
  const kind = view instanceof CloseView ? view.face : 'context';
  return notes
    .filter((note) => note.frame === frame && note.views.includes(kind))
    .map(({ id, place, text, tone, anchor }) => (
      <SceneTag key={id} view={view} place={place} tone={tone} anchor={anchor}>
        {text}
      </SceneTag>
    ));
}
