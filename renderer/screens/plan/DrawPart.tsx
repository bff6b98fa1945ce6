/** How the label sample is drawn: the design, the strata it stands on, and in words what that does to the counts. */
import { useTranslation } from 'react-i18next';
import { type DrawRule, drawRuleSchema } from '../../../shared/audit/drawRule.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { defaultStratumMinimum } from '../../../shared/sampling/allocation.ts';
import { count } from '../../ui/format.ts';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Section } from '../../ui/Section.tsx';
import styles from './DrawPart.module.css';
import { DrawWarnings } from './DrawWarnings.tsx';
import { drawProblem } from './drawProblem.ts';
import { drawShares } from './drawShares.ts';
import { stratumWords } from './drawWords.ts';
import { drawnOf, type PlanRow, planRows } from './planRows.ts';
import { StrataFields } from './StrataFields.tsx';
import { StrataTable, type StratumRow } from './StrataTable.tsx';

export interface DrawPartProps {
  readonly spec: QaSpec;
  readonly onChange: (spec: QaSpec) => void;
  /** Null until the host has answered. */
  readonly lot: LotPreview | null;
  readonly isDisabled: boolean;
}

const designs = drawRuleSchema.shape.design.options;

const simple: DrawRule = { design: 'simple', strata: [], minimumPerStratum: 0 };

export function DrawPart({ spec, onChange, lot, isDisabled }: DrawPartProps) {
  const { t } = useTranslation();
  const rule = spec.draw ?? simple;
  return (
    <Section title={t('draws.title')}>
      <div className={styles.designs} role="radiogroup" aria-label={t('draws.design')}>
        {designs.map((design) => (
          <label key={design} className={styles.design} data-chosen={design === rule.design}>
            <input
              type="radio"
              name="draw-design"
              disabled={isDisabled}
              checked={design === rule.design}
              onChange={() => onChange(withDesign(spec, design))}
            />
            <span>
              <b>{t(`draws.designs.${design}`)}</b>
              <span className={styles.designText}>{t(`draws.designText.${design}`)}</span>
            </span>
          </label>
        ))}
      </div>
      {rule.design === 'stratified' && (
        <StrataFields
          rule={rule}
          known={lot?.strataKeys ?? null}
          isDisabled={isDisabled}
          onChange={(draw) => onChange({ ...spec, draw })}
        />
      )}
      {lot && <Drawn spec={spec} rule={rule} lot={lot} />}
    </Section>
  );
}

/** Without a rule the draw is the simple one; a spec that never asked for another stays as it was. */
function withDesign(spec: QaSpec, design: DrawRule['design']): QaSpec {
  const { draw, ...rest } = spec;
  if (design === 'simple') return rest;
  const minimumPerStratum = design === 'stratified' ? defaultStratumMinimum : 0;
  return { ...rest, draw: { design, strata: design === 'stratified' ? ['class'] : [], minimumPerStratum } };
}

/** What comes of the rule on this lot. */
function Drawn({ spec, rule, lot }: { spec: QaSpec; rule: DrawRule; lot: LotPreview }) {
  const { t } = useTranslation();
  const rows = planRows(spec, lot);
  const problem = drawProblem(spec, lot, rows);
  if (problem) return <ProblemLine problem={problem} />;
  if (rule.design === 'stratified') return <Stratified spec={spec} rule={rule} lot={lot} rows={rows} />;
  const n = drawnOf(rows, 'labels');
  const isWhole = n >= lot.lotSize;
  const step = n === 0 ? 0 : Number((lot.lotSize / n).toPrecision(3));
  const effect = rule.design === 'systematic' && isWhole ? 'systematicWhole' : rule.design;
  return <p className={styles.effect}>{t(`draws.effect.${effect}`, { step })}</p>;
}

interface StratifiedProps {
  readonly spec: QaSpec;
  readonly rule: DrawRule;
  readonly lot: LotPreview;
  readonly rows: readonly PlanRow[];
}

function Stratified({ spec, rule, lot, rows }: StratifiedProps) {
  const { t, i18n } = useTranslation();
  const { shares, added } = drawShares(spec, lot, rows);
  if (!lot.strata || !shares) return <ProgressLine progress={null} />;
  const n = drawnOf(rows, 'labels');
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const strata = lot.strata.map(({ name, population }, at): StratumRow => {
    return { name: stratumWords(name, rule.strata, spec, t, language), population, drawn: shares[at]! };
  });
  return (
    <>
      <p className={styles.effect}>{t('draws.effect.stratified')}</p>
      <StrataTable rows={strata} />
      {added > 0 && (
        <p className={styles.note} data-testid="draw-added">
          {t('draws.added', { count: added, n: count(n) })}
        </p>
      )}
      <DrawWarnings strata={strata} added={added} n={n} />
    </>
  );
}
