/** Numbers as the sentences of findings give them. */

/** Speeds and accelerations, seconds. */
export const tenths = (value: number): number => Number(value.toFixed(1));
export const wholeDegrees = (radians: number): number => Math.round((radians * 180) / Math.PI);
/** A length beside what is drawn. */
export const metresText = (value: number): string => `${value.toFixed(2)} m`;
