/** How far beyond its limits a value lies, and how sure that makes a finding. */
import type { LimitPair } from './contract.ts';

export interface Graded {
  readonly grade: 'soft' | 'hard';
  /** The limit that was passed. */
  readonly limit: number;
  /** How far beyond, 0 at the soft limit and 1 at the hard one (or at twice the only one there is); no upper end. */
  readonly excess: number;
}

/** Null where the value is within its limits, or is no number. */
export function graded(value: number, { soft, hard }: LimitPair, wrong: 'above' | 'below'): Graded | null {
  const isBeyond = (limit: number | null): limit is number =>
    limit !== null && (wrong === 'above' ? value > limit : value < limit);
  if (isBeyond(hard)) return { grade: 'hard', limit: hard, excess: excessOf(value, soft, hard) };
  if (isBeyond(soft)) return { grade: 'soft', limit: soft, excess: excessOf(value, soft, hard) };
  return null;
}

function excessOf(value: number, soft: number | null, hard: number | null): number {
  const from = soft ?? hard!;
  const span = soft !== null && hard !== null && soft !== hard ? hard - soft : from === 0 ? 1 : from;
  return Math.abs((value - from) / span) + (soft === null ? 1 : 0);
}

/**
 * 0.5 at the soft limit, 0.8 at the hard one, towards 1 beyond it. A finding that goes on for several frames is surer
 * than one of a single frame; `trust` is the check's own word for how good the measurement is.
 */
export function scoreOf({ excess }: Graded, frames: number, trust: number): number {
  const base = excess <= 1 ? 0.5 + 0.3 * excess : 1 - 0.2 / excess;
  const lasting = 1 - 0.1 / frames;
  return Math.round(1000 * base * lasting * trust) / 1000;
}
