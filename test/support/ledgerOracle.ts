/**
 * The switching rules of ISO 2859-1, 9.3, read literally and slowly: after every entry the whole history since the
 * present state began is gone through again, sentence by sentence. Shares nothing with the fold it is held against.
 */
import type { SwitchingState } from '../../shared/sampling/switching.ts';

/** One original lot under one plan of the AQL system, or what a person did. */
export type OracleEntry =
  | {
      readonly kind: 'lot';
      readonly accepted: boolean;
      readonly ac: number;
      readonly defects: number;
      readonly tighterAc: number | null;
      readonly inspection: 'normal' | 'tightened' | 'reduced';
      readonly terms: string;
      readonly isInGap: boolean;
    }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'agreed' | 'resumed' }
  | { readonly kind: 'steady'; readonly isSteady: boolean }
  | { readonly kind: 'set'; readonly state: SwitchingState };

type Lot = Extract<OracleEntry, { kind: 'lot' }>;

export function oracleStates(entries: readonly OracleEntry[]): { state: SwitchingState; score: number }[] {
  let state = 'normal' as SwitchingState;
  /** Lots counted since the state began. */
  let lots: Lot[] = [];
  let terms: string | null = null;
  let steady = true;
  const answers: { state: SwitchingState; score: number }[] = [];
  const enter = (next: SwitchingState): void => {
    state = next;
    lots = [];
  };
  for (const entry of entries) {
    if (entry.kind === 'lot') {
      if (terms !== null && terms !== entry.terms) enter('normal');
      terms = entry.terms;
      const rank = { reduced: 0, normal: 1, tightened: 2, discontinued: 3 } as const;
      const isLaxer = rank[entry.inspection] < rank[state];
      if (state !== 'discontinued' && !(entry.accepted && isLaxer)) {
        lots.push(entry);
        const next = stateAfterLots(state, lots);
        if (next !== state) enter(next);
      }
    }
    if (entry.kind === 'steady') {
      steady = entry.isSteady;
      if (!steady && state === 'reduced') enter('normal');
    }
    if (entry.kind === 'agreed' && state === 'normal' && steady && scoreOf(lots) >= 30) enter('reduced');
    if (entry.kind === 'resumed' && state === 'discontinued') enter('tightened');
    if (entry.kind === 'set') enter(entry.state);
    answers.push({ state, score: state === 'normal' ? scoreOf(lots) : 0 });
  }
  return answers;
}

function stateAfterLots(state: SwitchingState, lots: readonly Lot[]): SwitchingState {
  switch (state) {
    case 'normal':
      // "when 2 out of 5 or fewer consecutive lots have been non-acceptable on original inspection"
      for (let from = 0; from < lots.length; from++) {
        for (let length = 2; length <= 5; length++) {
          const run = lots.slice(from, from + length);
          if (run.filter((lot) => !lot.accepted).length >= 2) return 'tightened';
        }
      }
      return 'normal';
    case 'tightened': {
      // "if the cumulative number of lots not accepted in a sequence of consecutive lots on original tightened
      // inspection reaches 5"
      if (lots.filter((lot) => !lot.accepted).length === 5) return 'discontinued';
      // "when five consecutive lots have been considered acceptable on original inspection"
      for (let from = 0; from + 5 <= lots.length; from++) {
        if (lots.slice(from, from + 5).every((lot) => lot.accepted)) return 'normal';
      }
      return 'tightened';
    }
    case 'reduced':
      return lots.some((lot) => !lot.accepted || lot.isInGap) ? 'normal' : 'reduced';
    case 'discontinued':
      return 'discontinued';
  }
}

/** The score "set at zero when normal begins" and brought up to date lot by lot. */
function scoreOf(lots: readonly Lot[]): number {
  let score = 0;
  for (const { accepted, ac, defects, tighterAc } of lots) {
    if (ac >= 2) {
      const wouldPass = accepted && tighterAc !== null && defects <= tighterAc;
      score = wouldPass ? score + 3 : 0;
    } else {
      score = accepted ? score + 2 : 0;
    }
  }
  return score;
}
