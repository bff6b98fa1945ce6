/** Why the person at the screen cannot settle this disagreement, and where she can judge the unit again instead. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UnitVerdict } from '../../../shared/audit/state.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import { auditAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import styles from './adjudicate.module.css';
import { OtherVoices } from './OtherVoices.tsx';

export interface ObstacleCardProps {
  readonly unit: string;
  readonly others: readonly UnitVerdict[];
  readonly obstacle: Problem;
}

export function ObstacleCard({ unit, others, obstacle }: ObstacleCardProps) {
  const { t } = useTranslation();
  const audit = useSession((state) => state.auditId)!;
  return (
    <section className={styles.card} aria-label={t('adjudicate.notYours')} data-testid="card-obstacle">
      <header className={styles.head}>
        <h2 className={styles.person}>{t('adjudicate.notYours')}</h2>
      </header>
      <div className={styles.said}>
        <ProblemLine problem={{ ...obstacle, severity: 'info' }} />
        <OtherVoices others={others} />
      </div>
      {obstacle.code === 'adjudication-by-party' && (
        <footer className={styles.act}>
          <Button component="a" fullWidth href={auditAddress(audit, 'review', unit)}>
            {t('adjudicate.judgeAgain')}
          </Button>
        </footer>
      )}
    </section>
  );
}
