/** Ties the errors that were put in to the review screen: the index it shows, and the book of what is said of them. */
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { livingSeeds } from '../../../../shared/audit/seedsShown.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { useSession } from '../../../state/context.tsx';
import type { Said, SeedBook } from './seedBook.ts';
import { withSeeds } from './seededIndex.ts';

/** The index with the errors in it, and a name that changes when they do: what shows it is then made anew. */
export function useSeededIndex(index: DeliveryIndex | null): {
  readonly index: DeliveryIndex | null;
  readonly name: string;
} {
  const seeds = useSession((state) => (state.shown ? livingSeeds(state.shown) : null));
  const setAt = useSession((state) => state.shown?.seedsSet?.seq ?? 0);
  const seeded = useMemo(() => index && seeds && withSeeds(index, seeds), [index, seeds]);
  return { index: seeded, name: seeded === index ? 'plain' : `seeded ${setAt}` };
}

/** What is said last waits while the desk is shown, and is recorded when it is left. */
export function useOpenBook(book: SeedBook | null): void {
  useEffect(() => {
    book?.open();
    return () => book?.close();
  }, [book]);
}

const nothing = createStore<{ readonly said: Said }>(() => ({ said: new Map() }));

/** What was said so far; renders again when more is. */
export function useSaid(book: SeedBook | null): Said {
  return useStore(book?.store ?? nothing, ({ said }) => said);
}
