/** Makes actors of each class in varied sizes and colours; where they go is the caller's affair. */
import type { Random } from '../random.ts';
import { type CarShape, carMesh } from '../shapes/car.ts';
import { busMesh, truckMesh } from '../shapes/heavy.ts';
import { type Rgb, rgb } from '../shapes/material.ts';
import type { Bounds, Mesh } from '../shapes/mesh.ts';
import { cyclistMesh, type PersonLook, pedestrianMesh, STRIDE_METERS } from '../shapes/person.ts';
import { barrierMesh, coneMesh } from '../shapes/street.ts';
import { type Actor, type ClassName, jointBounds } from './actor.ts';
import type { Placement, SpeedProfile } from './motion.ts';

/** Where an actor is and how fast. */
export interface Course {
  readonly speed: SpeedProfile;
  readonly isStatic: boolean;
  placeAt(time: number): Placement;
}

const paints: readonly Rgb[] = [
  rgb(236, 238, 240),
  rgb(226, 228, 230),
  rgb(186, 190, 195),
  rgb(150, 155, 160),
  rgb(92, 97, 104),
  rgb(52, 55, 60),
  rgb(34, 36, 40),
  rgb(30, 62, 118),
  rgb(44, 92, 150),
  rgb(150, 26, 30),
  rgb(176, 44, 34),
  rgb(28, 74, 62),
  rgb(196, 182, 150),
  rgb(214, 140, 40),
];
const cloths: readonly Rgb[] = [
  rgb(36, 42, 60),
  rgb(160, 40, 44),
  rgb(226, 222, 210),
  rgb(58, 92, 72),
  rgb(210, 160, 62),
  rgb(70, 110, 170),
  rgb(110, 70, 100),
  rgb(40, 40, 42),
  rgb(200, 96, 60),
  rgb(130, 136, 140),
];
const trousers: readonly Rgb[] = [
  rgb(34, 44, 74),
  rgb(42, 42, 46),
  rgb(96, 88, 76),
  rgb(70, 86, 112),
  rgb(28, 30, 34),
];
const skins: readonly Rgb[] = [rgb(236, 196, 168), rgb(208, 160, 126), rgb(150, 104, 76), rgb(104, 70, 52)];
const hairs: readonly Rgb[] = [
  rgb(40, 30, 24),
  rgb(92, 62, 38),
  rgb(150, 116, 70),
  rgb(24, 22, 22),
  rgb(150, 148, 146),
];
const TRIM: Rgb = rgb(30, 32, 35);

const carShapes: readonly CarShape[] = ['hatchback', 'hatchback', 'saloon', 'saloon', 'estate', 'suv', 'suv'];
const carSizes: Readonly<Record<CarShape, readonly [number, number, number]>> = {
  hatchback: [4.1, 1.76, 1.47],
  saloon: [4.72, 1.83, 1.45],
  estate: [4.7, 1.82, 1.5],
  suv: [4.55, 1.88, 1.68],
  van: [5.35, 1.97, 2.2],
};

function vehicleShape(random: Random, className: ClassName): Mesh {
  const vary = (value: number, share: number) => value * random.between(1 - share, 1 + share);
  if (className === 'bus') return busMesh(vary(11.4, 0.04), 2.5, vary(3.1, 0.03));
  if (className === 'truck') return truckMesh(vary(7.9, 0.12), vary(2.4, 0.03), vary(3.2, 0.08));
  const shape = className === 'van' ? 'van' : random.pick(carShapes);
  const [length, width, height] = carSizes[shape];
  return carMesh(shape, {
    length: vary(length, 0.05),
    width: vary(width, 0.025),
    height: vary(height, 0.03),
  });
}

function rigid(id: number, className: ClassName, mesh: Mesh, palette: readonly Rgb[], course: Course): Actor {
  return {
    id,
    className,
    box: mesh.bounds,
    palette,
    isStatic: course.isStatic,
    meshAt: () => mesh,
    placeAt: course.placeAt,
    speedAt: course.speed.speed,
  };
}

