/** The double of `screen`: one display without a task bar, the same one that Chromium is told about. */
import type { Display, Point, Rectangle } from 'electron';
import { runningBrowser } from '../running.ts';
import { strictly } from '../strict.ts';
import { StrictEmitter } from '../strictEmitter.ts';

export const screenSize = { width: 1920, height: 1080 };
export const screenBounds: Rectangle = { x: 0, y: 0, ...screenSize };

type ImplementedDisplay = Pick<
  Display,
  'id' | 'bounds' | 'workArea' | 'size' | 'workAreaSize' | 'scaleFactor' | 'rotation' | 'internal' | 'label'
>;

const display: ImplementedDisplay = strictly('display', {
  id: 1,
  label: 'stand-in',
  bounds: screenBounds,
  workArea: screenBounds,
  size: screenSize,
  workAreaSize: screenSize,
  scaleFactor: 1,
  rotation: 0,
  internal: false,
});

class ScreenDouble extends StrictEmitter {
  constructor() {
    // The one display never changes, so these are never sent.
    super('screen', ['display-added', 'display-removed', 'display-metrics-changed']);
  }

  getPrimaryDisplay(): ImplementedDisplay {
    runningBrowser('screen');
    return display;
  }

  getAllDisplays(): ImplementedDisplay[] {
    return [this.getPrimaryDisplay()];
  }

  getDisplayMatching(_bounds: Rectangle): ImplementedDisplay {
    return this.getPrimaryDisplay();
  }

  getDisplayNearestPoint(_point: Point): ImplementedDisplay {
    return this.getPrimaryDisplay();
  }
}

export const screen = new ScreenDouble();
