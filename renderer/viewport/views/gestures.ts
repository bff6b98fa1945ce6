/**
 * Drags, clicks and wheel turns on a view's element. A press that moves less than a few pixels is a click. Answers
 * a function that stops listening.
 */
export interface Gestures {
  /** `button`: 0 left, 1 middle, 2 right; movement in CSS pixels since the last call. */
  readonly onDrag?: (
    dx: number,
    dy: number,
    button: number,
    event: PointerEvent,
    x: number,
    y: number,
  ) => void;
  /** The left button went down, before any drag or click. */
  readonly onPress?: (x: number, y: number) => void;
  /** A press ended, by a click or a drag, or was taken away. */
  readonly onRelease?: (isCancelled: boolean) => void;
  /** Place in CSS pixels from the element's top left corner. */
  readonly onClick?: (x: number, y: number, event: PointerEvent) => void;
  readonly onMove?: (x: number, y: number) => void;
  readonly onLeave?: () => void;
  /** Factor above 1 = further away. */
  readonly onZoom?: (factor: number, x: number, y: number) => void;
  readonly onDoubleClick?: () => void;
}

const clickPixels = 4;
const zoomPerWheelPixel = 0.0015;

export function listenToGestures(element: HTMLElement, gestures: Gestures): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  let pressed: { x: number; y: number; button: number; hasMoved: boolean } | null = null;

  const place = (event: MouseEvent): [number, number] => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  function letGo(isCancelled: boolean): void {
    if (pressed === null) return;
    const wasLeft = pressed.button === 0;
    pressed = null;
    if (wasLeft) gestures.onRelease?.(isCancelled);
  }

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.target instanceof Element && event.target.closest('button')) return;
      pressed = { x: event.clientX, y: event.clientY, button: event.button, hasMoved: false };
      element.setPointerCapture(event.pointerId);
      if (event.button === 0) gestures.onPress?.(...place(event));
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      if (!pressed) {
        gestures.onMove?.(...place(event));
        return;
      }
      const dx = event.clientX - pressed.x;
      const dy = event.clientY - pressed.y;
      if (!pressed.hasMoved && Math.hypot(dx, dy) < clickPixels) return;
      pressed.hasMoved = true;
      pressed.x = event.clientX;
      pressed.y = event.clientY;
      gestures.onDrag?.(dx, dy, pressed.button, event, ...place(event));
    },
    { signal },
  );
  element.addEventListener(
    'pointerup',
    (event) => {
      const wasClick = pressed !== null && !pressed.hasMoved && pressed.button === 0;
      letGo(false);
      if (wasClick) gestures.onClick?.(...place(event), event);
    },
    { signal },
  );
  element.addEventListener('pointercancel', () => letGo(true), { signal });
  element.addEventListener('pointerleave', () => gestures.onLeave?.(), { signal });
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  element.addEventListener('dblclick', () => gestures.onDoubleClick?.(), { signal });
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      gestures.onZoom?.(Math.exp(event.deltaY * zoomPerWheelPixel), ...place(event));
    },
    { signal, passive: false },
  );
  return () => controller.abort();
}
