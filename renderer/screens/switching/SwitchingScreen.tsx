/** How strictly the next lot of each vendor is inspected, and how that came about. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { navigate, routeAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import { Message } from '../../ui/Message.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { LedgerList } from './LedgerList.tsx';
import { LedgerPart } from './LedgerPart.tsx';
import styles from './switching.module.css';
import { useLedgers } from './useLedgers.ts';

export default function SwitchingScreen({ named }: { named: string | null }) {
  const { t } = useTranslation();
  const actor = useSession((session) => session.actor);
  const { ledgers, problems, loading, entering, enter } = useLedgers();
  const shown = ledgers?.find(({ ledger }) => ledger === named) ?? ledgers?.[0] ?? null;
  if (ledgers?.length === 0 && problems.length === 0) return <NoLotYet />;
  return (
    <div className={styles.screen}>
      <header className={styles.bar}>
        <h1 className={page.title}>{t('switching.title')}</h1>
        <p className={page.small}>{t('switching.lead')}</p>
      </header>
      {loading.isRunning && <ProgressLine progress={loading.progress} />}
      {[loading.problem, entering.problem].map(
        (problem) => problem && <ProblemLine key={problem.code} problem={problem} />,
      )}
      {problems
        // What is wrong with the ledger that is shown is said there.
        .filter(({ path }) => path === '' || path !== shown?.problem?.path)
        .map((problem) => (
          <ProblemLine
            key={`${problem.code} ${problem.path} ${JSON.stringify(problem.params)}`}
            problem={problem}
          />
        ))}
      {ledgers && ledgers.length > 0 && (
        <div className={styles.body} data-single={ledgers.length === 1 || undefined}>
          {ledgers.length > 1 && (
            <LedgerList
              ledgers={ledgers}
              shown={shown?.ledger ?? null}
              onChoose={(ledger) => navigate(routeAddress({ screen: 'switching', ledger }))}
            />
          )}
          {shown && (
            <LedgerPart
              key={shown.ledger}
              shown={shown}
              onEnter={(step) => actor && void enter(shown, step, actor)}
            />
          )}
        </div>
      )}
    </div>
  );
}

function NoLotYet() {
  const { t } = useTranslation();
  return (
    <Message title={t('switching.empty.title')}>
      <p className={page.plain}>{t('switching.empty.text')}</p>
      <div className={page.actions}>
        <Button component="a" href="#/deliveries" variant="filled">
          {t('switching.empty.toDeliveries')}
        </Button>
      </div>
    </Message>
  );
}
