/** The two samples of a double plan, each as a row of counts: which accept, which go on, which do not, and which came. */
import { type ChartPalette, drawing, label, textWidth } from './frame.ts';
import { type ChartNode, node } from './node.ts';

export interface Stage {
  /** What the row is, on its left. */
  readonly text: string;
  /** Accepts up to this many bad units, does not from `reject` on; between the two the plan goes on. */
  readonly accept: number;
  readonly reject: number;
  /** Bad units found for sure and with every open one; null where the sample is not judged. */
  readonly found: { readonly least: number; readonly most: number } | null;
  /** Said in place of what was found. */
  readonly note: string | null;
}

export interface StageChart {
  readonly title: string;
  readonly words: { readonly accept: string; readonly goOn: string; readonly reject: string };
  readonly stages: readonly Stage[];
  readonly width: number;
  readonly palette: ChartPalette;
}

const rowHeight = 64;
const boxHeight = 26;
const widestBox = 34;

export function stageChart({ title, words, stages, width, palette }: StageChart): ChartNode {
  const names = Math.max(...stages.map(({ text }) => textWidth(text))) + 12;
  const boxes = Math.max(...stages.map(({ reject, found }) => Math.max(reject + 2, (found?.most ?? 0) + 1)));
  const box = Math.min(widestBox, (width - names - 4) / boxes);
  const height = 34 + rowHeight * stages.length;
  return drawing(width, height, title, [
    label(0, 14, title, { fill: palette.text, size: 13, weight: 600 }),
    ...stages.flatMap((stage, row) => {
      const top = 34 + row * rowHeight;
      const counts = Array.from({ length: boxes }, (_, count) => count);
      const zones = zonesOf(stage, words, palette, boxes);
      return [
        label(0, top + boxHeight / 2 + 4, stage.text, { fill: palette.text }),
        ...counts.flatMap((count) => {
          const zone = zones.find(({ from, to }) => count >= from && count < to)!;
          return countBox(count, stage, zone.colour, names + count * box, top, box, palette);
        }),
        ...(stage.note
          ? [label(names, top + boxHeight + 16, stage.note, { fill: palette.dim })]
          : zones
              .filter(({ from, to }) => to > from)
              .map(({ from, text, colour, line }) =>
                label(names + from * box, top + boxHeight + 14 + line * 13, text, { fill: colour }),
              )),
      ];
    }),
  ]);
}

function zonesOf({ accept, reject }: Stage, words: StageChart['words'], palette: ChartPalette, end: number) {
  // Words of narrow zones would run into each other on one line: the middle one stands lower.
  return [
    { from: 0, to: accept + 1, text: words.accept, colour: palette.ink, line: 0 },
    { from: accept + 1, to: reject, text: words.goOn, colour: palette.accent, line: 1 },
    { from: reject, to: end, text: words.reject, colour: palette.reject, line: 0 },
  ];
}

function countBox(
  count: number,
  { found, note }: Stage,
  colour: string,
  left: number,
  top: number,
  width: number,
  palette: ChartPalette,
): ChartNode[] {
  const isFound = found !== null && note === null && count === found.least;
  const isPossible = found !== null && note === null && count > found.least && count <= found.most;
  return [
    node('rect', {
      x: left + 1,
      y: top,
      width: width - 2,
      height: boxHeight,
      rx: 3,
      fill: isFound ? colour : palette.background,
      stroke: colour,
      'stroke-width': isPossible ? 2.5 : 1,
      ...(isPossible ? { 'stroke-dasharray': '3 2' } : {}),
      ...(note === null ? {} : { opacity: 0.45 }),
    }),
    label(left + width / 2, top + boxHeight / 2 + 4, String(count), {
      anchor: 'middle',
      fill: isFound ? palette.background : palette.text,
      size: Math.min(12, width * 0.6),
      ...(isFound ? { weight: 700 } : {}),
    }),
  ];
}
