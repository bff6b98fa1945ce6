/** The checks of this room. */
import type { Check } from '../contract.ts';
import { accelCheck } from './accel.ts';
import { attrMotCheck } from './attrmot.ts';
import { copyCheck } from './copy.ts';
import { crabCheck } from './crab.ts';
import { flickerCheck } from './flicker.ts';
import { flipCheck } from './flip.ts';
import { gapCheck } from './gap.ts';
import { idJumpCheck } from './idjump.ts';
import { idSwitchCheck } from './idsw.ts';
import { shortCheck } from './short.ts';
import { sizeVarCheck } from './sizevar.ts';
import { speedCheck } from './speed.ts';
import { staticCheck } from './static.ts';
import { yawRateCheck } from './yawrate.ts';

export const trackChecks: readonly Check[] = [
  sizeVarCheck,
  speedCheck,
  accelCheck,
  yawRateCheck,
  flipCheck,
  crabCheck,
  staticCheck,
  attrMotCheck,
  gapCheck,
  idJumpCheck,
  idSwitchCheck,
  shortCheck,
  flickerCheck,
  copyCheck,
];
