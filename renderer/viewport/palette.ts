/** The colours of the views, read from the style sheet so that both themes are written in one place. */
import { type ColourMapName, type Rgb, rgbOf } from './colourMaps.ts';

export interface Palette {
  readonly background: Rgb;
  readonly context: Rgb;
  /** Points that lie in no label, where labels give the colours. */
  readonly unlabelled: Rgb;
  readonly labelPoints: Rgb;
  readonly selection: Rgb;
  readonly others: Rgb;
  readonly hovered: Rgb;
  readonly tolerance: Rgb;
  readonly measure: Rgb;
  readonly rings: Rgb;
  readonly missed: Rgb;
  readonly radar: Rgb;
  /** Labels of another source than the judged one. */
  readonly otherSource: Rgb;
  /** The auditor's own box. */
  readonly correction: Rgb;
  /** What numbers are coloured by. */
  readonly colourMap: ColourMapName;
  readonly isDark: boolean;
}

/** Reads the `--view-*` properties that hold at `element`; the map is the person's choice. */
export function readPalette(element: Element, colourMap: ColourMapName): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string): Rgb => parseHex(style.getPropertyValue(name));
  const background = colour('--view-background');
  const isDark = background[0] + background[1] + background[2] < 1.5;
  return {
    background,
    context: colour('--view-context'),
    unlabelled: colour('--view-unlabelled'),
    labelPoints: colour('--view-label-points'),
    selection: colour('--view-selection'),
    others: colour('--view-others'),
    hovered: colour('--view-hovered'),
    tolerance: colour('--view-tolerance'),
    measure: colour('--view-measure'),
    rings: colour('--view-rings'),
    missed: colour('--view-missed'),
    radar: colour('--view-radar'),
    otherSource: colour('--view-other-source'),
    correction: colour('--view-correction'),
    colourMap,
    isDark,
  };
}

/** `#rrggbb`, or `#rgb` as a minifier writes it; anything else is a mistake of ours and shows as mid grey. */
export function parseHex(text: string): Rgb {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1] ?? '808080';
  const long = digits.length === 6 ? digits : digits.replaceAll(/./g, '$&$&');
  return rgbOf(Number.parseInt(long, 16));
}
