/** A word pinned to a place in one view. It is moved by the view after each draw, never by React. */
import { type ReactNode, useEffect, useRef } from 'react';
import type { Vec3 } from '../../../shared/model/pose.ts';
import type { TagAnchor, TagTone } from '../shown.ts';
import type { CloseView } from '../views/closeView.ts';
import type { ContextView } from '../views/contextView.ts';
import { useEngine } from './engineContext.tsx';
import styles from './viewport.module.css';

export interface SceneTagProps {
  readonly view: CloseView | ContextView;
  /** In the frame's space. */
  readonly place: Vec3;
  readonly tone: TagTone;
  readonly anchor: TagAnchor;
  readonly children: ReactNode;
}

export function SceneTag({ view, place, tone, anchor, children }: SceneTagProps) {
  const engine = useEngine();
  const element = useRef<HTMLDivElement>(null);
  const [x, y, z] = place;
  useEffect(() => {
    const tag = { element: element.current!, place: engine.drawnPlace([x, y, z]) };
    view.tags.push(tag);
    view.isDirty = true;
    engine.redraw();
    return () => {
      view.tags.splice(view.tags.indexOf(tag), 1);
    };
  }, [engine, view, x, y, z]);
  return (
    <div className={styles.tag} ref={element} data-tone={tone} data-anchor={anchor}>
      <span data-picture-text>{children}</span>
    </div>
  );
}
