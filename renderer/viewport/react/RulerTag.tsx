/** The length of the ruler, beside its second point. */
import type { CloseView } from '../views/closeView.ts';
import type { ContextView } from '../views/contextView.ts';
import { useFacts } from './engineContext.tsx';
import { SceneTag } from './SceneTag.tsx';

export function RulerTag({ view }: { view: CloseView | ContextView }) {
  const ruler = useFacts((facts) => facts.ruler);
  if (!ruler?.to) return null;
  const { from, to } = ruler;
  const meters = Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]);
  return (
    <SceneTag view={view} place={to} tone="measure" anchor="right">
      {meters.toFixed(2)} m
    </SceneTag>
  );
}
