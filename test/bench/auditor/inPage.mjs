/** Runs in the page before the app: times each key from the input event to the frame that shows what it asked for. */
export function watchActions() {
  const acts = [];
  const drawnOf = () => {
    const probe = window.assayProbe;
    const words = document.querySelector('[data-testid=unit-state]')?.textContent ?? '';
    return { frameId: probe?.frameId ?? 0, shown: probe?.shown ?? '', words };
  };
  const isAnswered = {
    /** Another unit stands in front, and its label is drawn. */
    unit: (before, now) => now.words !== before.words && now.shown !== before.shown,
    /** The same unit in another frame. */
    frame: (before, now) => now.shown !== before.shown,
    /** The views were drawn again. */
    redraw: (before, now) => now.frameId > before.frameId,
  };

  let waiting = null;

  /** Call before a key is pressed, then await `assayAnswer`. */
  window.assayExpect = (kind, patienceMs) => {
    waiting = { kind, before: drawnOf(), started: null };
    waiting.answer = new Promise((resolve) => {
      waiting.resolve = resolve;
    });
    setTimeout(waiting.resolve, patienceMs, null);
  };
  /** Milliseconds from the key's event to after the frame that answers it; null where none did in time. */
  window.assayAnswer = () => waiting.answer;

  window.addEventListener(
    'keydown',
    (event) => {
      const own = waiting;
      if (!own || own.started !== null) return;
      own.started = event.timeStamp;
      const look = () => {
        if (own !== waiting) return;
        if (!isAnswered[own.kind](own.before, drawnOf())) {
          requestAnimationFrame(look);
          return;
        }
        // A task after the frame's callbacks runs once the frame is handed over to be painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => own.resolve(performance.now() - own.started);
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    },
    { capture: true },
  );

  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') acts.push(duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
  window.assayKeyDurations = () => acts;
}
