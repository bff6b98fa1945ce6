/** How everything looks: dark or light as the person or the system chose, how strong in contrast, how large in text. */
import { useEffect, useState } from 'react';
import type { Settings } from '../../shared/host/contract.ts';
import { useSettings } from '../state/context.tsx';

export type Theme = 'dark' | 'light';

const lightQuery = '(prefers-color-scheme: light)';

export function resolveTheme(choice: Settings['theme']): Theme {
  if (choice !== 'system') return choice;
  return matchMedia(lightQuery).matches ? 'light' : 'dark';
}

/** Set on the page itself, before the first picture and for what lies outside the tree (dialogs). */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.mantineColorScheme = theme;
}

/** The theme in force; follows the system where that was chosen. */
export function useTheme(choice: Settings['theme']): Theme {
  const [theme, setTheme] = useState(() => resolveTheme(choice));
  useEffect(() => {
    const media = matchMedia(lightQuery);
    const update = (): void => setTheme(resolveTheme(choice));
    update();
    media.addEventListener('change', update);
    return () => media.removeEventListener('change', update);
  }, [choice]);
  useEffect(() => applyTheme(theme), [theme]);
  return theme;
}

/** Contrast and text size are set on the page itself, too: every measure of text is a multiple of one token. */
export function useLegibility(): void {
  const contrast = useSettings((state) => state.settings.contrast);
  const percent = useSettings((state) => state.settings.textPercent);
  useEffect(() => {
    const { dataset, style } = document.documentElement;
    dataset.contrast = contrast;
    style.setProperty('--text-scale', String(percent / 100));
  }, [contrast, percent]);
}
