/** One side of a disagreement, and the one key that takes it. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UnitVerdict } from '../../../shared/audit/state.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import type { Bench } from './bench.ts';
import type { Case } from './cases.ts';
import { SaidCard } from './SaidCard.tsx';

export interface VerdictCardProps {
  readonly side: 'left' | 'right';
  readonly verdict: UnitVerdict;
  readonly found: Case;
  readonly bench: Bench;
  /** Why the person at the screen cannot settle it. */
  readonly obstacle: Problem | null;
}

export function VerdictCard({ side, verdict, found, bench, obstacle }: VerdictCardProps) {
  const { t } = useTranslation();
  return (
    <SaidCard
      title={t('adjudicate.saidBy', { name: verdict.by.name })}
      line={side}
      verdict={verdict}
      testId={`card-${side}`}
    >
      {found.ruling === null && obstacle === null && (
        <Button
          fullWidth
          onClick={() => bench.take(side)}
          rightSection={<CommandKey id={side === 'left' ? 'adjudicate.takeLeft' : 'adjudicate.takeRight'} />}
          data-testid={`take-${side}`}
        >
          {t('adjudicate.take', { name: verdict.by.name })}
        </Button>
      )}
    </SaidCard>
  );
}
