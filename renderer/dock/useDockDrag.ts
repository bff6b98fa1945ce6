/** Dragging a panel by its caption onto another: the room it would get is drawn, Escape leaves all as it was. */
import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DockStore } from './dockStore.ts';
import { moved } from './dockTree.ts';
import { type DockRectangle, type DockTarget, roomOf, targetAt } from './dockZones.ts';

/** A press that moves less is a click. */
const clickPixels = 5;

export interface DockDrag {
  /** Id of the panel that is being moved. */
  readonly dragged: string | null;
  /** Hang this on the element that shows where the panel would go. */
  readonly zone: RefObject<HTMLDivElement | null>;
  grab(id: string, event: ReactPointerEvent): void;
}

export function useDockDrag(
  dock: DockStore,
  root: RefObject<HTMLDivElement | null>,
  titleOf: (id: string) => string,
): DockDrag {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<string | null>(null);
  const zone = useRef<HTMLDivElement>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  function grab(id: string, press: ReactPointerEvent): void {
    // Neither the view under the caption nor the selection of text takes part.
    press.stopPropagation();
    stop.current?.();
    const { clientX: fromX, clientY: fromY, pointerId } = press;
    const listening = new AbortController();
    const options = { signal: listening.signal, capture: true };
    let places: { all: DockRectangle; panels: Map<string, DockRectangle> } | null = null;
    let target: DockTarget | null = null;

    stop.current = () => {
      listening.abort();
      stop.current = null;
      zone.current?.toggleAttribute('hidden', true);
      setDragged(null);
    };

    function show(all: DockRectangle, panels: ReadonlyMap<string, DockRectangle>): void {
      const element = zone.current!;
      element.hidden = target === null;
      if (!target) return;
      const room = roomOf(target.id === null ? all : panels.get(target.id)!, target);
      element.style.transform = `translate(${room.left - all.left}px, ${room.top - all.top}px)`;
      element.style.width = `${room.width}px`;
      element.style.height = `${room.height}px`;
      element.textContent = t(`dock.zone.${target.zone}`, {
        panel: titleOf(id),
        other: target.id === null ? t('dock.everything') : titleOf(target.id),
      });
    }

    function onMove(event: PointerEvent): void {
      if (event.pointerId !== pointerId) return;
      const { clientX: x, clientY: y } = event;
      if (!places) {
        if (Math.hypot(x - fromX, y - fromY) < clickPixels) return;
        places = measure(root.current!);
        setDragged(id);
      }
      event.preventDefault();
      event.stopPropagation();
      target = targetAt(places.all, places.panels, id, x, y);
      show(places.all, places.panels);
    }

    function onUp(event: PointerEvent): void {
      if (event.pointerId !== pointerId) return;
      const drop = target;
      const wasDragged = places !== null;
      stop.current?.();
      if (wasDragged) swallowClick();
      if (drop) {
        dock.change((layout) => moved(layout, id, drop.id, drop.zone), {
          key: drop.id === null ? `said.edge.${drop.zone}` : `said.moved.${drop.zone}`,
          panels: drop.id === null ? [id] : [id, drop.id],
        });
      }
    }

    function onKey(event: KeyboardEvent): void {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      stop.current?.();
    }

    addEventListener('pointermove', onMove, options);
    addEventListener('pointerup', onUp, options);
    addEventListener('pointercancel', () => stop.current?.(), options);
    addEventListener('keydown', onKey, options);
    addEventListener('blur', () => stop.current?.(), options);
  }

  return { dragged, zone, grab };
}

function measure(root: HTMLElement): { all: DockRectangle; panels: Map<string, DockRectangle> } {
  const panels = new Map<string, DockRectangle>();
  for (const element of root.querySelectorAll<HTMLElement>('[data-dock-panel]')) {
    panels.set(element.dataset.dockPanel!, element.getBoundingClientRect());
  }
  return { all: root.getBoundingClientRect(), panels };
}

/** The click that a drag ends with means nothing. */
function swallowClick(): void {
  const swallow = (event: Event): void => event.stopPropagation();
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, { capture: true }));
}
