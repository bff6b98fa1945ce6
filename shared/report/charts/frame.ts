/** What all charts share: colours, scales, ticks, the drawing's frame and how wide a text is. */
import { type ChartNode, node } from './node.ts';

/** Colours as SVG paints: hex in a report, CSS variables on the screen. */
export interface ChartPalette {
  readonly text: string;
  readonly dim: string;
  readonly line: string;
  /** The drawing's own curve, dots and bars. */
  readonly ink: string;
  readonly accent: string;
  readonly reject: string;
  readonly background: string;
  readonly critical: string;
  readonly major: string;
  readonly minor: string;
}

/** Printed colours: at least 4.5 : 1 for text and 3 : 1 for marks on white, told apart in the common deficiencies. */
export const paperPalette: ChartPalette = {
  text: '#1c2128',
  dim: '#59636e',
  line: '#d5dae0',
  ink: '#1f5fa8',
  accent: '#8a5a00',
  reject: '#b3124a',
  background: '#ffffff',
  critical: '#8c0f3c',
  major: '#c4651a',
  minor: '#5b7fa6',
};

export const fontSize = 12;

/** Pixels a text takes at 12 px: full-width characters one em, others a little more than half of one. */
export function textWidth(text: string, size = fontSize): number {
  let ems = 0;
  for (const character of text) ems += (character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.56;
  return ems * size;
}

/** Round steps (1, 2 or 5 times a power of ten) from 0 to at least `last`, about `count` of them. */
export function ticksTo(last: number, count = 5): number[] {
  const rough = last / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10]
    .map((digit) => digit * power)
    .find((candidate) => candidate >= rough * (1 - 1e-9))!;
  const steps = Math.ceil((last / step) * (1 - 1e-9));
  return Array.from({ length: steps + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

/** Linear map of a domain onto pixels. */
export function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

export interface TextStyle {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill: string;
  readonly size?: number;
  readonly weight?: number;
}

export function label(x: number, y: number, text: string, style: TextStyle): ChartNode {
  const { anchor = 'start', fill, size = fontSize, weight } = style;
  const attributes = { x, y, 'text-anchor': anchor, fill, 'font-size': size };
  return node('text', weight ? { ...attributes, 'font-weight': weight } : attributes, text);
}

export function line(x1: number, y1: number, x2: number, y2: number, stroke: string, dash = ''): ChartNode {
  const attributes = { x1, y1, x2, y2, stroke, 'stroke-width': 1 };
  return node('line', dash ? { ...attributes, 'stroke-dasharray': dash } : attributes);
}

/** The whole drawing. `title` is what a reader of the page hears, and what the picture says in words. */
export function drawing(
  width: number,
  height: number,
  title: string,
  children: readonly ChartNode[],
): ChartNode {
  return node(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      width: Math.ceil(width),
      height: Math.ceil(height),
      role: 'img',
      'aria-label': title,
      'font-family': "system-ui, 'Segoe UI', 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif",
    },
    node('title', {}, title),
    ...children,
  );
}
