/** What is in the lot, and what is outside it and why. */
import { useTranslation } from 'react-i18next';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { Facts } from '../../ui/Facts.tsx';
import { count } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';

export function LotFacts({ lot }: { lot: LotPreview }) {
  const { t } = useTranslation();
  const excluded = Object.entries(lot.excluded).filter(([, labels]) => labels > 0);
  return (
    <Section title={t('planScreen.lot')}>
      <Facts
        facts={[
          { name: t('planScreen.lotSize'), value: `${count(lot.lotSize)} ${t(`audit.unit.${lot.unit}`)}` },
          { name: t('planScreen.cells'), value: count(lot.cells) },
          ...excluded.map(([reason, labels]) => ({
            name: t('planScreen.outside', { reason: t(`audit.excluded.${reason}`) }),
            value: count(labels),
          })),
          ...(lot.uninspectable > 0
            ? [{ name: t('planScreen.uninspectable'), value: count(lot.uninspectable) }]
            : []),
        ]}
      />
    </Section>
  );
}
