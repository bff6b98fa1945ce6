/**
 * Where a window is and how large. The page is given exactly the size of the window: there is no frame and no menu
 * bar, so that 1280 x 800 on the outside is 1280 x 800 of page.
 */
import type { Rectangle } from 'electron';
import type { CdpSession } from '../cdpPipe.ts';
import { runningBrowser } from '../running.ts';
import { screenBounds } from './screen.ts';

export type WindowState = 'normal' | 'maximized' | 'minimized' | 'fullscreen';

const defaultSize = { width: 800, height: 600 };

export class WindowGeometry {
  private normal: Rectangle;
  private current: WindowState = 'normal';

  constructor(wanted: Partial<Rectangle>) {
    const width = wanted.width ?? defaultSize.width;
    const height = wanted.height ?? defaultSize.height;
    // Electron puts a new window into the middle of the screen.
    const x = wanted.x ?? Math.round((screenBounds.width - width) / 2);
    const y = wanted.y ?? Math.round((screenBounds.height - height) / 2);
    this.normal = { x, y, width, height };
  }

  get state(): WindowState {
    return this.current;
  }

  /** Bounds as they are now, in pixels of the screen. */
  get bounds(): Rectangle {
    const fillsScreen = this.current === 'maximized' || this.current === 'fullscreen';
    return fillsScreen ? { ...screenBounds } : { ...this.normal };
  }

  /** Bounds the window has or will return to. */
  get normalBounds(): Rectangle {
    return { ...this.normal };
  }

  /** Moves or resizes a normal window; says which of the two it was. */
  change(wanted: Partial<Rectangle>): { moved: boolean; resized: boolean } {
    const before = this.normal;
    this.normal = { ...before, ...wanted };
    const { x, y, width, height } = this.normal;
    this.current = 'normal';
    return {
      moved: x !== before.x || y !== before.y,
      resized: width !== before.width || height !== before.height,
    };
  }

  /** True when the state is a new one. */
  enter(state: WindowState): boolean {
    const changed = this.current !== state;
    this.current = state;
    return changed;
  }

  /** Makes Chromium's page as large as the window is meant to be, and hides it while minimized. */
  async applyTo(page: { targetId: string; session: CdpSession }): Promise<void> {
    const browser = runningBrowser('a window').session;
    const { windowId } = await browser.send('Browser.getWindowForTarget', { targetId: page.targetId });
    const windowState = this.current === 'minimized' ? 'minimized' : 'normal';
    await browser.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    if (windowState === 'minimized') return;
    const { width, height } = this.bounds;
    await browser.send('Browser.setContentsSize', { windowId, width, height });
  }
}
