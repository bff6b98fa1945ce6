/** Keeps an element as tall as it ever was while it is shown, so that what stands below does not jump with its content. */
import { type RefObject, useEffect, useRef } from 'react';

/** Hang the answer on the element. Another width lets it find its height anew: words wrap elsewhere. */
export function useSteadyHeight<Kind extends HTMLElement>(): RefObject<Kind | null> {
  const element = useRef<Kind>(null);
  useEffect(() => {
    const steady = element.current!;
    let width = 0;
    let tallest = 0;
    const observer = new ResizeObserver(([entry]) => {
      const box = entry!.borderBoxSize[0]!;
      if (box.inlineSize !== width) {
        width = box.inlineSize;
        tallest = 0;
        steady.style.minHeight = '';
      }
      const height = steady.getBoundingClientRect().height;
      if (height <= tallest) return;
      tallest = height;
      steady.style.minHeight = `${height}px`;
    });
    observer.observe(steady);
    return () => observer.disconnect();
  }, []);
  return element;
}
