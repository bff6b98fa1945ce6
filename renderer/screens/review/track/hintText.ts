/** A hint in words: the value with its limit, both in the unit that is read. */
import type { TFunction } from 'i18next';
import type { HintKind, MotionHint } from '../../../../shared/scoring/motionHints.ts';

const inDegrees = (radians: number): string => ((radians * 180) / Math.PI).toFixed(0);
const tenths = (value: number): string => value.toFixed(1);

const written: Readonly<Record<HintKind, (value: number) => string>> = {
  speed: tenths,
  acceleration: tenths,
  'yaw-rate': inDegrees,
  flip: inDegrees,
  jump: tenths,
  'id-switch': tenths,
  size: (value) => value.toFixed(2),
  gap: String,
};

export function hintText(t: TFunction, { kind, value, limit }: MotionHint): string {
  const write = written[kind];
  return t(`trackStrip.hint.${kind}`, { value: write(value), limit: write(limit), count: value });
}

/** The gravest first. */
export function worstFirst(hints: readonly MotionHint[]): readonly MotionHint[] {
  return [...hints].sort((a, b) => Number(b.grade === 'hard') - Number(a.grade === 'hard'));
}
