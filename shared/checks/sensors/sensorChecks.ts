/** The checks of this room. */
import type { Check } from '../contract.ts';
import { calibCheck } from './calib.ts';
import { poseCheck } from './pose.ts';
import { projCheck } from './proj.ts';
import { timeCheck } from './time.ts';

export const sensorChecks: readonly Check[] = [projCheck, timeCheck, poseCheck, calibCheck];
