/** The bench: the list of disagreements, the label in its views, and below both verdicts with the ruling. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useRoute } from '../../app/routes.ts';
import { useServices } from '../../state/context.tsx';
import styles from './adjudicate.module.css';
import { type Bench, createBench } from './bench.ts';
import { CaseList } from './CaseList.tsx';
import { CaseViews } from './CaseViews.tsx';
import { type Cases, casesFor } from './cases.ts';
import { ObstacleCard } from './ObstacleCard.tsx';
import { OwnCard } from './OwnCard.tsx';
import { RulingCard } from './RulingCard.tsx';
import { useAdjudicateCommands } from './useAdjudicateCommands.ts';
import { useCaseTime } from './useCaseTime.ts';
import { useObstacle } from './useObstacle.ts';
import { VerdictCard } from './VerdictCard.tsx';

export function AdjudicationBench({ cases }: { cases: Cases }) {
  const { t } = useTranslation();
  const bench = useNewBench();
  const unit = useStore(bench.store, (state) => state.unit);
  // Asked again when the record or the choice changes; both are in `cases` and `unit`.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const found = useMemo(() => bench.current(), [bench, cases, unit]);
  const comment = useRef<HTMLTextAreaElement>(null);
  const obstacle = useObstacle(found);
  const stage = useRef<HTMLElement>(null);
  // The keys are the bench's from the start, not the link's that led here.
  useEffect(() => stage.current?.focus({ preventScroll: true }), []);
  useAdjudicateCommands(bench, found, obstacle === null, () => comment.current?.focus());
  if (!found) return null;
  return (
    <div className={styles.bench}>
      <CaseList cases={cases} current={found.unit} onChoose={bench.goTo} />
      <section className={styles.case} ref={stage} tabIndex={-1} aria-label={t('adjudicate.title')}>
        <CaseViews found={found} />
        <div className={styles.cards}>
          <VerdictCard side="left" verdict={found.left} found={found} bench={bench} obstacle={obstacle} />
          <VerdictCard side="right" verdict={found.right} found={found} bench={bench} obstacle={obstacle} />
          {found.ruling ? (
            <RulingCard ruling={found.ruling} others={found.others} bench={bench} />
          ) : obstacle ? (
            <ObstacleCard unit={found.unit} others={found.others} obstacle={obstacle} />
          ) : (
            <OwnCard others={found.others} bench={bench} comment={comment} />
          )}
        </div>
      </section>
    </div>
  );
}

/** Made once for each stay on the screen. */
function useNewBench(): Bench {
  const { session } = useServices();
  const route = useRoute();
  const asked = route && 'unit' in route ? route.unit : null;
  const takeTime = useCaseTime();
  const [bench] = useState(() =>
    createBench(
      {
        audit: () => session.getState().shown!,
        cases: () => casesFor(session.getState().shown!, session.getState().actor),
        record: (draft) => session.getState().record(draft),
        takeTime,
      },
      asked,
    ),
  );
  return bench;
}
