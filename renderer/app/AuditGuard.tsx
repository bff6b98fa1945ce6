/** What a screen of an audit needs before it can be shown: the delivery at hand, a drawn sample. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../state/context.tsx';
import { Message } from '../ui/Message.tsx';
import { ProblemLine } from '../ui/ProblemLine.tsx';
import { ProgressLine } from '../ui/ProgressLine.tsx';
import { Reattach } from './Reattach.tsx';
import { type AuditScreen, auditAddress } from './routes.ts';

const needs: Readonly<Record<AuditScreen, { readonly delivery: boolean; readonly sample: boolean }>> = {
  intake: { delivery: false, sample: false },
  plan: { delivery: true, sample: false },
  review: { delivery: true, sample: true },
  search: { delivery: true, sample: true },
  disposition: { delivery: false, sample: true },
  rework: { delivery: false, sample: false },
  calibration: { delivery: true, sample: false },
  look: { delivery: true, sample: false },
  diff: { delivery: true, sample: false },
  checks: { delivery: true, sample: false },
  adjudicate: { delivery: true, sample: true },
  companion: { delivery: true, sample: true },
};

export function AuditGuard({ screen, children }: { screen: AuditScreen; children: ReactNode }) {
  const { t } = useTranslation();
  const audit = useSession((state) => state.audit);
  const index = useSession((state) => state.index);
  const opening = useSession((state) => state.opening);
  const problem = useSession((state) => state.deliveryProblem);
  if (audit === null) return null;
  if (needs[screen].sample && audit.sample === null) {
    return (
      <Message title={t('app.needsSample')}>
        <Button component="a" href={auditAddress(audit.audit, 'plan')} variant="filled">
          {t('app.toPlan')}
        </Button>
      </Message>
    );
  }
  if (needs[screen].delivery && index === null) {
    if (problem === null) {
      return (
        <Message title={t('app.openingDelivery')}>
          <ProgressLine progress={opening?.progress ?? null} />
        </Message>
      );
    }
    return (
      <Message title={t('app.needsDelivery', { path: audit.delivery.path })}>
        <ProblemLine problem={problem} />
        <Reattach />
      </Message>
    );
  }
  return children;
}
