/** Everything that can be set of the rule whose curve is shown; each step redraws the curve. */
import { useTranslation } from 'react-i18next';
import { isSameRule, withRule } from '../../../shared/audit/planChoice.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { Section } from '../../ui/Section.tsx';
import type { PlanRow } from './planRows.ts';
import { ruleOfRow } from './planRows.ts';
import { RuleEditor } from './rule/RuleEditor.tsx';
import type { Design } from './useDesign.ts';

export interface TuneProps {
  readonly design: Design;
  readonly row: PlanRow;
  readonly lot: LotPreview;
  readonly isDisabled: boolean;
}

export function Tune({ design, row, lot, isDisabled }: TuneProps) {
  const { t } = useTranslation();
  const rule = ruleOfRow(design.spec, row);
  if (rule === null) return null;
  return (
    <Section
      title={t('designer.tune', {
        sample: t(`audit.sample.${row.sample}`),
        severity: t(`audit.severity.${row.severity}`),
      })}
    >
      <RuleEditor
        key={`${row.sample} ${row.at}`}
        rule={rule}
        lotSize={row.sample === 'labels' ? lot.lotSize : lot.cells}
        isDisabled={isDisabled}
        onMove={(next) => design.move(withRule(design.spec, row, next))}
        // A slider is let go where it stands, too: that ends the movement and changes nothing.
        onRelease={(next) =>
          design.choose(isSameRule(next, rule) ? design.spec : withRule(design.spec, row, next))
        }
      />
    </Section>
  );
}
