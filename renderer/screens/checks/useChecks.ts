/** What the screen knows: the run, the findings in their order, what is chosen, and how the checks are set. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { canonicalJson } from '../../../shared/audit/canonicalJson.ts';
import type { EventData } from '../../../shared/audit/events.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { checks } from '../../../shared/checks/catalogue.ts';
import type { CheckId } from '../../../shared/checks/checkIds.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import { learnedPrecision, type PrecisionByCheck } from '../../../shared/checks/precision.ts';
import { ranked } from '../../../shared/checks/ranking.ts';
import { type CheckSettings, shippedSettings } from '../../../shared/checks/settings.ts';
import { useServices, useSession } from '../../state/context.tsx';
import { shippedSpec } from '../intake/specFile.ts';
import { type CheckRunState, checkRunOf, type FinishedRun } from './checkRun.ts';
import { type FindingFilter, isShown, noFilter } from './findingFilter.ts';
import { checkOf } from './findingPlace.ts';
import { isSameSettings, stillFound } from './teaching.ts';

export interface Checks {
  /** Null where a delivery is only looked at. */
  readonly audit: AuditState | null;
  /** Findings can be answered and settings kept. */
  readonly canAnswer: boolean;
  readonly spec: QaSpec;
  readonly run: CheckRunState;
  readonly settings: CheckSettings;
  /** The last run was set otherwise. */
  readonly isStale: boolean;
  readonly precision: PrecisionByCheck;
  /** All that are still findings under the settings in force, surest first. */
  readonly findings: readonly CheckFinding[];
  readonly triage: AuditState['triage'];
  readonly filter: FindingFilter;
  readonly setFilter: (patch: Partial<FindingFilter>) => void;
  /** What the filter leaves: errors of the data, then the others. */
  readonly systematic: readonly CheckFinding[];
  readonly listed: readonly CheckFinding[];
  readonly chosen: CheckFinding | null;
  readonly choose: (finding: Pick<CheckFinding, 'id'>) => void;
  readonly step: (by: number) => void;
  readonly start: (settings?: CheckSettings) => void;
  readonly stop: () => void;
  /** Keeps the settings: in the record of an audit, else for this stay. */
  readonly setSettings: (settings: CheckSettings, reason: string) => void;
}

const noTriage: AuditState['triage'] = new Map();

export function useChecks(delivery: string, isLookOnly: boolean): Checks {
  const { host } = useServices();
  const shown = useSession((state) => state.shown);
  const audit = isLookOnly ? null : shown;
  const isWritable = useSession((state) => state.isWritable && state.actor !== null);
  const record = useSession((state) => state.record);
  const runner = checkRunOf(host);
  const anyRun = useStore(runner.store);
  const run = anyRun.delivery === delivery ? anyRun : nothingRan;
  const [ownSettings, setOwnSettings] = useState(shippedSettings);
  const settings = audit ? (audit.checksSet?.settings ?? shippedSettings) : ownSettings;
  const spec = audit?.spec?.spec ?? shippedSpec;
  const triage = audit?.triage ?? noTriage;
  const canAnswer = audit !== null && audit.phase !== 'signed' && isWritable;
  const [filter, changeFilter] = useState(noFilter);
  const precision = usePrecision(triage, run.finished);
  const findings = useFindings(run, settings, precision);
  const { systematic, listed } = useListed(findings, filter, triage);
  const { chosen, choose, chooseFirst, step } = useChosen(systematic, listed);

  const start = (wanted = settings): void => {
    const { vendor = '', project = '' } = audit?.intake ?? {};
    void runner.run({ delivery, spec, settings: wanted, vendor, project }).then((finished) => {
      if (!finished || !canAnswer) return;
      const data = ranData(finished);
      if (!isSameRun(audit?.checksRan ?? null, data)) record({ type: 'checks.ran', data });
    });
  };
  // What was found before is found again without being asked for: the machine keeps its last results.
  const hasRun = audit?.checksRan != null;
  const isOurs = anyRun.delivery === delivery;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each delivery
  useEffect(() => {
    if (hasRun && !isOurs) start();
  }, [hasRun, delivery]);

  return {
    ...{ audit, canAnswer, spec, run, settings, precision, findings, triage, filter, systematic, listed },
    isStale: run.finished !== null && !run.isRunning && !isSameSettings(run.finished.settings, settings),
    setFilter(patch) {
      changeFilter((now) => ({ ...now, ...patch }));
      chooseFirst();
    },
    ...{ chosen, choose, step, start, stop: runner.cancel },
    setSettings(next, reason) {
      if (audit) record({ type: 'checks.set', data: { settings: next, reason } });
      else setOwnSettings(next);
    },
  };
}

