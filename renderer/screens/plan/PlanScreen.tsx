/** The sampling plan: chosen by what it promises, tried out against its curve, frozen before the first verdict. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLeading } from '../../../shared/audit/disagreement.ts';
import { type DeliverySizes, labelsPerUnit, standsAlone } from '../../../shared/audit/planChoice.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { useSession } from '../../state/context.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { BlindSwitch } from '../adjudicate/BlindSwitch.tsx';
import { KnownErrors } from '../review/seeds/KnownErrors.tsx';
import { SwitchingNotice } from '../switching/SwitchingNotice.tsx';
import { AloneNotice } from './AloneNotice.tsx';
import { ContractPart } from './ContractPart.tsx';
import { CurveSide } from './CurveSide.tsx';
import { DrawPart } from './DrawPart.tsx';
import { drawProblem } from './drawProblem.ts';
import { drawShares } from './drawShares.ts';
import { EffortLine } from './EffortLine.tsx';
import type { Pace } from './effort.ts';
import { FrozenFacts } from './FrozenFacts.tsx';
import { LotFacts } from './LotFacts.tsx';
import styles from './Plan.module.css';
import { PlanTable } from './PlanTable.tsx';
import { PlanToolbar } from './PlanToolbar.tsx';
import { Presets } from './Presets.tsx';
import { firstProblem, frozenRows, type PlanRow, planRows } from './planRows.ts';
import { CrowdNote, FewScenes, OthersAsk, Remains } from './Remains.tsx';
import { Tune } from './Tune.tsx';
import { type Design, useDesign } from './useDesign.ts';
import { useLot } from './useLot.ts';
import { usePace } from './usePace.ts';

export default function PlanScreen() {
  const audit = useSession((state) => state.shown)!;
  if (audit.spec === null) return null;
  return <Planned key={audit.audit} audit={audit} recorded={audit.spec} />;
}

function Planned({ audit, recorded }: { audit: AuditState; recorded: NonNullable<AuditState['spec']> }) {
  const { t } = useTranslation();
  const design = useDesign(recorded);
  const { lot, task } = useLot(design.spec);
  const frozen = audit.sample !== null && !design.isChanged && audit.sample.specHash === recorded.hash;
  const rows = frozen
    ? frozenRows(audit.sample!.labels.plans, audit.sample!.cells.plans)
    : lot
      ? planRows(design.spec, lot)
      : [];
  const [shown, setShown] = useState<number | null>(null);
  const at = shown !== null && shown < rows.length ? shown : firstShown(rows);
  const chosen = rows[at];
  const sizes = useDeliverySizes(audit);
  const { unit } = design.spec;
  const pace = usePace(audit, unit, labelsPerUnit(unit, sizes) ?? 1);
  const canFreeze =
    lot !== null &&
    rows.length > 0 &&
    firstProblem(rows) === null &&
    (frozen || drawProblem(design.spec, lot, rows) === null);
  const added = frozen ? addedOf(audit.sample!) : lot ? drawShares(design.spec, lot, rows).added : 0;
  const choosing = { audit, design, lot, rows, pace, onShow: setShown };
  return (
    <div className={page.page}>
      <PlanToolbar audit={audit} design={design} canFreeze={canFreeze} />
      {!frozen && <AloneNotice intake={audit.intake} design={design} lot={lot} />}
      {!frozen && <SwitchingNotice intake={audit.intake} spec={design.spec} onChange={design.choose} />}
      <div className={styles.columns}>
        <div>
          {!frozen && <Choosing {...choosing} />}
          <Section
            title={t('planScreen.plans')}
            aside={
              rows.length > 0 && task.isRunning && <span className={page.dim}>{t('designer.cutting')}</span>
            }
          >
            {rows.length === 0 && task.isRunning && (
              <ProgressLine progress={task.progress} onCancel={task.cancel} />
            )}
            {task.problem && <ProblemLine problem={task.problem} />}
            {rows.length > 0 && <PlanTable rows={rows} shown={at} onShow={setShown} />}
            <Remains rows={rows} />
            {chosen && <OthersAsk rows={rows} row={chosen} />}
            <CrowdNote spec={design.spec} sizes={sizes} />
            {rows.length > 0 && <EffortLine rows={rows} pace={pace} unit={design.spec.unit} added={added} />}
          </Section>
          {!frozen && chosen && lot && (
            <Tune design={design} row={chosen} lot={lot} isDisabled={isFixed(audit)} />
          )}
          {!frozen && (
            <DrawPart spec={design.spec} onChange={design.choose} lot={lot} isDisabled={isFixed(audit)} />
          )}
          {!frozen && lot && <FewScenes rows={rows} lot={lot} spec={design.spec} />}
          <HowJudged />
          {lot && <LotFacts lot={lot} />}
          {frozen && audit.sample && (
            <FrozenFacts sample={audit.sample} draws={audit.draws} rows={rows} path={audit.delivery.path} />
          )}
        </div>
        <div className={styles.curves}>{chosen && <CurveSide row={chosen} pace={pace} />}</div>
      </div>
    </div>
  );
}

/** Drawn beyond the largest plan, for strata that would have had too few. */
function addedOf({ labels }: NonNullable<AuditState['sample']>): number {
  return labels.units.length - Math.max(0, ...labels.plans.map(({ sampleSize }) => sampleSize));
}

/** What the opened delivery holds; its scenes are known once its index is. */
function useDeliverySizes({ delivery }: AuditState): DeliverySizes {
  const scenes = useSession((state) => state.index?.delivery.scenes.length ?? 0);
  const { frames, cuboids, boxes2d } = delivery;
  return { frames, scenes, labels: cuboids > 0 ? cuboids : boxes2d };
}

/** The plan that people mean by the plan. */
function firstShown(rows: readonly PlanRow[]): number {
  return Math.max(
    0,
    rows.findIndex(({ severity }) => severity === 'major'),
  );
}

/** The first verdict fixes the spec, and so does the signature. */
function isFixed(audit: AuditState): boolean {
  return audit.phase === 'signed' || audit.verdicts.size + audit.cellVerdicts.size > 0;
}

interface ChoosingProps {
  readonly audit: AuditState;
  readonly design: Design;
  readonly lot: LotPreview | null;
  readonly rows: readonly PlanRow[];
  readonly pace: Pace;
  readonly onShow: (row: number) => void;
}

/** Ways to a plan, from the shortest on: presets, the contract's words, and what was tried so far. */
function Choosing({ audit, design, lot, rows, pace, onShow }: ChoosingProps) {
  const isDisabled = isFixed(audit);
  return (
    <>
      <Presets design={design} lot={lot} pace={pace} isDisabled={isDisabled} />
      {lot && rows.length > 0 && (
        <ContractPart
          design={design}
          lot={lot}
          rows={rows}
          onShow={onShow}
          isDisabled={isDisabled}
          isOpen={standsAlone(audit.intake) !== null}
        />
      )}
    </>
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
      <KnownErrors />
    </Section>
  );
}
