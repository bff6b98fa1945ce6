/** Why a view of points shows nothing, or that something asked for is still being read. */
import { useTranslation } from 'react-i18next';
import { CuboidFlag } from '../../../shared/model/labels.ts';
import { useEngine, useFacts } from './engineContext.tsx';
import styles from './viewport.module.css';

export function EmptyReason({ what }: { what: 'label' | 'points' }) {
  const { t } = useTranslation();
  const engine = useEngine();
  const shown = useFacts((facts) => facts.shown);
  const isAwaiting = useFacts((facts) => facts.isAwaiting);
  const sweepCount = useFacts((facts) => facts.sweepCount);
  const pointCount = useFacts((facts) => facts.pointCount);
  const problems = useFacts((facts) => facts.problems);
  const isContextLost = useFacts((facts) => facts.isContextLost);
  const { flags } = engine.index.labels.cuboids;
  if (isContextLost) return <Sentence title={t('viewport.empty.contextLost')} />;
  if (!shown) return <Sentence title={t('viewport.empty.reading')} />;
  const broken = problems.find(({ severity }) => severity === 'error');
  if (pointCount === 0) {
    if (sweepCount === 0) return <Sentence title={t('viewport.empty.noSweep')} />;
    return (
      <Sentence
        title={t('viewport.empty.sweepUnreadable')}
        detail={broken && t([`problems.${broken.code}`, 'problems.unknown'], { ...broken.params, ...broken })}
      />
    );
  }
  if (what === 'label' && shown.row === null) return <Sentence title={t('viewport.empty.noCuboid')} />;
  if (what === 'label' && (flags[shown.row!]! & CuboidFlag.unusable) !== 0) {
    return <Sentence title={t('viewport.empty.unusable')} />;
  }
  if (isAwaiting && what === 'points')
    return <div className={styles.awaiting}>{t('viewport.empty.readingNext')}</div>;
  return null;
}

function Sentence({ title, detail }: { title: string; detail?: string | undefined }) {
  return (
    <div className={styles.empty}>
      <b>{title}</b>
      {detail && <span>{detail}</span>}
    </div>
  );
}
