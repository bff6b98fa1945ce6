/** The checks of this room. */
import type { Check } from '../contract.ts';
import { clusterCheck } from './cluster.ts';
import { cutCheck } from './cut.ts';
import { emptyCheck } from './empty.ts';
import { groundCheck } from './ground.ts';
import { looseCheck } from './loose.ts';

export const pointChecks: readonly Check[] = [emptyCheck, looseCheck, cutCheck, groundCheck, clusterCheck];
