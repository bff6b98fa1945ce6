/** How far a person agrees with herself when she is shown a unit again, and two people with each other. */
import { cohenKappa } from '../scoring/agreement.ts';
import type { Actor } from './events.ts';
import { type Judgement, judgementOf, judgements } from './opinions.ts';
import type { AuditState } from './state.ts';

export interface Agreement {
  /** Pairs of judgements compared. */
  readonly pairs: number;
  readonly same: number;
  /** Share of pairs that are the same. */
  readonly observed: number;
  /** Cohen's kappa; null where chance alone already agrees always. */
  readonly kappa: number | null;
}

export interface SelfAgreement extends Agreement {
  readonly by: Actor;
}

export interface PairAgreement extends Agreement {
  readonly first: Actor;
  readonly second: Actor;
}

type Pair = readonly [Judgement, Judgement];

/** Each person against herself over her hidden repeats; people without a repeat have no row. */
export function selfAgreement(state: AuditState): SelfAgreement[] {
  const rows = new Map<string, { by: Actor; pairs: Pair[] }>();
  for (const repeat of state.repeats) {
    const row = rows.get(repeat.by.profile) ?? { by: repeat.by, pairs: [] };
    row.pairs.push([judgementOf(repeat.repeated), judgementOf(repeat)]);
    rows.set(repeat.by.profile, row);
  }
  return [...rows.values()].map(({ by, pairs }) => ({ by, ...agreementOf(pairs) }));
}

/**
 * Every two people over the units both judged, rulings apart. Units that one of them judged in sight of the other's
 * verdict say nothing of agreement and are left out.
 */
export function pairAgreement(state: AuditState): PairAgreement[] {
  const rows = new Map<string, { first: Actor; second: Actor; pairs: Pair[] }>();
  for (const opinions of state.opinions.values()) {
    const apart = opinions
      .filter(({ adjudicates }) => adjudicates === undefined)
      .toSorted((a, b) => (a.by.profile < b.by.profile ? -1 : 1));
    for (const [at, one] of apart.entries()) {
      for (const other of apart.slice(at + 1)) {
        const later = one.seq > other.seq ? one : other;
        if (later.isBlind !== true) continue;
        const key = `${one.by.profile} ${other.by.profile}`;
        const row = rows.get(key) ?? { first: one.by, second: other.by, pairs: [] };
        row.pairs.push([judgementOf(one), judgementOf(other)]);
        rows.set(key, row);
      }
    }
  }
  return [...rows.values()].map(({ first, second, pairs }) => ({ first, second, ...agreementOf(pairs) }));
}

function agreementOf(pairs: readonly Pair[]): Agreement {
  const matrix = judgements.map((one) =>
    judgements.map((other) => pairs.filter(([a, b]) => a === one && b === other).length),
  );
  const { observed, kappa } = cohenKappa(matrix);
  const same = pairs.filter(([one, other]) => one === other).length;
  return { pairs: pairs.length, same, observed, kappa };
}
