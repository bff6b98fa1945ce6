/** The checks of this room. */
import type { Check } from '../contract.ts';
import { driftCheck } from './drift.ts';
import { dupCheck } from './dup.ts';
import { egoCheck } from './ego.ts';
import { modelCheck } from './model.ts';
import { overlapCheck } from './overlap.ts';
import { rangeCheck } from './range.ts';
import { schemaCheck } from './schema.ts';
import { sizeCheck } from './size.ts';

export const labelChecks: readonly Check[] = [
  sizeCheck,
  dupCheck,
  overlapCheck,
  rangeCheck,
  egoCheck,
  schemaCheck,
  driftCheck,
  modelCheck,
];
