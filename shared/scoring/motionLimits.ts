/**
 * How fast, how sharply and how steadily an object of a class can move: the limits a track is looked at with. They
 * are hints for the eye, not verdicts: beyond `soft` something deserves a look, beyond `hard` no such object moves.
 */

/** What moves alike. `still`: things that stand where they were put. */
export type MotionKind = 'car' | 'heavy' | 'cycle' | 'pedestrian' | 'still';

export interface Limit {
  readonly soft: number;
  readonly hard: number;
}

export interface MotionLimits {
  readonly kind: MotionKind;
  /** Over the ground, m/s. */
  readonly speed: Limit;
  /** m/s², fitted over a second; null for things that stand still. */
  readonly acceleration: Limit | null;
  /** Turning of a moving wheeled object, rad/s, fitted over a second; null where anything may turn on the spot. */
  readonly yawRate: Limit | null;
  /** m/s²: speed times yaw rate beyond which tyres do not hold; null without a yaw rate. */
  readonly sideways: number | null;
  /** Whether its size stays the same in every frame of its track. */
  readonly isRigid: boolean;
  /** Whether heading and course must agree. */
  readonly isWheeled: boolean;
}

const degrees = (value: number): number => (value * Math.PI) / 180;

/** The project's check YAWRATE: 60 and 120 degrees a second above walking pace. */
const wheeledYawRate: Limit = { soft: degrees(60), hard: degrees(120) };

/**
 * The project's checks SPEED (m/s: car and motorcycle 45 and 70, truck and bus 33 and 42, cycle 14 and 22,
 * pedestrian 6 and 12) and ACCEL (vehicles 8 and 15, cycle and pedestrian 5 and 10). A thing that stands still has
 * the speed at which "parked" ends (ATTRMOT: 1 m/s), and then that of who would carry it away.
 */
export const motionLimitsByKind: Readonly<Record<MotionKind, MotionLimits>> = {
  car: {
    kind: 'car',
    speed: { soft: 45, hard: 70 },
    acceleration: { soft: 8, hard: 15 },
    yawRate: wheeledYawRate,
    sideways: 10,
    isRigid: true,
    isWheeled: true,
  },
  heavy: {
    kind: 'heavy',
    speed: { soft: 33, hard: 42 },
    acceleration: { soft: 8, hard: 15 },
    yawRate: wheeledYawRate,
    sideways: 10,
    isRigid: true,
    isWheeled: true,
  },
  cycle: {
    kind: 'cycle',
    speed: { soft: 14, hard: 22 },
    acceleration: { soft: 5, hard: 10 },
    yawRate: wheeledYawRate,
    sideways: 10,
    isRigid: true,
    isWheeled: true,
  },
  pedestrian: {
    kind: 'pedestrian',
    speed: { soft: 6, hard: 12 },
    acceleration: { soft: 5, hard: 10 },
    yawRate: null,
    sideways: null,
    isRigid: false,
    isWheeled: false,
  },
  still: {
    kind: 'still',
    speed: { soft: 1, hard: 6 },
    acceleration: null,
    yawRate: null,
    sideways: null,
    isRigid: true,
    isWheeled: false,
  },
};

/** By the spec's own class name. */
const byClass: Readonly<Record<string, MotionLimits>> = {
  car: motionLimitsByKind.car,
  van: motionLimitsByKind.car,
  motorcycle: motionLimitsByKind.car,
  truck: motionLimitsByKind.heavy,
  bus: motionLimitsByKind.heavy,
  trailer: motionLimitsByKind.heavy,
  construction_vehicle: motionLimitsByKind.heavy,
  tram: motionLimitsByKind.heavy,
  bicycle: motionLimitsByKind.cycle,
  // The box of a cycle with its rider changes with the rider's limbs.
  cyclist: { ...motionLimitsByKind.cycle, isRigid: false },
  pedestrian: motionLimitsByKind.pedestrian,
  traffic_cone: motionLimitsByKind.still,
  barrier: motionLimitsByKind.still,
};

/** Limits for a class by its name in the spec; null where nothing is known of how such a thing moves. */
export function motionLimits(className: string): MotionLimits | null {
  return byClass[className] ?? null;
}

/**
 * How far one extent of a rigid object may stand from the track's own median, metres. `soft` is the project's check
 * SIZEVAR (5 cm or 2 %, the smaller); `hard` is the spec's size tolerance for this class, or SIZEVAR's 20 cm or 5 %
 * where the spec has none. Never below `soft`.
 */
export function sizeLimit(medianMeters: number, toleranceMeters: number | null): Limit {
  const soft = Math.min(0.05, 0.02 * medianMeters);
  return { soft, hard: Math.max(soft, toleranceMeters ?? Math.min(0.2, 0.05 * medianMeters)) };
}
