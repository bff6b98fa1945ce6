/** Plans that are pinned to be held against the one at hand; they belong to one sample and severity. */
import { useState } from 'react';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';
import type { PlanRow } from './planRows.ts';

/** With the plan at hand a figure holds three curves that can still be told apart. */
const mostPins = 2;

export interface Pin {
  readonly id: number;
  readonly plan: SamplingPlan;
}

export interface Compare {
  readonly pins: readonly Pin[];
  readonly canPin: boolean;
  pin(): void;
  unpin(id: number): void;
}

export function useCompare(row: PlanRow | null): Compare {
  const [all, setAll] = useState<readonly (Pin & { readonly key: string })[]>([]);
  const key = row === null ? '' : `${row.sample} ${row.severity}`;
  const plan = row?.plan.ok ? row.plan.value : null;
  // A plan for another lot says nothing beside this one's.
  const isOfLot = (pin: Pin): boolean => plan === null || pin.plan.lotSize === plan.lotSize;
  const pins = all.filter((pin) => pin.key === key && isOfLot(pin));
  return {
    pins,
    canPin: plan !== null && pins.length < mostPins,
    pin() {
      if (plan === null || pins.length >= mostPins) return;
      const id = Math.max(0, ...all.map((pin) => pin.id)) + 1;
      setAll([...all, { id, key, plan }]);
    },
    unpin: (id) => setAll(all.filter((pin) => pin.id !== id)),
  };
}
