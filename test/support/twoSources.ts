/**
 * A delivery with two opinions: Xtreme1 folders in which people labelled four cars a frame and a program found six,
 * half a metre further. Clouds hold a block of points where each of the people's cars is.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const people = { name: 'vendor', carsPerFrame: 4 };
export const program = { name: 'PointPillars', carsPerFrame: 6, shift: 0.5 };
export const framesPerScene = 3;

export interface TwoSourcesOptions {
  readonly scenes?: number;
  /** Without it there are the people's labels alone. */
  readonly withProgram?: boolean;
}

/** Makes the delivery in `folder` and answers its path. */
export function makeTwoSources(folder: string, options: TwoSourcesOptions = {}): string {
  const { scenes = 1, withProgram = true } = options;
  for (let scene = 1; scene <= scenes; scene++) {
    for (let frame = 0; frame < framesPerScene; frame++) {
      const name = String(frame + 1).padStart(4, '0');
      const results = [
        { sourceName: 'Without Task', sourceType: 'DATA_FLOW', objects: cars(frame, people.carsPerFrame, 0) },
        ...(withProgram
          ? [
              {
                sourceName: program.name,
                sourceType: 'MODEL',
                objects: cars(frame, program.carsPerFrame, program.shift),
              },
            ]
          : []),
      ];
      write(folder, `scene_${scene}/result/${name}.json`, JSON.stringify(results));
      write(folder, `scene_${scene}/lidar_point_cloud_0/${name}.pcd`, cloud(frame));
    }
  }
  return folder;
}

/** Where car `car` stands in frame `frame`. */
export const placeOf = (frame: number, car: number) => ({ x: 6 + 5 * car, y: frame - 1, z: 0.8 });

function cars(frame: number, count: number, shift: number): object[] {
  return Array.from({ length: count }, (_, car) => {
    const { x, y, z } = placeOf(frame, car);
    return {
      id: `${shift === 0 ? 'p' : 'm'}${car}`,
      type: '3D_BOX',
      className: 'Car',
      trackId: `T${car + 1}`,
      trackName: String(car + 1),
      modelConfidence: shift === 0 ? null : 0.9,
      contour: {
        center3D: { x: x + shift, y, z },
        size3D: { x: 4, y: 1.8, z: 1.6 },
        rotation3D: { x: 0, y: 0, z: 0 },
        ...(shift === 0 ? { pointN: 40 + car } : {}),
      },
    };
  });
}

function write(folder: string, file: string, content: string): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
}

/** Fifty points on each car, and a floor; in ASCII. */
function cloud(frame: number): string {
  const onCars = Array.from({ length: people.carsPerFrame }, (_, car) => placeOf(frame, car)).flatMap(
    ({ x, y, z }) =>
      Array.from({ length: 50 }, (_, at) => `${x + (at % 10) / 3 - 1.5} ${y + (at % 5) / 4 - 0.5} ${z} 0.5`),
  );
  const floor = Array.from({ length: 600 }, (_, at) => `${(at % 40) - 5} ${(at % 15) - 7} 0 0.1`);
  const points = [...onCars, ...floor];
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
