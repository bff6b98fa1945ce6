/** What an audit has on disk, read without the app: its journal and what stands in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AuditEvent, EventType, FrozenSample } from '../../../shared/audit/events.ts';

type EventOf<Type extends EventType> = Extract<AuditEvent, { readonly type: Type }>;

/** Folders of all audits of a data folder. */
function auditFolders(home: string): string[] {
  const audits = path.join(home, 'audits');
  if (!existsSync(audits)) return [];
  return readdirSync(audits)
    .map((name) => path.join(audits, name))
    .filter((folder) => existsSync(path.join(folder, 'events.jsonl')));
}

/** The folder of the only audit there is. */
export function onlyAudit(home: string): string {
  const folders = auditFolders(home);
  if (folders.length !== 1) throw new Error(`${folders.length} audits in ${home}`);
  return folders[0]!;
}

/** Every entry whose line is complete. */
export function readJournal(folder: string): AuditEvent[] {
  const lines = readFileSync(path.join(folder, 'events.jsonl'), 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as AuditEvent);
}

export function entriesOf<Type extends EventType>(folder: string, type: Type): EventOf<Type>[] {
  return readJournal(folder).filter((event): event is EventOf<Type> => event.type === type);
}

/** The sample in force. */
export function drawnSample(folder: string): FrozenSample {
  const last = entriesOf(folder, 'plan.frozen').at(-1);
  if (!last) throw new Error('nothing is drawn yet');
  return last.data;
}

/** The verdict in force of each unit: the last one given and not undone. */
export function standingVerdicts(folder: string): Map<string, EventOf<'verdict.given'>['data']> {
  const standing = new Map<string, EventOf<'verdict.given'>['data']>();
  for (const event of readJournal(folder)) {
    if (event.type === 'verdict.given') standing.set(event.data.unit, event.data);
    if (event.type === 'verdict.undone') standing.delete(event.data.unit);
  }
  return standing;
}

/** The same for search cells. */
export function standingCells(folder: string): Map<string, EventOf<'cell.judged'>['data']> {
  const standing = new Map<string, EventOf<'cell.judged'>['data']>();
  for (const event of readJournal(folder)) {
    if (event.type === 'cell.judged') standing.set(event.data.cell, event.data);
    if (event.type === 'cell.undone') standing.delete(event.data.cell);
  }
  return standing;
}