const nothingRan: CheckRunState = {
  ...{ delivery: null, isRunning: false, progress: null, findings: [], finished: null, problem: null },
};

/** What the record keeps of a run; its findings can be made again. */
function ranData({ results, settings, priors }: FinishedRun): EventData<'checks.ran'> {
  const { checks: tallies, frames, objects } = results;
  const { vendor, project, revision } = priors;
  return { checks: tallies, frames, objects, settings, priors: { vendor, project, revision } };
}

function isSameRun(before: EventData<'checks.ran'> | null, now: EventData<'checks.ran'>): boolean {
  if (!before) return false;
  const { checks: tallies, frames, objects, settings, priors } = before;
  return canonicalJson({ checks: tallies, frames, objects, settings, priors }) === canonicalJson(now);
}

function usePrecision(triage: AuditState['triage'], finished: FinishedRun | null): PrecisionByCheck {
  return useMemo(() => {
    const ran = finished?.results.checks ?? checks;
    const versions = new Map<CheckId, number>(ran.map(({ id, version }) => [id, version]));
    const answers = [...triage.values()].map(({ finding: { check, version }, answer }) => ({
      ...{ check, version, answer },
    }));
    return learnedPrecision(answers, versions);
  }, [triage, finished]);
}

function useFindings(
  { findings, finished, isRunning }: CheckRunState,
  settings: CheckSettings,
  precision: PrecisionByCheck,
): readonly CheckFinding[] {
  return useMemo(() => {
    const ran = isRunning ? settings : (finished?.settings ?? settings);
    const still = findings.filter((finding) => stillFound(finding, checkOf(finding.check), ran, settings));
    return ranked(still, precision);
  }, [findings, finished, isRunning, settings, precision]);
}

function useListed(
  findings: readonly CheckFinding[],
  filter: FindingFilter,
  triage: AuditState['triage'],
): Pick<Checks, 'systematic' | 'listed'> {
  return useMemo(() => {
    const shown = findings.filter((finding) => isShown(filter, finding, triage));
    return {
      systematic: shown.filter(({ owner }) => owner === 'data'),
      listed: shown.filter(({ owner }) => owner !== 'data'),
    };
  }, [findings, filter, triage]);
}

/** The chosen finding; where it goes from the list (answered, filtered), the one that takes its place. */
function useChosen(
  systematic: readonly CheckFinding[],
  listed: readonly CheckFinding[],
): Pick<Checks, 'chosen' | 'choose' | 'step'> & { readonly chooseFirst: () => void } {
  const [id, setId] = useState<string | null>(null);
  const all = useMemo(() => [...systematic, ...listed], [systematic, listed]);
  const before = useRef<number | null>(null);
  const found = useMemo(() => all.findIndex((finding) => finding.id === id), [all, id]);
  // The surest finding in a label comes first; errors of the data are few and stand in sight.
  const first = listed.length > 0 ? systematic.length : 0;
  const at = found >= 0 ? found : Math.min(before.current ?? first, all.length - 1);
  const chosen = all[at] ?? null;
  useEffect(() => {
    if (chosen === null) return;
    before.current = at;
    if (chosen.id !== id) setId(chosen.id);
  }, [at, chosen, id]);
  return {
    chosen,
    choose: (finding) => setId(finding.id),
    chooseFirst() {
      before.current = null;
      setId(null);
    },
    step(by) {
      const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
      if (next) setId(next.id);
    },
  };
}
