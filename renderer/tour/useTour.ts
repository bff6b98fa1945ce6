/** How far the tour is: kept with the settings, so that a reload or the next day goes on where it was left. */
import { useMemo } from 'react';
import { z } from 'zod';
import { useRememberedView, useSettings } from '../state/context.tsx';
import { tourSteps } from './tourSteps.ts';

const tourSchema = z.object({
  isOn: z.boolean(),
  step: z
    .number()
    .int()
    .min(0)
    .max(tourSteps.length - 1),
  /** The sample's folder and the tour's audit, once they are known. */
  path: z.string().nullable(),
  audit: z.string().nullable(),
});
export type TourState = z.infer<typeof tourSchema>;

const notBegun: TourState = { isOn: false, step: 0, path: null, audit: null };

export interface Tour extends TourState {
  patch(change: Partial<TourState>): void;
  /** Begins, or goes on where it was left. */
  take(): void;
  /** Leaves; nobody is asked again. */
  leave(): void;
  finish(): void;
}

export function useTour(): Tour {
  const [remembered, remember] = useRememberedView<unknown>('tour', null);
  const change = useSettings((state) => state.change);
  const state = useMemo(() => {
    const parsed = tourSchema.safeParse(remembered);
    return parsed.success ? parsed.data : notBegun;
  }, [remembered]);
  const patch = (part: Partial<TourState>): void => remember({ ...state, ...part });
  return {
    ...state,
    patch,
    take: () => patch({ isOn: true }),
    leave() {
      patch({ isOn: false });
      change({ isTourDone: true });
    },
    finish() {
      remember(notBegun);
      change({ isTourDone: true });
    },
  };
}
