/** The rows of the deliveries table: every audit, and every delivery opened lately that has none. */
import type { AuditSummary, RecentDelivery } from '../../../shared/host/contract.ts';
import { auditAddress, routeAddress } from '../../app/routes.ts';

/** Who is to do what next. */
export type Waiting =
  | 'start-intake'
  | 'freeze-plan'
  | 'judge'
  | 'sign'
  | 'answer-findings'
  | 'find-delivery'
  | 'nothing';

export interface DeliveryRow {
  readonly key: string;
  readonly audit: AuditSummary | null;
  readonly name: string;
  readonly path: string;
  readonly sensorsPath: string | null;
  readonly exists: boolean;
  readonly format: string;
  /** Null where the delivery was not opened on this machine. */
  readonly bytes: number | null;
  readonly cuboids: number | null;
  /** What its age is counted from. */
  readonly since: string;
  readonly waiting: Waiting;
  readonly isOverdue: boolean;
  /** Where Enter goes. */
  readonly address: string;
}

export function deliveryRows(
  audits: readonly AuditSummary[],
  recent: readonly RecentDelivery[],
  today: string,
): DeliveryRow[] {
  const recentByPath = new Map(recent.map((delivery) => [delivery.path, delivery]));
  const audited = new Set(audits.map((audit) => audit.deliveryPath));
  return [
    ...audits.map((audit) => auditRow(audit, recentByPath.get(audit.deliveryPath) ?? null, today)),
    ...recent.filter((delivery) => !audited.has(delivery.path)).map(recentRow),
  ];
}

function auditRow(audit: AuditSummary, recent: RecentDelivery | null, today: string): DeliveryRow {
  const waiting = waitingOfAudit(audit);
  return {
    key: `audit ${audit.audit}`,
    audit,
    name: recent?.name ?? lastPart(audit.deliveryPath),
    path: audit.deliveryPath,
    sensorsPath: audit.sensorsPath,
    exists: audit.deliveryExists,
    format: audit.format,
    bytes: recent?.bytes ?? null,
    cuboids: recent?.cuboids ?? null,
    since: audit.receivedOn,
    waiting,
    isOverdue: audit.dueOn !== null && audit.dueOn < today && audit.phase !== 'signed',
    address: auditAddress(audit.audit, nextScreen[waiting]),
  };
}

function recentRow(recent: RecentDelivery): DeliveryRow {
  const { path, sensorsPath } = recent;
  return {
    key: `recent ${path}`,
    audit: null,
    name: recent.name,
    path,
    sensorsPath,
    exists: recent.exists,
    format: recent.format,
    bytes: recent.bytes,
    cuboids: recent.cuboids,
    since: recent.openedAt,
    waiting: recent.exists ? 'start-intake' : 'find-delivery',
    isOverdue: false,
    address: routeAddress({ screen: 'delivery-intake', path, sensorsPath }),
  };
}

function waitingOfAudit(audit: AuditSummary): Waiting {
  if (audit.phase === 'signed') return audit.openFindings > 0 ? 'answer-findings' : 'nothing';
  if (!audit.deliveryExists) return 'find-delivery';
  if (audit.phase === 'intake') return 'freeze-plan';
  return audit.judged < audit.drawn ? 'judge' : 'sign';
}

const nextScreen = {
  'start-intake': 'intake',
  'find-delivery': 'review',
  'freeze-plan': 'plan',
  judge: 'review',
  sign: 'disposition',
  'answer-findings': 'rework',
  nothing: 'disposition',
} as const;

function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
