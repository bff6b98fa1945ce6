/** The colours of the views for what is drawn beside them: legends and swatches follow the theme as the views do. */
import { useMemo } from 'react';
import { useTheme } from '../../app/theme.ts';
import { useSettings } from '../../state/context.tsx';
import type { ColourMapName } from '../colourMaps.ts';

export interface LegendColours {
  readonly isDark: boolean;
  readonly colourMap: ColourMapName;
}

export function useLegendColours(): LegendColours {
  const colourMap = useSettings((state) => state.settings.colourMap);
  const isDark = useTheme(useSettings((state) => state.settings.theme)) === 'dark';
  return useMemo(() => ({ isDark, colourMap }), [isDark, colourMap]);
}
