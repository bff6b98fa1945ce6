/** One line an audit, for the list of all. Journals that did not change are not read again. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { summariseAudit } from '../../../shared/audit/summary.ts';
import type { AuditSummary } from '../../../shared/host/contract.ts';
import { isMissing } from '../faults.ts';
import type { AuditFolders } from './auditFolders.ts';
import { journalName } from './journalFile.ts';
import { type AuditView, viewOf } from './openAudits.ts';

export interface AuditList {
  /** Newest change first. A folder that holds no readable journal is named in the log and left out. */
  list(): Promise<AuditSummary[]>;
  /** Every audit that can be read, in no order. */
  views(): Promise<AuditView[]>;
}

export function createAuditList(folders: AuditFolders, log: (line: string) => void): AuditList {
  const known = new Map<string, { readonly stamp: string; readonly view: AuditView }>();

  async function view(audit: string, folder: string): Promise<AuditView | null> {
    const stamp = await stampOf(path.join(folder, journalName));
    if (stamp === null) return null;
    const kept = known.get(folder);
    if (kept?.stamp === stamp) return kept.view;
    const read = await viewOf(audit, folder);
    if (!read.ok) {
      log(`audit ${folder} cannot be read: ${read.problem.code}`);
      return null;
    }
    known.set(folder, { stamp, view: read.value });
    return read.value;
  }

  async function views(): Promise<AuditView[]> {
    const found: AuditView[] = [];
    for (const { audit, folder } of await folders.list()) {
      const readable = await view(audit, folder);
      if (readable !== null) found.push(readable);
    }
    return found;
  }

  return {
    async list() {
      const summaries = (await views()).map(summaryOf);
      return summaries.sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1));
    },
    views,
  };
}

function summaryOf({ folder, state, recoveredTo }: AuditView): AuditSummary {
  const deliveryExists = existsSync(state.delivery.path);
  return { ...summariseAudit(state), folder, deliveryExists, recoveredTo };
}

async function stampOf(file: string): Promise<string | null> {
  try {
    const { size, mtimeMs, ino } = await stat(file);
    return `${size} ${mtimeMs} ${ino}`;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
