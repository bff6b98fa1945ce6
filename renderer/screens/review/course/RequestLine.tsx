/** What a plan that may stop asks of whoever judges, in one line; how the lot stands is not in it. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Request, SampleName } from '../../../../shared/audit/course.ts';
import { judgedAsDrawn } from '../../../../shared/audit/presentation.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import styles from './course.module.css';

export interface RequestLineProps {
  readonly audit: AuditState;
  readonly sample: SampleName;
  readonly request: Request;
  /** How far the person is in what is asked for, as it comes up for her. */
  readonly progress: { readonly judged: number; readonly asked: number };
  /** True where what is on screen lies beyond what is asked for. */
  readonly isBeyond: boolean;
  /** Where to go once the plan has stopped. */
  readonly children: ReactNode;
}

/** True where the plans ask for no more. */
export function hasStopped(request: Request | null): boolean {
  return request !== null && request !== 'go-on' && request !== 'second-sample';
}

export function RequestLine({ audit, sample, request, progress, isBeyond, children }: RequestLineProps) {
  const { t } = useTranslation();
  const isAsDrawn = judgedAsDrawn(audit.sample?.[sample].plans ?? []) > 0;
  const isOver = hasStopped(request);
  const isDecided = isOver && request !== 'look-again';
  const far = isAsDrawn && !isOver ? 'judgedSoFarAtMost' : 'judgedSoFar';
  return (
    <section className={styles.course} data-request={request} data-testid="course">
      <div title={t(isAsDrawn ? 'sequential.order' : 'sequential.orderDouble')}>
        <b role="status">{t(`sequential.request.${request}`)}</b>{' '}
        <span className={styles.far}>{t(`sequential.${far}`, { ...progress })}</span>
      </div>
      {isBeyond && <p className={styles.note}>{t('sequential.beyond')}</p>}
      {isDecided && !isBeyond && <p className={styles.note}>{t('sequential.afterStop')}</p>}
      {isOver && children}
    </section>
  );
}
