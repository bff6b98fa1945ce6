/** What each auditor saw and missed of the known errors, against the usual limits, and how steadily they judge. */
import { useTranslation } from 'react-i18next';
import { type Agreement, pairAgreement, selfAgreement } from '../../../../shared/audit/agreement.ts';
import { isLeading } from '../../../../shared/audit/disagreement.ts';
import type { Actor } from '../../../../shared/audit/events.ts';
import {
  type AuditorResult,
  auditorLimits,
  auditorResults,
  type SeedTally,
  seedFates,
} from '../../../../shared/audit/seedResults.ts';
import { visibleSeedVerdicts } from '../../../../shared/audit/seedsShown.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import page from '../../../ui/page.module.css';
import { ShareLine } from './ShareLine.tsx';
import styles from './seeds.module.css';

export function AuditorResults({ audit, actor }: { audit: AuditState; actor: Actor }) {
  const { t } = useTranslation();
  const results = auditorResults(audit, visibleSeedVerdicts(audit, actor));
  return (
    <div className={styles.results} data-testid="auditor-results">
      {results.map((result) => (
        <PersonPart key={result.by.profile} result={result} />
      ))}
      <Steadiness audit={audit} actor={actor} />
      {results.length > 0 && (
        <p className={page.small}>
          {t('seeds.confidence')} {t('seeds.ownLabel')}
        </p>
      )}
    </div>
  );
}

function PersonPart({ result }: { result: AuditorResult }) {
  const { t } = useTranslation();
  const { by, byKind, bySize } = result;
  return (
    <section className={styles.person}>
      <h3 className={styles.name}>
        {by.name} <span className={page.dim}>{t(`audit.role.${by.role}`)}</span>
        <span className={styles.shown}>{t('seeds.shown', { count: result.shown })}</span>
      </h3>
      <ShareLine name="miss" share={result.miss} state={result.missLimit} atMost={auditorLimits.miss} />
      <ShareLine
        name="effectiveness"
        share={result.effectiveness}
        state={result.effectivenessLimit}
        atLeast={auditorLimits.effectiveness}
      />
      <ShareLine
        name="falseAlarm"
        share={result.falseAlarm}
        state={result.falseAlarmLimit}
        atMost={auditorLimits.falseAlarm}
      />
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('seeds.byKind')}</th>
            {(['shown', ...seedFates] as const).map((fate) => (
              <th scope="col" key={fate}>
                {t(`seeds.fate.${fate}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byKind.map((row) => (
            <TallyRow key={row.kind} name={t(`seeds.kind.${row.kind}`)} tally={row} />
          ))}
        </tbody>
        <tbody>
          {bySize.map((row) => (
            <TallyRow key={row.size} name={t(`seeds.size.${row.size}`)} tally={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function TallyRow({ name, tally }: { name: string; tally: SeedTally }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {(['shown', ...seedFates] as const).map((fate) => (
        <td key={fate} data-fate={tally[fate] > 0 ? fate : undefined}>
          {tally[fate] === 0 ? <span className={page.dim}>·</span> : tally[fate]}
        </td>
      ))}
    </tr>
  );
}

function Steadiness({ audit, actor }: { audit: AuditState; actor: Actor }) {
  const { t } = useTranslation();
  const leads = isLeading(actor);
  const kappaOf = ({ kappa }: Agreement): string =>
    kappa === null ? '' : t('seeds.kappa', { value: kappa.toFixed(2) });
  const own = selfAgreement(audit).filter(({ by }) => leads || by.profile === actor.profile);
  const pairs = leads ? pairAgreement(audit) : [];
  if (own.length + pairs.length === 0) return null;
  return (
    <section className={styles.person}>
      <h3 className={styles.name}>{t('seeds.steadiness')}</h3>
      <ul className={styles.steady}>
        {own.map((row) => (
          <li key={row.by.profile}>
            {t('seeds.withHerself', { ...agreed(row), name: row.by.name, kappa: kappaOf(row) })}
          </li>
        ))}
        {pairs.map((row) => (
          <li key={`${row.first.profile} ${row.second.profile}`}>
            {t('seeds.withOther', {
              ...agreed(row),
              first: row.first.name,
              second: row.second.name,
              kappa: kappaOf(row),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

const agreed = ({ same, pairs }: Agreement) => ({ same, pairs });
