/** Every check this version runs, in the order they are told. */
import { checkIds } from './checkIds.ts';
import type { Check } from './contract.ts';
import { labelChecks } from './labels/labelChecks.ts';
import { pointChecks } from './points/pointChecks.ts';
import { sensorChecks } from './sensors/sensorChecks.ts';
import { trackChecks } from './tracks/trackChecks.ts';

const byId = new Map(
  [...labelChecks, ...pointChecks, ...trackChecks, ...sensorChecks].map((check) => [check.id, check]),
);

export const checks: readonly Check[] = checkIds.flatMap((id) => byId.get(id) ?? []);
