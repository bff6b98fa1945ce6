/** The steps a person can enter, each with the words that ask for its reason. */
import type { LedgerSeries, LedgerStep } from '../../../shared/audit/ledgerEvents.ts';
import type { SeriesState } from '../../../shared/audit/ledgerState.ts';
import type { SwitchingState } from '../../../shared/sampling/switching.ts';

export interface AskedStep {
  /** Keys of the question's words under `switching`. */
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly withReason: (reason: string) => LedgerStep;
}

export function confirmProposal(
  series: LedgerSeries,
  proposal: NonNullable<SeriesState['proposal']>,
): AskedStep {
  const type = proposal === 'reduce' ? 'reduced.agreed' : 'inspection.resumed';
  return {
    title: `propose.${proposal}Action`,
    text: `propose.${proposal}Text`,
    action: `propose.${proposal}Action`,
    withReason: (reason) => ({ type, data: { series, reason } }),
  };
}

export function observeProduction(isSteady: boolean): AskedStep {
  const word = isSteady ? 'steady' : 'irregular';
  return {
    title: `act.${word}`,
    text: `act.${word}Text`,
    action: 'act.confirm',
    withReason: (reason) => ({ type: 'production.observed', data: { isSteady, reason } }),
  };
}

export function setState(series: LedgerSeries, state: SwitchingState): AskedStep {
  return {
    title: `act.setTitle.${state}`,
    text: 'act.setText',
    action: 'act.confirm',
    withReason: (reason) => ({ type: 'state.set', data: { series, state, reason } }),
  };
}

export function takeBack(seq: number): AskedStep {
  return {
    title: 'act.takeBack',
    text: 'act.takeBackText',
    action: 'act.takeBack',
    withReason: (reason) => ({ type: 'step.takenBack', data: { seq, reason } }),
  };
}
