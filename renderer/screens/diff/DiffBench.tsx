/** Two states of the labels beside each other: the list of changes, and the chosen one in the views of both sides. */
import { SegmentedControl } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Message } from '../../ui/Message.tsx';
import page from '../../ui/page.module.css';
import { ChangeFacts } from './ChangeFacts.tsx';
import { type ChangeFilter, ChangeList } from './ChangeList.tsx';
import styles from './diff.module.css';
import { FindingsPart } from './FindingsPart.tsx';
import { SideStage } from './SideStage.tsx';
import { type Side, type Sides, sidesOf } from './sides.ts';
import { type Diff, type ListedChange, useDiff } from './useDiff.ts';
import { useDiffCommands } from './useDiffCommands.ts';

export interface DiffBenchProps {
  readonly index: DeliveryIndex;
  readonly delivery: string;
  readonly spec: QaSpec;
  /** Audit of the submission before; null where it is not known. */
  readonly before: AuditState | null;
}

export type Layout = 'beside' | 'over';

export function DiffBench({ index, delivery, spec, before }: DiffBenchProps) {
  const { t } = useTranslation();
  const [source, setSource] = useState(
    () => (index.others.find(({ kind }) => kind === 'earlier') ?? index.others[0])?.name ?? null,
  );
  const sides = useMemo(() => (source === null ? null : sidesOf(index, source)), [index, source]);
  const isEarlier = index.others.find(({ name }) => name === source)?.kind === 'earlier';
  const diff = useDiff(sides, spec, isEarlier ? before : null);
  if (!sides) {
    return (
      <Message title={t('diff.none')}>
        <p className={page.plain}>{t('diff.noneText')}</p>
      </Message>
    );
  }
  if (!diff) return <Message title={t('diff.working')} />;
  const picker = index.others.length > 1 && (
    <select
      className={styles.source}
      aria-label={t('diff.source')}
      value={source ?? ''}
      onChange={(event) => setSource(event.currentTarget.value)}
    >
      {index.others.map(({ name }) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
  return <Changes key={source} sides={sides} diff={diff} delivery={delivery} picker={picker} />;
}

interface ChangesProps {
  readonly sides: Sides;
  readonly diff: Diff;
  readonly delivery: string;
  readonly picker: React.ReactNode;
}

function Changes({ sides, diff, delivery, picker }: ChangesProps) {
  const { t } = useTranslation();
  const nameOf = (name: string): string => (name === 'vendor' ? t('intake.sourceKind.vendor') : name);
  const [filter, setFilter] = useState<ChangeFilter>(null);
  const [chosen, setChosen] = useState<ListedChange | null>(diff.changes[0] ?? null);
  const [layout, setLayout] = useState<Layout>('beside');
  const [isLaidOver, setLaidOver] = useState(true);
  useDiffCommands({
    turnLayout: () => setLayout((now) => (now === 'beside' ? 'over' : 'beside')),
    turnLaidOver: () => setLaidOver((now) => !now),
  });
  return (
    <div className={styles.bench}>
      <div className={styles.list}>
        <div className={styles.head}>
          <IconButton label={t('diff.commands.leave')} command="diff.leave" onClick={() => history.back()}>
            <ArrowLeft size={16} />
          </IconButton>
          <h1 className={styles.title}>
            {t('diff.between', { old: nameOf(sides.names.old), now: nameOf(sides.names.now) })}
          </h1>
          {picker}
        </div>
        {diff.changes.length === 0 ? (
          <p className={styles.same} data-testid="diff-same">
            {t('diff.same', { count: diff.unchanged })}
          </p>
        ) : (
          <ChangeList
            changes={diff.changes}
            unchanged={diff.unchanged}
            filter={filter}
            onFilter={setFilter}
            onCurrent={setChosen}
          />
        )}
      </div>
      {chosen && (
        <Views
          sides={sides}
          change={chosen}
          delivery={delivery}
          layout={layout}
          onLayout={setLayout}
          isLaidOver={isLaidOver}
        />
      )}
      <aside className={styles.aside}>
        {chosen && <ChangeFacts sides={sides} change={chosen} />}
        {diff.rework && <FindingsPart rework={diff.rework} />}
      </aside>
    </div>
  );
}

interface ViewsProps {
  readonly sides: Sides;
  readonly change: ListedChange;
  readonly delivery: string;
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
  readonly isLaidOver: boolean;
}

function Views({ sides, change, delivery, layout, onLayout, isLaidOver }: ViewsProps) {
  const { t } = useTranslation();
  // Alone stands the side that has the label; where both do, the new one.
  const shown: readonly Side[] = layout === 'beside' ? ['old', 'now'] : [change.nowRow >= 0 ? 'now' : 'old'];
  return (
    <div className={styles.views}>
      <div className={styles.line}>
        <span className={styles.where} data-testid="diff-where">
          {change.scene} · {change.frame}
        </span>
        <SegmentedControl
          size="xs"
          value={layout}
          onChange={(value) => onLayout(value as Layout)}
          data={(['beside', 'over'] as const).map((value) => ({ value, label: t(`diff.layout.${value}`) }))}
          aria-label={t('diff.layout.title')}
        />
      </div>
      <div className={styles.sides} data-count={shown.length}>
        {shown.map((side) => (
          <SideStage
            key={side}
            side={side}
            index={sides.index[side]}
            delivery={delivery}
            change={change}
            isLaidOver={isLaidOver || layout === 'over'}
            isAlone={shown.length === 1}
            title={t(`diff.side.${side}`)}
          />
        ))}
      </div>
    </div>
  );
}
