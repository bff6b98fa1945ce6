/** Where the window stood when it was closed, so that it opens there again, if that place still exists. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserWindow, Rectangle, Screen } from 'electron';
import { z } from '../../shared/base/door.ts';

const stateSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1024).max(16_384),
  height: z.number().int().min(640).max(16_384),
  isMaximized: z.boolean(),
});
export type WindowState = z.infer<typeof stateSchema>;

function stateFile(userData: string): string {
  return path.join(userData, 'window.json');
}

/** The last state, or null where there is none, it cannot be read, or no display shows that place any more. */
export function readWindowState(
  userData: string,
  screen: Pick<Screen, 'getAllDisplays'>,
): WindowState | null {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(stateFile(userData), 'utf8')));
    return screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, state)) ? state : null;
  } catch {
    return null;
  }
}

/** A strip of title bar must be reachable, or the window could not be moved back. */
function overlaps(area: Rectangle, state: WindowState): boolean {
  const reach = 80;
  return (
    state.x + reach < area.x + area.width &&
    state.x + state.width - reach > area.x &&
    state.y >= area.y &&
    state.y + reach < area.y + area.height
  );
}

/** Keeps the state when the window closes. A full disk costs the place of a window, nothing more. */
export function keepWindowState(window: BrowserWindow, userData: string): void {
  window.on('close', () => {
    const state = { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
    try {
      writeFileSync(stateFile(userData), JSON.stringify(state));
    } catch (error) {
      console.error(`window state not kept: ${(error as Error).message}`);
    }
  });
}