export function makeVehicle(random: Random, id: number, className: ClassName, course: Course): Actor {
  const paint =
    className === 'bus'
      ? random.pick([rgb(190, 40, 36), rgb(240, 196, 40), rgb(40, 96, 150)])
      : random.pick(paints);
  const cargo = random.pick([rgb(232, 233, 230), rgb(206, 210, 214), rgb(52, 96, 140), rgb(220, 186, 60)]);
  const palette = [className === 'van' && random.chance(0.6) ? paints[0]! : paint, TRIM, cargo];
  return rigid(id, className, vehicleShape(random, className), palette, course);
}

export function makeCone(random: Random, id: number, course: Course): Actor {
  return rigid(id, 'traffic_cone', coneMesh(random.between(0.72, 0.78)), [rgb(240, 92, 30)], course);
}

export function makeBarrier(random: Random, id: number, course: Course): Actor {
  return rigid(
    id,
    'barrier',
    barrierMesh(random.between(1.9, 2.3), random.between(0.98, 1.06)),
    [rgb(200, 40, 34)],
    course,
  );
}

const PHASES = 24;
/** Different bodies among the people of a scene; colours vary without end. */
const LOOKS = 9;

interface Gait {
  readonly standing: Mesh;
  /** The pose at a phase, in turns. */
  moving(phase: number): Mesh;
  /** Around every pose. */
  readonly movingBox: Bounds;
}

/** Poses are made once per body and shared by everyone who has it, in every frame. */
function makeGait(standing: Mesh, make: (phase: number) => Mesh): Gait {
  const poses = Array.from({ length: PHASES }, (_, i) => make(i / PHASES));
  return {
    standing,
    moving: (phase) => poses[((Math.floor(phase * PHASES) % PHASES) + PHASES) % PHASES]!,
    movingBox: jointBounds([standing, ...poses]),
  };
}

/** Makes people of a scene from a few bodies, so that a crowd costs little. */
export class People {
  readonly #walkers: Gait[];
  readonly #riders: Gait[];

  constructor(random: Random) {
    const look = (): PersonLook => ({
      height: random.between(1.56, 1.9),
      girth: random.between(0.92, 1.18),
      hasBackpack: random.chance(0.3),
    });
    this.#walkers = Array.from({ length: LOOKS }, () => {
      const body = look();
      return makeGait(pedestrianMesh(body, 0, 0), (phase) => pedestrianMesh(body, phase, 1));
    });
    this.#riders = Array.from({ length: 4 }, () => {
      const body = look();
      return makeGait(cyclistMesh(body, 0), (phase) => cyclistMesh(body, phase));
    });
  }

  pedestrian(random: Random, id: number, course: Course): Actor {
    const gait = random.pick(this.#walkers);
    const palette = [
      random.pick(skins),
      random.pick(hairs),
      random.pick(cloths),
      random.pick(trousers),
      random.pick(cloths),
      TRIM,
    ];
    const offset = random.unit();
    const { speed } = course;
    const isWalker = speed.distance(1000) > 0.1;
    return {
      id,
      className: 'pedestrian',
      box: isWalker ? gait.movingBox : gait.standing.bounds,
      palette,
      isStatic: false,
      meshAt: (time) =>
        speed.speed(time) > 0.2 ? gait.moving(offset + speed.distance(time) / STRIDE_METERS) : gait.standing,
      placeAt: course.placeAt,
      speedAt: speed.speed,
    };
  }

  cyclist(random: Random, id: number, course: Course): Actor {
    const gait = random.pick(this.#riders);
    const helmet = random.pick([rgb(230, 230, 228), rgb(30, 32, 36), rgb(190, 40, 40), rgb(240, 190, 30)]);
    const palette = [
      random.pick(skins),
      helmet,
      random.pick(cloths),
      random.pick(trousers),
      TRIM,
      random.pick(paints),
    ];
    const offset = random.unit();
    const { speed } = course;
    return {
      id,
      className: 'cyclist',
      box: gait.movingBox,
      palette,
      isStatic: false,
      meshAt: (time) => gait.moving(offset + speed.distance(time) / GEAR_METERS),
      placeAt: course.placeAt,
      speedAt: speed.speed,
    };
  }
}

/** Metres ridden per turn of the pedals. */
const GEAR_METERS = 5.2;
