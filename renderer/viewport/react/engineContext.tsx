/** How components reach the viewport's engine, its facts, and what a click in a view means just now. */
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { useSettings } from '../../state/context.tsx';
import { createEngine, type Engine } from '../engine.ts';
import { readPalette } from '../palette.ts';
import { type Pointing, pointingIdle } from '../pointing.ts';
import type { ViewportFacts } from '../shown.ts';
import '../viewTokens.css';

interface EngineValue {
  readonly engine: Engine;
  readonly pointing: { current: Pointing };
}

const EngineContext = createContext<EngineValue | null>(null);

/** One engine for one delivery; it goes, and all GPU memory with it, when the screen is left. */
export function EngineProvider({
  index,
  delivery,
  children,
}: {
  index: DeliveryIndex;
  delivery: string;
  children: ReactNode;
}) {
  const colourMap = useSettings((state) => state.settings.colourMap);
  const [engine] = useState(() =>
    createEngine(index, delivery, readPalette(document.documentElement, colourMap)),
  );
  const pointing = useRef<Pointing>(pointingIdle);
  useEffect(() => () => engine.dispose(), [engine]);
  useEffect(() => {
    const dress = (): void => engine.setPalette(readPalette(document.documentElement, colourMap));
    dress();
    const observer = new MutationObserver(dress);
    observer.observe(document.documentElement, {
      attributeFilter: ['data-mantine-color-scheme', 'data-contrast'],
    });
    return () => observer.disconnect();
  }, [engine, colourMap]);
  return <EngineContext value={{ engine, pointing }}>{children}</EngineContext>;
}

function useEngineValue(): EngineValue {
  const value = useContext(EngineContext);
  if (value === null) throw new Error('EngineProvider is missing');
  return value;
}

export function useEngine(): Engine {
  return useEngineValue().engine;
}

export function usePointing(): { readonly current: Pointing } {
  return useEngineValue().pointing;
}

/** Says what the mouse means in all views from now on. */
export function usePointAs(pointing: Pointing): void {
  const { pointing: current } = useEngineValue();
  useEffect(() => {
    current.current = pointing;
  });
}

/** One fact; renders again only when that fact changes. */
export function useFacts<Fact>(selector: (facts: ViewportFacts) => Fact): Fact {
  return useStore(useEngine().facts, selector);
}
