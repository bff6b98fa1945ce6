/** Where each audit lies: under the data folder, or elsewhere for those that went on on another disk. */
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from '../../../shared/base/door.ts';
import type { Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import { isMissing } from '../faults.ts';
import { jsonFile } from '../jsonFile.ts';

const placesSchema = z.record(z.string(), z.string());

/** Ids become folder names, and bundles bring ids from outside. */
const idPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,79}$/;

export function isAuditId(text: string): boolean {
  return idPattern.test(text);
}

export interface AuditFolders {
  /** A new id: the day it began and enough chance for every machine there is. */
  newId(now: Date): string;
  /** The folder an audit of this id has, or gets; `audit-unknown` for what cannot be an id. */
  folderOf(audit: string): Promise<Result<string>>;
  /** Remembers that an audit lies elsewhere from now on. */
  place(audit: string, folder: string): Promise<void>;
  list(): Promise<readonly { readonly audit: string; readonly folder: string }[]>;
}

export function createAuditFolders(
  { audits, auditPlaces }: { readonly audits: string; readonly auditPlaces: string },
  log: (line: string) => void,
): AuditFolders {
  const store = jsonFile(auditPlaces, placesSchema, () => ({}), log);
  /** Places of this run: they hold even where the data folder is the disk that is full. */
  const moved = new Map<string, string>();

  async function places(): Promise<Record<string, string>> {
    return { ...(await store.read()), ...Object.fromEntries(moved) };
  }

  async function homeAudits(): Promise<string[]> {
    try {
      const entries = await readdir(audits, { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory() && isAuditId(entry.name)).map(({ name }) => name);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  return {
    newId: (now) => `${now.toISOString().slice(0, 10)}-${randomBytes(6).toString('hex')}`,
    async folderOf(audit) {
      if (!isAuditId(audit))
        return failed({ code: 'audit-unknown', severity: 'error', path: '', params: { audit } });
      return done((await places())[audit] ?? path.join(audits, audit));
    },
    async place(audit, folder) {
      moved.set(audit, folder);
      try {
        await store.write(await places());
      } catch (error) {
        log(`the new place of audit ${audit}, ${folder}, could not be remembered: ${String(error)}`);
      }
    },
    async list() {
      const elsewhere = await places();
      const atHome = (await homeAudits()).filter((audit) => elsewhere[audit] === undefined);
      return [
        ...atHome.map((audit) => ({ audit, folder: path.join(audits, audit) })),
        ...Object.entries(elsewhere).map(([audit, folder]) => ({ audit, folder })),
      ];
    },
  };
}
