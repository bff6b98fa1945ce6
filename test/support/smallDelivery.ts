/** A delivery small enough to judge whole: SUSTechPOINTS folders, six frames of five cars, a thousand points each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const smallFrames = 6;
export const carsPerFrame = 5;

/** Makes the delivery in `folder` and answers its path. */
export function makeSmallDelivery(folder: string): string {
  mkdirSync(path.join(folder, 'lidar'), { recursive: true });
  mkdirSync(path.join(folder, 'label'), { recursive: true });
  for (let frame = 0; frame < smallFrames; frame++) {
    const name = String(frame).padStart(6, '0');
    const cars = Array.from({ length: carsPerFrame }, (_, car) => ({
      obj_id: String(car + 1),
      obj_type: 'Car',
      psr: {
        position: { x: 8 + 6 * car, y: frame - 3, z: 0.8 },
        rotation: { x: 0, y: 0, z: 0.1 * car },
        scale: { x: 4.4, y: 1.8, z: 1.6 },
      },
    }));
    writeFileSync(path.join(folder, 'label', `${name}.json`), JSON.stringify(cars));
    writeFileSync(path.join(folder, 'lidar', `${name}.pcd`), cloud(frame));
  }
  return folder;
}

/** Points on a grid, in ASCII. */
function cloud(frame: number): string {
  const points = Array.from(
    { length: 1000 },
    (_, at) => `${at % 40} ${(at % 25) - 12 + frame / 10} ${(at % 4) / 2} 0.5`,
  );
  const header = [
    '# .PCD v0.7',
    'VERSION 0.7',
    'FIELDS x y z intensity',
    'SIZE 4 4 4 4',
    'TYPE F F F F',
    'COUNT 1 1 1 1',
    `WIDTH ${points.length}`,
    'HEIGHT 1',
    'VIEWPOINT 0 0 0 1 0 0 0',
    `POINTS ${points.length}`,
    'DATA ascii',
  ];
  return `${[...header, ...points].join('\n')}\n`;
}
