/** What leaves an audit and what comes back: exports, the vendor's answers, bundles, and checking any of them. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Actor, EventDraft } from '../../../shared/audit/events.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import type { CallOptions, HostOutput } from '../../../shared/host/contract.ts';
import { parseReworkCsv, reworkFindings } from '../../../shared/report/rework.ts';
import type { Deliveries } from '../deliveries.ts';
import type { DeviceKey } from '../deviceKey.ts';
import { makeFolder, writeDurably } from '../durable.ts';
import { writeProblem } from '../faults.ts';
import type { Places } from '../places.ts';
import type { AuditFolders } from './auditFolders.ts';
import { type ExportKind, exportFile, type PrintPdf } from './exportFile.ts';
import { importBundle } from './importBundle.ts';
import { refuseInsideDelivery } from './moveAudit.ts';
import type { AuditView, HeldAudit, OpenAudits } from './openAudits.ts';
import { recordHeld, stamped } from './record.ts';
import { verifyAt } from './verifyAt.ts';

export interface HandoverOptions {
  readonly folders: AuditFolders;
  readonly openAudits: OpenAudits;
  readonly deliveries: Deliveries;
  readonly places: Places;
  readonly key: DeviceKey;
  readonly printPdf: PrintPdf | null;
  readonly version: string;
  readonly now: () => Date;
}

export interface ExportRequest {
  readonly audit: string;
  readonly actor: Actor;
  readonly kind: ExportKind;
  /** Null = `exports/` of the audit. */
  readonly folder: string | null;
  readonly language: 'en' | 'zh';
  readonly withPictures: boolean;
}

type WireEvents = HostOutput<'audits.append'>['events'];

export function createHandover(options: HandoverOptions) {
  const { folders, openAudits, deliveries, places, key, printPdf, version, now } = options;

  /**
   * Writes one document of the audit. It is written whoever holds the lock; that it was is recorded where this
   * client holds it. The rework list also records which findings were handed to the vendor.
   */
  async function exportRecord(
    request: ExportRequest,
    client: string,
    { onProgress }: CallOptions,
  ): Promise<Result<{ path: string; bytes: number }>> {
    onProgress?.({ step: 'exporting', done: 0, total: 1 });
    const { audit, actor, kind } = request;
    if (openAudits.heldBy(client).some((held) => held.audit === audit)) {
      return openAudits.withHeld(audit, client, async (held, replace) => {
        const issued = kind === 'rework' ? await recordIssue(held, replace, actor) : done(held);
        if (!issued.ok) return issued;
        const written = await write(issued.value, request);
        if (!written.ok) return written;
        const draft: EventDraft = { type: 'record.exported', data: { kind, path: written.value.path } };
        const recorded = await recordHeld(issued.value, replace, stamped([draft], actor, now()));
        return recorded.ok ? written : recorded;
      });
    }
    const view = await openAudits.view(audit);
    return view.ok ? write(view.value, request) : view;
  }

  /** Findings the vendor has not been handed yet become issued. */
  async function recordIssue(
    held: HeldAudit,
    replace: (next: HeldAudit) => void,
    actor: Actor,
  ): Promise<Result<HeldAudit>> {
    const findings = reworkFindings(held.state).map(({ id }) => id);
    const draft: EventDraft = { type: 'rework.issued', data: { findings } };
    return recordHeld(held, replace, stamped([draft], actor, now()));
  }

  async function write(
    view: AuditView,
    request: ExportRequest,
  ): Promise<Result<{ path: string; bytes: number }>> {
    const folder = await targetOf(view, request.folder);
    if (!folder.ok) return folder;
    const made = await exportFile(view, request, { publicKey: key.publicKey, printPdf, version, now });
    if (!made.ok) return made;
    const file = path.join(folder.value, made.value.name);
    try {
      await makeFolder(folder.value);
      await writeDurably(file, made.value.content);
      return done({ path: file, bytes: (await stat(file)).size });
    } catch (error) {
      return failed(writeProblem(file, error));
    }
  }

  async function targetOf(view: AuditView, named: string | null): Promise<Result<string>> {
    if (named === null) return done(path.join(view.folder, 'exports'));
    const target = await places.target(named);
    if (!target.ok) return target;
    const refused = await refuseInsideDelivery(target.value, deliveries);
    return refused.ok ? target : refused;
  }

  /** The vendor's filled list becomes events; rows that are not understood come back as problems. */
  async function importRework(
    {
      audit,
      actor,
      source,
      csv,
    }: {
      readonly audit: string;
      readonly actor: Actor;
      readonly source: string;
      readonly csv: string;
    },
    client: string,
  ): Promise<Result<{ events: WireEvents; problems: Problem[] }>> {
    return openAudits.withHeld(audit, client, async (held, replace) => {
      const parsed = parseReworkCsv(csv, held.state, source);
      if (!parsed.ok) return parsed;
      const { answers, problems } = parsed.value;
      if (answers.length === 0) return done({ events: [], problems: [...problems] });
      const draft: EventDraft = { type: 'rework.answered', data: { source, answers: [...answers] } };
      const recorded = await recordHeld(held, replace, stamped([draft], actor, now()));
      if (!recorded.ok) return recorded;
      return done({ events: recorded.value.added as unknown as WireEvents, problems: [...problems] });
    });
  }

  return {
    exportRecord,
    importRework,
    importBundle: (input: { readonly path: string; readonly actor: Actor }, client: string) =>
      importBundle(input, client, { folders, openAudits, places, now }),
    verify: (input: { readonly path: string; readonly key: string | null }) => verifyAt(input, places),
  };
}
