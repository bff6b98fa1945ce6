/**
 * Tells the clock of active time whenever the person does something, and when the window goes out of sight or loses
 * the focus (another tab, another program, a locked screen). Answers a function that stops listening.
 */
import type { ActiveTime } from './activeTime.ts';

export function listenForLife(time: ActiveTime): () => void {
  const controller = new AbortController();
  const listening = { signal: controller.signal, passive: true };
  const note = (): void => time.note(performance.now());
  for (const kind of ['keydown', 'pointermove', 'pointerdown', 'wheel', 'focus'] as const) {
    addEventListener(kind, note, listening);
  }
  addEventListener('blur', () => time.pause(performance.now()), listening);
  document.addEventListener(
    'visibilitychange',
    () => (document.visibilityState === 'hidden' ? time.pause(performance.now()) : note()),
    listening,
  );
  return () => controller.abort();
}
