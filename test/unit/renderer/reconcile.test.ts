/** Entries that may have been saved: every one found once, none found twice, whatever stands in between. */
import { describe, expect, test } from 'vitest';
import { rebase, reconcile } from '../../../renderer/state/reconcile.ts';
import type { QueuedDraft } from '../../../renderer/storage/shelf.ts';
import type { AuditEvent, EventDraft } from '../../../shared/audit/events.ts';
import { lead, unitVerdict } from '../../support/auditSteps.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const other: EventDraft = { type: 'standing.shown', data: { isShown: true } };

function event(draft: EventDraft, seq: number): AuditEvent {
  return { ...draft, seq, at: '2026-11-22T10:00:00.000Z', actor: lead, prev: '', hash: String(seq) };
}

function entry(draft: EventDraft, basedOn: number, seq: number): QueuedDraft {
  return { id: `e${seq}`, audit: 'a', draft, actor: lead, basedOn, seq, recordedAt: '' };
}

describe('reconcile', () => {
  test('finds exactly the entries that the journal holds, in order (200 rounds, seed 11)', () => {
    const { next: random } = seededRandom(11);
    for (let round = 0; round < 200; round += 1) {
      const length = 1 + Math.floor(random() * 6);
      // Few different units, so that entries look alike.
      const drafts = Array.from({ length }, () =>
        unitVerdict(`u${Math.floor(random() * 3)}`, random() < 0.5),
      );
      const queue = drafts.map((draft, at) => entry(draft, 10, 11 + at));
      // A journal takes a leading part of the queue, never a later one without it.
      const taken = Math.floor(random() * (length + 1));
      const events: AuditEvent[] = [event(drafts[0]!, 5)];
      for (const draft of drafts.slice(0, taken)) {
        if (random() < 0.4) events.push(event(other, 11 + events.length));
        events.push(event(draft, 11 + events.length));
      }
      const { saved, unsaved } = reconcile(queue, events);
      expect(saved.map((found) => found.entry.id)).toEqual(queue.slice(0, taken).map(({ id }) => id));
      expect(unsaved).toEqual(queue.slice(taken));
      expect(new Set(saved.map((found) => found.event.seq)).size).toBe(taken);
    }
  });

  test('what the journal held before cannot be the entry', () => {
    const draft = unitVerdict('u1', true);
    expect(reconcile([entry(draft, 7, 8)], [event(draft, 7)]).unsaved).toHaveLength(1);
    expect(reconcile([entry(draft, 6, 7)], [event(draft, 7)]).unsaved).toHaveLength(0);
  });

  test('the order of keys does not matter, what the journal mends in text neither', () => {
    const draft: EventDraft = {
      type: 'intake.changed',
      data: { intake: { vendor: 'a\ud800b', team: '' } as never },
    };
    const written = event(
      { type: 'intake.changed', data: { intake: { team: '', vendor: 'a\ufffdb' } as never } },
      3,
    );
    expect(reconcile([entry(draft, 2, 3)], [written]).saved).toHaveLength(1);
  });

  test('an undo follows its verdict, saved or still waiting', () => {
    const verdict = entry(unitVerdict('u1', true), 4, 5);
    const undo = entry({ type: 'verdict.undone', data: { unit: 'u1', seq: 5 } }, 4, 6);
    const events = [event(other, 5), event(verdict.draft, 6)];
    const afterSaved = rebase(reconcile([verdict, undo], events), 6);
    expect(afterSaved).toMatchObject([{ seq: 7, draft: { data: { seq: 6 } } }]);
    const bothWaiting = rebase(reconcile([verdict, undo], [event(other, 5)]), 5);
    expect(bothWaiting).toMatchObject([{ seq: 6 }, { seq: 7, draft: { data: { seq: 6 } } }]);
  });
});
