/** The ruling that settled a disagreement, and the way back. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { mayRecord } from '../../../shared/audit/rules.ts';
import type { UnitVerdict } from '../../../shared/audit/state.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useSession } from '../../state/context.tsx';
import type { Bench } from './bench.ts';
import { OtherVoices } from './OtherVoices.tsx';
import { SaidCard } from './SaidCard.tsx';

export interface RulingCardProps {
  readonly ruling: UnitVerdict;
  readonly others: readonly UnitVerdict[];
  readonly bench: Bench;
}

export function RulingCard({ ruling, others, bench }: RulingCardProps) {
  const { t } = useTranslation();
  const { unit, seq } = ruling;
  const mayUndo = useSession(
    ({ shown, actor, isWritable }) =>
      isWritable &&
      actor !== null &&
      mayRecord(shown, { type: 'verdict.undone', data: { unit, seq } }, actor) === null,
  );
  return (
    <SaidCard
      title={t('adjudicate.ruledBy', { name: ruling.by.name })}
      line={null}
      verdict={ruling}
      tag={t('adjudicate.ruling')}
      more={<OtherVoices others={others} />}
      testId="card-ruling"
    >
      <Button
        fullWidth
        disabled={!mayUndo}
        onClick={() => bench.undo()}
        rightSection={<CommandKey id="adjudicate.undo" />}
        data-testid="undo-ruling"
      >
        {t('adjudicate.undo')}
      </Button>
    </SaidCard>
  );
}
