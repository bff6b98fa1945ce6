/** The checks of this room. */
import type { Check } from '../contract.ts';

export const sensorChecks: readonly Check[] = [];
