/** What sliders snap to: the numbers that people write into contracts. Per cent, except for the design effect. */

export const rateSteps: readonly number[] = [
  0.01, 0.015, 0.025, 0.04, 0.065, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 4,
  5, 6, 6.5, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50,
];

export const riskSteps: readonly number[] = [
  0.1, 0.5, 1, 2, 2.5, 3, 4, 5, 6, 7.5, 10, 12.5, 15, 20, 25, 30, 40,
];

export const confidenceSteps: readonly number[] = [
  50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97.5, 98, 99, 99.5, 99.9,
];

/** 1 = units are independent; to 5 in tenths. */
export const designEffectSteps: readonly number[] = Array.from({ length: 41 }, (_, at) => (10 + at) / 10);

export const rightSteps: readonly number[] = [
  50, 60, 70, 75, 80, 85, 88, 90, 92, 93, 94, 95, 96, 97, 97.5, 98, 98.5, 99, 99.2, 99.5, 99.7, 99.8, 99.9,
  99.95, 99.99,
];
