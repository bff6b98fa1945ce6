/**
 * One small picture for each automatic check: what right looks like and what the check finds, from above unless a
 * ground line says otherwise. A label that is found stands in thick lines, what was expected in dashes, lidar points as
 * dots, motion as arrows; colour only repeats that.
 */
import type { CheckId } from '../../checks/checkIds.ts';
import { type ChartPalette, drawing, label } from './frame.ts';
import { type ChartNode, node } from './node.ts';

/** Boxes: middle, length, width, turn in degrees, counter-clockwise; the tick is the front. Pixels of 160 by 96. */
type Shape =
  | readonly ['box' | 'found' | 'expected', x: number, y: number, length: number, width: number, turn: number]
  | readonly ['dots', ...places: number[]]
  | readonly ['arrow' | 'line' | 'gap', fromX: number, fromY: number, toX: number, toY: number]
  | readonly ['picture', x: number, y: number, width: number, height: number]
  | readonly ['word', x: number, y: number, text: string];

/** Points along the two sides of a box that a sensor to the lower left sees. */
function seen(x: number, y: number, length: number, width: number): Shape {
  const places: number[] = [];
  for (let step = 0; step <= 6; step++) places.push(x - length / 2 + (step * length) / 6, y + width / 2 - 2);
  for (let step = 1; step <= 3; step++) places.push(x - length / 2 + 2, y + width / 2 - (step * width) / 4);
  return ['dots', ...places];
}

const pictures: Readonly<Record<CheckId, readonly Shape[]>> = {
  SIZE: [['expected', 80, 48, 64, 28, 0], ['found', 80, 48, 124, 60, 0], seen(80, 48, 64, 28)],
  SIZEVAR: [
    ['box', 30, 48, 42, 22, 0],
    ['box', 78, 48, 42, 22, 0],
    ['found', 128, 48, 54, 30, 0],
  ],
  EMPTY: [['found', 104, 36, 60, 28, 0], seen(40, 70, 44, 20), ['line', 8, 92, 74, 44]],
  LOOSE: [['found', 80, 48, 96, 52, 0], seen(80, 42, 74, 34), ['gap', 80, 58, 80, 74]],
  CUT: [
    ['found', 84, 42, 64, 24, 0],
    ['dots', 44, 34, 44, 42, 44, 50, 44, 58, 54, 60, 64, 60, 74, 60, 84, 60, 94, 60, 104, 60, 114, 60],
  ],
  DUP: [['box', 76, 46, 70, 30, 0], ['found', 84, 52, 70, 30, 4], seen(76, 46, 70, 30)],
  OVERLAP: [
    ['box', 58, 50, 70, 28, 0],
    ['found', 100, 48, 70, 28, 24],
  ],
  SPEED: [
    ['box', 22, 48, 28, 14, 0],
    ['found', 134, 48, 28, 14, 0],
    ['arrow', 40, 48, 114, 48],
  ],
  ACCEL: [
    ['box', 20, 48, 24, 12, 0],
    ['box', 50, 48, 24, 12, 0],
    ['found', 132, 48, 24, 12, 0],
    ['arrow', 66, 66, 116, 66],
  ],
  YAWRATE: [
    ['box', 34, 66, 40, 18, 0],
    ['box', 78, 58, 40, 18, 24],
    ['found', 118, 34, 40, 18, 100],
  ],
  FLIP: [
    ['box', 40, 30, 52, 22, 0],
    ['found', 108, 30, 52, 22, 180],
    ['arrow', 30, 70, 130, 70],
  ],
  CRAB: [
    ['found', 84, 44, 64, 26, 28],
    ['arrow', 24, 82, 136, 82],
  ],
  STATIC: [
    ['expected', 76, 50, 62, 28, 0],
    ['found', 84, 44, 62, 28, 0],
    ['expected', 70, 54, 62, 28, 0],
  ],
  ATTRMOT: [
    ['box', 34, 44, 40, 18, 0],
    ['found', 112, 44, 40, 18, 0],
    ['arrow', 58, 44, 88, 44],
    ['word', 112, 78, 'P'],
  ],
  GAP: [
    ['box', 28, 48, 36, 18, 0],
    ['expected', 80, 48, 36, 18, 0],
    seen(80, 48, 36, 18),
    ['box', 132, 48, 36, 18, 0],
  ],
  IDJUMP: [
    ['box', 26, 70, 30, 14, 0],
    ['found', 132, 24, 30, 14, 0],
    ['word', 26, 54, '7'],
    ['word', 132, 48, '7'],
  ],
  IDSW: [
    ['box', 34, 34, 40, 18, 0],
    ['found', 112, 34, 40, 18, 0],
    ['word', 34, 66, '7'],
    ['word', 112, 66, '9'],
    ['arrow', 58, 34, 88, 34],
  ],
  SHORT: [
    ['found', 80, 48, 44, 20, 0],
    ['expected', 26, 48, 36, 18, 0],
    ['expected', 134, 48, 36, 18, 0],
  ],
  FLICKER: [
    ['box', 34, 40, 40, 18, 0],
    ['found', 112, 40, 40, 18, 0],
    ['word', 34, 72, 'A'],
    ['word', 112, 72, 'B'],
  ],
  CLUSTER: [seen(84, 46, 60, 28), ['expected', 84, 46, 60, 28, 0], ['word', 84, 88, '?']],
  GROUND: [
    ['line', 6, 82, 154, 82],
    ['found', 80, 44, 70, 34, 0],
    ['gap', 80, 62, 80, 81],
  ],
  PROJ: [
    ['picture', 10, 8, 140, 80],
    ['found', 72, 46, 60, 36, 0],
    ['expected', 98, 52, 60, 36, 0],
  ],
  RANGE: [
    ['line', 104, 6, 104, 90],
    ['arrow', 10, 48, 100, 48],
    ['found', 134, 48, 34, 16, 0],
  ],
  EGO: [
    ['box', 74, 48, 64, 28, 0],
    ['found', 104, 58, 48, 22, 20],
    ['word', 66, 52, '0'],
  ],
  TIME: [
    ['line', 10, 40, 150, 40],
    ['line', 30, 30, 30, 50],
    ['line', 70, 30, 70, 50],
    ['line', 110, 30, 110, 50],
    ['gap', 110, 66, 132, 66],
    ['arrow', 132, 76, 132, 44],
  ],
  POSE: [
    ['expected', 24, 60, 26, 12, 0],
    ['expected', 64, 60, 26, 12, 0],
    ['found', 104, 26, 26, 12, 16],
    ['expected', 140, 60, 26, 12, 0],
    ['gap', 104, 36, 104, 58],
  ],
  CALIB: [
    ['picture', 10, 8, 140, 80],
    ['found', 44, 40, 26, 18, 0],
    ['expected', 58, 46, 26, 18, 0],
    ['found', 102, 56, 30, 22, 0],
    ['expected', 116, 62, 30, 22, 0],
  ],
  DRIFT: [
    ['expected', 34, 62, 14, 36, 0],
    ['found', 52, 52, 14, 56, 0],
    ['expected', 98, 52, 14, 56, 0],
    ['found', 116, 66, 14, 28, 0],
  ],
  COPY: [
    ['found', 80, 34, 40, 18, 0],
    ['dots', 24, 72, 32, 72, 70, 72, 78, 72, 116, 72, 124, 72],
    ['arrow', 20, 84, 136, 84],
  ],
  SCHEMA: [
    ['found', 80, 48, 70, 34, 0],
    ['word', 80, 52, 'NaN'],
  ],
  MODEL: [
    ['box', 52, 46, 52, 24, 0],
    ['expected', 52, 46, 52, 24, 4],
    ['expected', 120, 46, 52, 24, 0],
    ['word', 120, 50, '?'],
  ],
};

