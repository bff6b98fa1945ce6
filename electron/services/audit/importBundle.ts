/**
 * Takes in a record from elsewhere: a new audit as it is, a continuation of one that is here, or a fork, which is
 * merged where units are disjoint and listed where not.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Actor, AuditEvent } from '../../../shared/audit/events.ts';
import { foldAll } from '../../../shared/audit/fold.ts';
import { mergedEvent, mergeFork } from '../../../shared/audit/merge.ts';
import { picturesNamed } from '../../../shared/audit/verifyRecord.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import type { HostOutput } from '../../../shared/host/contract.ts';
import { makeFolder } from '../durable.ts';
import { writeProblem } from '../faults.ts';
import type { Places } from '../places.ts';
import { type AuditFolders, isAuditId } from './auditFolders.ts';
import { checkJournal } from './journalFile.ts';
import type { HeldAudit, OpenAudits } from './openAudits.ts';
import { picturesFolder, putPicture } from './pictures.ts';
import { appendSealed, recordHeld, stamped } from './record.ts';
import { checkRecord, openRecord, type RecordSource } from './recordSource.ts';

export interface ImportOptions {
  readonly folders: AuditFolders;
  readonly openAudits: OpenAudits;
  readonly places: Places;
  readonly now: () => Date;
}

type Imported = HostOutput<'audits.importBundle'>;

/** Problems: those of `openRecord`, `bundle-broken`, `audit-read-only`, and whatever merging refuses. */
export async function importBundle(
  { path: named, actor }: { readonly path: string; readonly actor: Actor },
  client: string,
  options: ImportOptions,
): Promise<Result<Imported>> {
  const real = await options.places.existing(named);
  if (!real.ok) return real;
  const source = await openRecord(real.value);
  if (!source.ok) return source;
  const report = await checkRecord(source.value, null);
  if (!report.isIntact || report.state === null || !isAuditId(report.state.audit)) {
    return failed(broken(real.value, report.chain));
  }
  const { audit } = report.state;
  const { events } = checkJournal(source.value.journal);
  const present = await options.openAudits.view(audit);
  if (!present.ok && present.problem.code !== 'audit-missing') return present;
  const imported = present.ok
    ? await mergeInto(audit, events, { actor, client, from: path.basename(named) }, options)
    : await takeAsNew(audit, events, client, options);
  const folder = await options.folders.folderOf(audit);
  if (imported.ok && folder.ok) await takePictures(source.value, events, folder.value);
  return imported;
}

async function takeAsNew(
  audit: string,
  events: readonly AuditEvent[],
  client: string,
  { folders, openAudits }: ImportOptions,
): Promise<Result<Imported>> {
  const folder = await folders.folderOf(audit);
  if (!folder.ok) return folder;
  const { spec } = foldAll(events)!;
  try {
    await makeFolder(picturesFolder(folder.value));
    if (spec !== null) {
      await writeFile(path.join(folder.value, 'spec.json'), `${JSON.stringify(spec.spec, null, 2)}\n`);
    }
  } catch (error) {
    return failed(writeProblem(folder.value, error));
  }
  const opened = await openAudits.createIn(folder.value, audit, client, async (writer) => {
    const written = await appendSealed({ events: [], folder: folder.value, writer }, events);
    return written.ok ? done(events) : written;
  });
  if (!opened.ok) return opened;
  await openAudits.close(audit, client);
  return done({ audit, isNew: true, merged: events.length, conflicts: [] });
}

interface MergeStamp {
  readonly actor: Actor;
  readonly client: string;
  /** What the record was called where it came from. */
  readonly from: string;
}

/** The audit is held for the length of the merge, and given back where it was not held before. */
async function mergeInto(
  audit: string,
  theirs: readonly AuditEvent[],
  stamp: MergeStamp,
  { openAudits, now }: ImportOptions,
): Promise<Result<Imported>> {
  const { client } = stamp;
  const wasHeld = openAudits.heldBy(client).some((held) => held.audit === audit);
  const opened = await openAudits.open(audit, client);
  if (!opened.ok) return opened;
  try {
    return await openAudits.withHeld(audit, client, async (held, replace) => {
      const merge = mergeFork(held.events, theirs);
      if (!merge.ok) return merge;
      const answer = { audit, isNew: false, merged: 0, conflicts: [...merge.value.conflicts] };
      if (merge.value.kind === 'nothing') return done(answer);
      if (merge.value.kind === 'fast-forward') {
        const taken = await continueWith(held, replace, merge.value.events);
        return taken.ok ? done({ ...answer, merged: merge.value.events.length }) : taken;
      }
      const { drafts } = merge.value;
      const opening = stamped([mergedEvent(stamp.from, merge.value)], stamp.actor, now());
      const recorded = await recordHeld(held, replace, [...opening, ...drafts]);
      return recorded.ok ? done({ ...answer, merged: drafts.length }) : recorded;
    });
  } finally {
    if (!wasHeld) await openAudits.close(audit, client);
  }
}

async function continueWith(
  held: HeldAudit,
  replace: (next: HeldAudit) => void,
  added: readonly AuditEvent[],
): Promise<Result<null>> {
  const written = await appendSealed(held, added);
  if (!written.ok) return written;
  replace({ ...held, events: [...held.events, ...added], state: foldAll(added, held.state)! });
  return done(null);
}

/** A picture that cannot be stored is one fewer picture; the record is whole without. */
async function takePictures(
  source: RecordSource,
  events: readonly AuditEvent[],
  folder: string,
): Promise<void> {
  for (const hash of picturesNamed(events)) {
    const bytes = await source.picture(hash);
    if (bytes !== null) await putPicture(folder, hash, bytes);
  }
}

function broken(file: string, chain: string): Problem {
  return { code: 'bundle-broken', severity: 'error', path: file, params: { chain } };
}
