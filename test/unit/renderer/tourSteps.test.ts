/** The tour goes on by what was done, never back, and counts nothing that was done before its step. */
import { describe, expect, test } from 'vitest';
import { commandTable } from '../../../renderer/app/commandTable.ts';
import { stepAfter, type TourFacts, tourSteps } from '../../../renderer/tour/tourSteps.ts';
import { languages } from '../../../shared/messages/index.ts';
import { translator } from '../../../shared/messages/translate.ts';

const nothing: TourFacts = {
  isSampleOpen: false,
  hasAudit: false,
  hasProfile: false,
  isDrawn: false,
  accepted: 0,
  rejected: 0,
  judged: 0,
  ran: new Set(),
};
const at = (id: string): number => tourSteps.findIndex((step) => step.id === id);
const idAfter = (id: string, facts: Partial<TourFacts>): string =>
  tourSteps[stepAfter(at(id), { ...nothing, ...facts })]!.id;

describe('tour', () => {
  test('each step waits for its own deed', () => {
    const deeds: readonly (readonly [string, Partial<TourFacts>, string])[] = [
      ['open', { isSampleOpen: true }, 'name'],
      ['name', { isSampleOpen: true, hasProfile: true }, 'start'],
      ['start', { hasProfile: true, hasAudit: true }, 'freeze'],
      ['freeze', { hasAudit: true, isDrawn: true }, 'look'],
      ['look', { ran: new Set(['review.face']) }, 'accept'],
      ['accept', { accepted: 1, judged: 1 }, 'reject'],
      ['reject', { accepted: 1, rejected: 1, judged: 2 }, 'undo'],
      ['undo', { accepted: 1, rejected: 0, judged: 1 }, 'judge'],
      ['judge', { judged: 3 }, 'done'],
      ['done', { judged: 100 }, 'done'],
    ];
    for (const [id, facts, next] of deeds) expect([id, idAfter(id, facts)]).toEqual([id, next]);
    for (const { id } of tourSteps) {
      // Nothing rejected is what the step that takes a rejection back waits for.
      const still = id === 'undo' ? { rejected: 1 } : {};
      expect([id, idAfter(id, still)]).toEqual([id, id]);
    }
  });

  test('who has a profile and an audit already is not asked for them again', () => {
    expect(idAfter('open', { hasProfile: true, hasAudit: true, isDrawn: true })).toBe('look');
  });

  test('what was done stays done: an undo leads no step back', () => {
    expect(idAfter('judge', { judged: 0, accepted: 0 })).toBe('judge');
  });

  test('a step remembered by another version is brought into range', () => {
    expect(stepAfter(-3, nothing)).toBe(0);
    expect(stepAfter(999, nothing)).toBe(tourSteps.length - 1);
  });

  test('every step has its words in both languages, and a command that exists', () => {
    const ids = new Set(commandTable.map(({ id }) => id));
    for (const { id, command } of tourSteps) {
      if (command !== null) expect(ids).toContain(command);
      for (const language of languages) {
        for (const part of ['title', 'text']) {
          const key = `tour.steps.${id}.${part}`;
          expect(translator(language)(key)).not.toBe(key);
        }
      }
    }
  });
});