const [width, height] = [160, 96];

/** `title` says in words what the picture shows. */
export function checkPicture(id: CheckId, title: string, palette: ChartPalette): ChartNode {
  return drawing(
    width,
    height,
    title,
    pictures[id].flatMap((shape) => drawn(shape, palette)),
  );
}

function drawn(shape: Shape, palette: ChartPalette): ChartNode[] {
  switch (shape[0]) {
    case 'box':
    case 'found':
    case 'expected':
      return [boxNode(shape, palette)];
    case 'dots':
      return dotNodes(shape.slice(1) as number[], palette);
    case 'picture':
      return [
        node('rect', {
          ...{ x: shape[1], y: shape[2], width: shape[3], height: shape[4] },
          ...{ fill: 'none', stroke: palette.dim, 'stroke-width': 1 },
        }),
      ];
    case 'word':
      return [
        label(shape[1], shape[2], shape[3], { anchor: 'middle', fill: palette.text, size: 14, weight: 600 }),
      ];
    default:
      return lineNodes(shape, palette);
  }
}

type Box = Extract<Shape, readonly ['box' | 'found' | 'expected', ...unknown[]]>;

function boxNode([kind, x, y, length, breadth, turn]: Box, palette: ChartPalette): ChartNode {
  const strokes = {
    box: { stroke: palette.ink, 'stroke-width': 1.5 },
    found: { stroke: palette.reject, 'stroke-width': 2.5 },
    expected: { stroke: palette.dim, 'stroke-width': 1.5, 'stroke-dasharray': '4 3' },
  };
  const front = x + length / 2;
  return node(
    'g',
    { ...strokes[kind], fill: 'none', transform: `rotate(${-turn} ${x} ${y})` },
    node('rect', { x: x - length / 2, y: y - breadth / 2, width: length, height: breadth }),
    node('line', { x1: front, y1: y, x2: front + 6, y2: y }),
  );
}

function dotNodes(places: readonly number[], { text }: ChartPalette): ChartNode[] {
  return Array.from({ length: places.length / 2 }, (_, at) =>
    node('circle', { cx: places[2 * at]!, cy: places[2 * at + 1]!, r: 1.6, fill: text }),
  );
}

type Line = Extract<Shape, readonly ['arrow' | 'line' | 'gap', ...unknown[]]>;

function lineNodes([kind, x1, y1, x2, y2]: Line, palette: ChartPalette): ChartNode[] {
  const stroke = kind === 'line' ? palette.dim : palette.accent;
  const body = node('line', { x1, y1, x2, y2, stroke, 'stroke-width': kind === 'line' ? 1 : 2 });
  if (kind === 'line') return [body];
  const turn = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  const head = (x: number, y: number, way: number): ChartNode =>
    node('path', {
      ...{ d: 'M -6 -4 L 0 0 L -6 4', fill: 'none', stroke, 'stroke-width': 2 },
      transform: `translate(${x} ${y}) rotate(${way})`,
    });
  return kind === 'arrow' ? [body, head(x2, y2, turn)] : [body, head(x2, y2, turn), head(x1, y1, turn + 180)];
}
