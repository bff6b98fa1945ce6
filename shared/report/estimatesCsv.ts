/** Every rate with its limits as one table, for people's own charts: shares of 0..1, no rounding. */
import { type SeverityEstimate, severityEstimates } from '../audit/estimates.ts';
import { type Grouping, groupings, groupRates } from '../audit/groupRates.ts';
import { missedRates } from '../audit/missedRates.ts';
import type { Rate } from '../audit/rate.ts';
import type { AuditState } from '../audit/state.ts';
import type { Translate } from '../messages/translate.ts';
import { writeCsv } from './csv.ts';
import { planName } from './rateRows.ts';

const columns = ['part', 'group', 'found', 'judged', 'open', 'share', 'lower', 'upper', 'rests'] as const;

/** One row a rate: by severity, by class, distance, scene and code, and of missed objects. */
export function estimatesCsv(state: AuditState, translate: Translate): string {
  const header = columns.map((column) => translate(`rates.csv.${column}`));
  const row = (part: string, group: string, rate: Rate): string[] => [
    translate(`rates.csv.parts.${part}`),
    group,
    ...[rate.found, rate.judged, rate.open, rate.share, rate.lower, rate.upper].map(String),
    rate.bound,
  ];
  const missed = missedRates(state);
  return writeCsv([
    header,
    ...severityEstimates(state).map((one: SeverityEstimate) =>
      row('severity', planName(one, translate), one),
    ),
    ...groupings.flatMap((by: Grouping) =>
      (groupRates(state, by)?.groups ?? []).map((group) => row(by, group.key, group)),
    ),
    ...(missed?.overall ? [row('missed', translate('rates.missed.all'), missed.overall)] : []),
    ...[...(missed?.byRange ?? []), ...(missed?.byScene ?? [])].map((rate) => row('missed', rate.key, rate)),
  ]);
}
