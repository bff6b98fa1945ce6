/** SemanticKITTI's classes with the colours of its own configuration, which lists them blue first. */
import type { PointClass } from '../../model/delivery.ts';

type Row = readonly [value: number, name: string, blue: number, green: number, red: number];

const ROWS: readonly Row[] = [
  [0, 'unlabeled', 0, 0, 0],
  [1, 'outlier', 0, 0, 255],
  [10, 'car', 245, 150, 100],
  [11, 'bicycle', 245, 230, 100],
  [13, 'bus', 250, 80, 100],
  [15, 'motorcycle', 150, 60, 30],
  [16, 'on-rails', 255, 0, 0],
  [18, 'truck', 180, 30, 80],
  [20, 'other-vehicle', 255, 0, 0],
  [30, 'person', 30, 30, 255],
  [31, 'bicyclist', 200, 40, 255],
  [32, 'motorcyclist', 90, 30, 150],
  [40, 'road', 255, 0, 255],
  [44, 'parking', 255, 150, 255],
  [48, 'sidewalk', 75, 0, 75],
  [49, 'other-ground', 75, 0, 175],
  [50, 'building', 0, 200, 255],
  [51, 'fence', 50, 120, 255],
  [52, 'other-structure', 0, 150, 255],
  [60, 'lane-marking', 170, 255, 150],
  [70, 'vegetation', 0, 175, 0],
  [71, 'trunk', 0, 60, 135],
  [72, 'terrain', 80, 240, 150],
  [80, 'pole', 150, 240, 255],
  [81, 'traffic-sign', 0, 0, 255],
  [99, 'other-object', 255, 255, 50],
  [252, 'moving-car', 245, 150, 100],
  [253, 'moving-bicyclist', 200, 40, 255],
  [254, 'moving-person', 30, 30, 255],
  [255, 'moving-motorcyclist', 90, 30, 150],
  [256, 'moving-on-rails', 255, 0, 0],
  [257, 'moving-bus', 250, 80, 100],
  [258, 'moving-truck', 180, 30, 80],
  [259, 'moving-other-vehicle', 255, 0, 0],
];

export const semanticClasses: readonly PointClass[] = ROWS.map(([value, name, blue, green, red]) => ({
  value,
  name,
  colour: [red, green, blue],
}));
