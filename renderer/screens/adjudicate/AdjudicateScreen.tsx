/** The adjudication screen: units that two people judged differently, or what to do so that there are none unseen. */
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { auditAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import { Message } from '../../ui/Message.tsx';
import page from '../../ui/page.module.css';
import { EngineProvider } from '../../viewport/react/engineContext.tsx';
import { AuditorsButton } from '../review/seeds/AuditorsButton.tsx';
import { AdjudicationBench } from './AdjudicationBench.tsx';
import styles from './adjudicate.module.css';
import { BlindSwitch } from './BlindSwitch.tsx';
import { casesFor } from './cases.ts';

export default function AdjudicateScreen() {
  const index = useSession((state) => state.index);
  const opened = useSession((state) => state.opened);
  const audit = useSession((state) => state.shown);
  const actor = useSession((state) => state.actor);
  const cases = useMemo(() => audit && casesFor(audit, actor), [audit, actor]);
  // The guard around the screens of an audit has seen to the rest.
  if (!index || !opened || !audit || !cases) return null;
  if (cases.open.length + cases.settled.length === 0) return <NothingToSettle hidden={cases.hidden} />;
  return (
    <EngineProvider key={`${audit.audit} ${opened.delivery}`} index={index} delivery={opened.delivery}>
      <AdjudicationBench cases={cases} />
    </EngineProvider>
  );
}

/** Says how disagreements come about, so that the way to a first one is known. */
function NothingToSettle({ hidden }: { hidden: number }) {
  const { t } = useTranslation();
  const audit = useSession((state) => state.auditId)!;
  return (
    <Message title={t(hidden > 0 ? 'adjudicate.empty.hiddenTitle' : 'adjudicate.empty.title')}>
      {hidden > 0 && <p className={page.plain}>{t('adjudicate.hidden', { count: hidden })}</p>}
      <ol className={styles.teaching} data-testid="how-it-comes">
        {(['second', 'differ', 'settle'] as const).map((step) => (
          <li key={step}>{t(`adjudicate.empty.${step}`)}</li>
        ))}
      </ol>
      <BlindSwitch />
      <AuditorsButton />
      <div className={page.actions}>
        <Button component="a" href={auditAddress(audit, 'review')} variant="filled">
          {t('planScreen.toReview')}
        </Button>
      </div>
    </Message>
  );
}
