/** The sampling plan: chosen in words, seen as a curve, frozen before the first verdict. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLeading } from '../../../shared/audit/disagreement.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { planLimits } from '../../../shared/sampling/planFacts.ts';
import { useSession } from '../../state/context.tsx';
import { useChooseSpec } from '../../state/useChooseSpec.ts';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { BlindSwitch } from '../adjudicate/BlindSwitch.tsx';
import { EffortLine } from './EffortLine.tsx';
import { FrozenFacts } from './FrozenFacts.tsx';
import { LotFacts } from './LotFacts.tsx';
import { OcCurve } from './OcCurve.tsx';
import styles from './Plan.module.css';
import { PlanTable } from './PlanTable.tsx';
import { PlanToolbar } from './PlanToolbar.tsx';
import { drawnOf, firstProblem, frozenRows, type PlanRow, planRows } from './planRows.ts';
import { presetOf, presets, withPreset } from './presets.ts';
import { useLot } from './useLot.ts';

export default function PlanScreen() {
  const audit = useSession((state) => state.audit)!;
  const spec = audit.spec?.spec ?? null;
  if (spec === null) return null;
  return <Planned audit={audit} spec={spec} />;
}

function Planned({ audit, spec }: { audit: AuditState; spec: QaSpec }) {
  const { t } = useTranslation();
  const { lot, task } = useLot(spec);
  const isFrozen = audit.sample !== null && audit.sample.specHash === audit.spec?.hash;
  const rows =
    isFrozen && audit.sample
      ? frozenRows(audit.sample.labels.plans, audit.sample.cells.plans)
      : lot
        ? planRows(spec, lot)
        : [];
  const [shown, setShown] = useState<number | null>(null);
  const at =
    shown ??
    Math.max(
      0,
      rows.findIndex(({ severity }) => severity === 'major'),
    );
  const chosen = rows[at];
  return (
    <div className={page.page}>
      <PlanToolbar audit={audit} spec={spec} canFreeze={rows.length > 0 && firstProblem(rows) === null} />
      <div className={styles.columns}>
        <div>
          {!isFrozen && <Presets spec={spec} />}
          <Section title={t('planScreen.plans')}>
            {task.isRunning && <ProgressLine progress={task.progress} onCancel={task.cancel} />}
            {task.problem && <ProblemLine problem={task.problem} />}
            {rows.length > 0 && <PlanTable rows={rows} shown={at} onShow={setShown} />}
            {rows.length > 0 && (
              <EffortLine audit={audit} labels={drawnOf(rows, 'labels')} cells={drawnOf(rows, 'cells')} />
            )}
          </Section>
          <HowJudged />
          {lot && <LotFacts lot={lot} />}
          {audit.sample && <FrozenFacts sample={audit.sample} draws={audit.draws} />}
        </div>
        {chosen && <CurveSide row={chosen} lot={lot} />}
      </div>
    </div>
  );
}

/** Whether units are judged blind, decided by who leads the audit and best before the first verdict. */
function HowJudged() {
  const { t } = useTranslation();
  const isLead = useSession(({ actor }) => actor !== null && isLeading(actor));
  if (!isLead) return null;
  return (
    <Section title={t('adjudicate.howJudged')}>
      <BlindSwitch />
    </Section>
  );
}

/** The curve of the chosen plan, and in plain words what it does not promise. */
function CurveSide({ row, lot }: { row: PlanRow; lot: LotPreview | null }) {
  const { t } = useTranslation();
  if (!row.plan.ok) return <ProblemLine problem={row.plan.problem} />;
  const plan = row.plan.value;
  const limits = planLimits(plan);
  return (
    <div>
      <Section
        title={t('planScreen.curveTitle', {
          sample: t(`audit.sample.${row.sample}`),
          severity: t(`audit.severity.${row.severity}`),
        })}
        aside={<span className={page.dim}>{plan.standard}</span>}
      >
        <OcCurve plan={plan} />
      </Section>
      <Section title={t('planScreen.limits')}>
        <p className={styles.limits} data-testid="plan-limits">
          {t(limits.key, limits.params)}
        </p>
        {plan.notes.map((note) => (
          <p className={styles.note} key={note.key}>
            {t(note.key, note.params)}
          </p>
        ))}
        {lot && <p className={styles.note}>{t('planScreen.bothSamples')}</p>}
      </Section>
    </div>
  );
}

function Presets({ spec }: { spec: QaSpec }) {
  const { t } = useTranslation();
  const chooseSpec = useChooseSpec();
  const current = presetOf(spec);
  return (
    <Section title={t('planScreen.presets')}>
      <div className={styles.presets} role="radiogroup" aria-label={t('planScreen.presets')}>
        {presets.map((preset) => (
          <label key={preset} className={styles.preset} data-chosen={preset === current}>
            <input
              type="radio"
              name="preset"
              checked={preset === current}
              onChange={() => void chooseSpec(withPreset(spec, preset))}
            />
            <span>
              <b>{t(`planScreen.preset.${preset}`)}</b>
              <span className={styles.presetText}>{t(`planScreen.presetText.${preset}`)}</span>
            </span>
          </label>
        ))}
        {current === null && <p className={page.small}>{t('planScreen.ownPlan')}</p>}
      </div>
    </Section>
  );
}
