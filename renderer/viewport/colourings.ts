/** What points can be coloured by, and which of it a delivery has something to show for. */
import type { Delivery } from '../../shared/model/delivery.ts';

export const colourings = [
  'height',
  'intensity',
  'ring',
  'distance',
  'time',
  'class',
  'instance',
  'segments',
  'camera',
  'plain',
] as const;
export type Colouring = (typeof colourings)[number];

/** Number of each in the shader. */
export const modeOf: Readonly<Record<Colouring, number>> = {
  plain: 0,
  height: 1,
  intensity: 2,
  distance: 3,
  class: 4,
  segments: 5,
  ring: 6,
  time: 7,
  instance: 8,
  camera: 9,
};

/** From what to what the numbers on screen go, per colouring that shows a number; null = the points have none. */
export interface ColourSpans {
  /** Metres, in the frame's space. */
  readonly height: readonly [number, number] | null;
  readonly intensity: readonly [number, number] | null;
  readonly ring: readonly [number, number] | null;
  /** Seconds from the sweep's first point. */
  readonly time: readonly [number, number] | null;
}

export const noSpans: ColourSpans = { height: null, intensity: null, ring: null, time: null };

/** Metres from the sensor at which the colours of distance end. */
export const distanceTopMeters = 100;

/** Whether there is anything that this colouring could tell apart. */
export function hasColouring(
  colouring: Colouring,
  delivery: Pick<Delivery, 'pointClasses' | 'calibrations'>,
  spans: ColourSpans,
): boolean {
  switch (colouring) {
    case 'segments':
      return delivery.pointClasses !== undefined;
    case 'camera':
      return delivery.calibrations.some(({ model }) => model.kind !== 'unknown');
    case 'intensity':
    case 'ring':
    case 'time':
      return spans[colouring] !== null;
    default:
      return true;
  }
}
