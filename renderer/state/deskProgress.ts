/**
 * How far the person at the review desk is, counted over what comes up there. The desk tells it while it is on screen,
 * and the header shows it, so that the count moves with every verdict, whatever the verdict was about.
 */
import { createStore } from 'zustand/vanilla';

/** Counts of units: those judged, of those the plans ask for. */
export interface DeskProgress {
  readonly judged: number;
  readonly asked: number;
}

/** Null while no desk of the sample is on screen. */
export const deskProgress = createStore<{ readonly labels: DeskProgress | null }>(() => ({ labels: null }));
