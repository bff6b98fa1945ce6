/** The shelf in IndexedDB. Strict durability: Chromium's default may lose the last entries when the power goes. */
import { Dexie, type Table } from 'dexie';
import type { AuditEvent } from '../../shared/audit/events.ts';
import type { KeptPicture, QueuedDraft, Shelf } from './shelf.ts';

interface EventRow {
  readonly audit: string;
  readonly seq: number;
  readonly event: AuditEvent;
}

interface DraftRow {
  readonly audit: string;
  readonly profile: string;
  readonly name: string;
  readonly draft: unknown;
}

interface QueueRow extends QueuedDraft {
  /** Order of recording, given by the database. */
  readonly order?: number;
}

class AssayDatabase extends Dexie {
  declare readonly events: Table<EventRow, [string, number]>;
  declare readonly queue: Table<QueueRow, number>;
  declare readonly prepared: Table<DraftRow, [string, string, string]>;
  declare readonly pictures: Table<KeptPicture, [string, string]>;

  constructor() {
    super('assay', { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ events: '[audit+seq], audit', queue: '++order, &id, audit' });
    this.version(2).stores({ pictures: '[audit+hash], audit' });
    this.version(3).stores({ prepared: '[audit+profile+name], [audit+profile]' });
  }
}

/** Opens the database. Rejects where the browser cannot keep one (full, forbidden, broken). */
export async function openDexieShelf(): Promise<Shelf> {
  const database = new AssayDatabase();
  await database.open();
  const rowsOf = (audit: string, events: readonly AuditEvent[]): EventRow[] =>
    events.map((event) => ({ audit, seq: event.seq, event }));
  return {
    async head(audit) {
      const last = await database.events
        .where('[audit+seq]')
        .between([audit, Dexie.minKey], [audit, Dexie.maxKey])
        .last();
      return last ? { seq: last.seq, hash: last.event.hash } : null;
    },
    async replaceEvents(audit, events) {
      await database.transaction('rw', database.events, async () => {
        await database.events.where('audit').equals(audit).delete();
        await database.events.bulkPut(rowsOf(audit, events));
      });
    },
    async appendEvents(audit, events) {
      await database.events.bulkPut(rowsOf(audit, events));
    },
    async queued(audit) {
      const rows = await database.queue.where('audit').equals(audit).sortBy('order');
      return rows.map(({ order: _order, ...entry }) => entry);
    },
    async enqueue(entry) {
      await database.queue.add(entry);
    },
    async dequeue(ids) {
      await database.queue.where('id').anyOf(ids).delete();
    },
    async keepPicture(picture) {
      await database.pictures.put(picture);
    },
    pictures: (audit) => database.pictures.where('audit').equals(audit).toArray(),
    dropPicture: (audit, hash) => database.pictures.delete([audit, hash]),
    async keepDraft(audit, profile, name, draft) {
      if (draft === null) await database.prepared.delete([audit, profile, name]);
      else await database.prepared.put({ audit, profile, name, draft });
    },
    async drafts(audit, profile) {
      const rows = await database.prepared.where({ audit, profile }).toArray();
      return new Map(rows.map(({ name, draft }) => [name, draft]));
    },
  };
}
