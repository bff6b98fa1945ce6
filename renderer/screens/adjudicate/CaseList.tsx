/** Disagreements at the side, open ones first; each says in signs what the two said. */
import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../state/context.tsx';
import { Mark } from '../../ui/Mark.tsx';
import page from '../../ui/page.module.css';
import { AuditorsButton } from '../review/seeds/AuditorsButton.tsx';
import { unitName } from '../review/unitName.ts';
import styles from './adjudicate.module.css';
import { BlindSwitch } from './BlindSwitch.tsx';
import type { Case, Cases } from './cases.ts';
import { keepFocus } from './keepFocus.ts';
import { markOf } from './verdictWords.ts';

export interface CaseListProps {
  readonly cases: Cases;
  readonly current: string;
  readonly onChoose: (unit: string) => void;
}

export function CaseList({ cases, current, onChoose }: CaseListProps) {
  const { t } = useTranslation();
  const name = useSession((state) => state.actor?.name ?? null);
  const groups = [
    { key: 'open', rows: cases.open },
    { key: 'settled', rows: cases.settled },
  ] as const;
  return (
    <aside className={styles.list} aria-label={t('adjudicate.list')}>
      <h1 className={styles.title}>{t('adjudicate.title')}</h1>
      {groups.map(({ key, rows }) => (
        <section key={key} className={styles.group}>
          <h2 className={styles.heading}>{t(`adjudicate.${key}`, { count: rows.length })}</h2>
          {rows.length === 0 && <p className={page.small}>{t(`adjudicate.${key}None`)}</p>}
          <ul className={styles.rows}>
            {rows.map((row) => (
              <li key={row.unit}>
                <CaseRow row={row} isCurrent={row.unit === current} onChoose={onChoose} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {cases.hidden > 0 && <p className={page.small}>{t('adjudicate.hidden', { count: cases.hidden })}</p>}
      <div className={styles.foot}>
        <BlindSwitch />
        <AuditorsButton />
        {name !== null && <p className={page.small}>{t('adjudicate.as', { name })}</p>}
      </div>
    </aside>
  );
}

function CaseRow({
  row,
  isCurrent,
  onChoose,
}: {
  row: Case;
  isCurrent: boolean;
  onChoose: (unit: string) => void;
}) {
  const { t } = useTranslation();
  const said = (verdict: Case['left']): string => t(`audit.verdict.${verdict.verdict}`);
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={isCurrent || undefined}
      onMouseDown={keepFocus}
      onClick={() => onChoose(row.unit)}
      data-testid="case"
    >
      <span className={styles.name}>{unitName(row.drawn)}</span>
      <span className={styles.signs}>
        {[row.left, row.right].map((verdict) => (
          <span key={verdict.seq} title={`${verdict.by.name}: ${said(verdict)}`}>
            <Mark kind={markOf(verdict.verdict)} />
            <span className={styles.spoken}>{said(verdict)}</span>
          </span>
        ))}
        {row.ruling && (
          <span className={styles.ruled} title={t('adjudicate.ruledBy', { name: row.ruling.by.name })}>
            <ArrowRight size={14} aria-hidden="true" />
            <Mark kind={markOf(row.ruling.verdict)} />
            <span className={styles.spoken}>{said(row.ruling)}</span>
          </span>
        )}
      </span>
      <span className={styles.people}>
        {row.left.by.name} · {row.right.by.name}
      </span>
    </button>
  );
}
