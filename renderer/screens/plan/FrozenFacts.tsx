/** The draw as the record holds it, so that anyone can repeat it. */
import { useTranslation } from 'react-i18next';
import type { AuditState } from '../../../shared/audit/state.ts';
import { Facts } from '../../ui/Facts.tsx';
import { dateTime } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';

export interface FrozenFactsProps {
  readonly sample: NonNullable<AuditState['sample']>;
  readonly draws: AuditState['draws'];
}

export function FrozenFacts({ sample, draws }: FrozenFactsProps) {
  const { t } = useTranslation();
  const code = (text: string) => <code className={page.mono}>{text}</code>;
  return (
    <Section title={t('planScreen.draw')}>
      <Facts
        facts={[
          { name: t('planScreen.frozenAt'), value: `${dateTime(sample.at)}, ${sample.by.name}` },
          { name: t('report.lot.generator'), value: code(sample.labels.prng) },
          ...(sample.labels.seed === sample.cells.seed
            ? [{ name: t('report.lot.seed'), value: code(sample.labels.seed) }]
            : [
                { name: t('planScreen.seedLabels'), value: code(sample.labels.seed) },
                { name: t('planScreen.seedCells'), value: code(sample.cells.seed) },
              ]),
          { name: t('report.lot.populationHash'), value: code(sample.labels.populationHash.slice(0, 16)) },
          { name: t('report.intake.specHash'), value: code(sample.specHash.slice(0, 16)) },
        ]}
      />
      <p className={page.small}>{t('report.lot.seedNote')}</p>
      {draws.slice(1).map((draw) => (
        <p className={page.plain} key={draw.seq}>
          {t('planScreen.drawnAgain', { at: dateTime(draw.at), reason: draw.reason ?? '' })}
        </p>
      ))}
    </Section>
  );
}
