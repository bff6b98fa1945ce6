/** Tells the clock of active time whenever the person does something. Answers a function that stops listening. */
import type { ActiveTime } from './activeTime.ts';

export function listenForLife(time: ActiveTime): () => void {
  const controller = new AbortController();
  const note = (): void => time.note(performance.now());
  for (const kind of ['keydown', 'pointermove', 'pointerdown', 'wheel'] as const) {
    addEventListener(kind, note, { signal: controller.signal, passive: true });
  }
  return () => controller.abort();
}
