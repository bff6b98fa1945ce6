/** What the chain promises: nothing in a journal can be changed, dropped or moved unseen. */
import { beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../shared/audit/canonicalJson.ts';
import { eventLine, sealEvent, sealEvents, verifyChain, zeroHash } from '../../../shared/audit/chain.ts';
import { parseEvent } from '../../../shared/audit/parseEvent.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { AuditDesk, auditor, defect, sha256 } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

let desk: AuditDesk;
let text: string;

beforeAll(() => {
  desk = AuditDesk.ready(makeIndex({ cuboidsPerFrame: 12 }));
  for (const { id } of desk.units.slice(0, 6)) desk.record(desk.verdict(id, 'accept'));
  desk.record(desk.verdict(desk.units[6]!.id, 'reject', defect('GHOST', 'major', '并非真实目标 €')));
  text = desk.lines.join('\n');
});

describe('the chain', () => {
  test('a whole journal holds, and its events come back equal', () => {
    const report = verifyChain(text.split('\n'), sha256);
    expect(report).toMatchObject({ brokenAt: null, tornAt: null, problem: null, head: desk.state!.head });
    expect(report.events).toEqual(desk.events);
  });

  test('the first event follows sixty-four zeros and each the one before', () => {
    expect(desk.events[0]).toMatchObject({ seq: 1, prev: zeroHash });
    for (const [at, event] of desk.events.slice(1).entries()) expect(event.prev).toBe(desk.events[at]!.hash);
  });

  test('the hash is SHA-256 over the canonical event without it', () => {
    const { hash, ...body } = desk.events[3]!;
    expect(sha256(new TextEncoder().encode(canonicalJson(body)))).toBe(hash);
  });

  test('sealing several drafts is sealing one after the other', () => {
    const last = desk.events.at(-1)!;
    const drafts = desk.units.slice(7, 10).map(({ id }) => desk.verdict(id, 'accept'));
    const stamp = { at: '2026-02-01T12:00:00.000Z', actor: auditor };
    const sealed = sealEvents(drafts, last, stamp, sha256);
    expect(sealed.map(({ seq }) => seq)).toEqual([last.seq + 1, last.seq + 2, last.seq + 3]);
    expect(sealed[2]).toEqual(
      sealEvent(drafts[2]!, { ...stamp, seq: last.seq + 3, prev: sealed[1]!.hash }, sha256),
    );
  });

  test('any flipped bit is found in its own line, and what stands before it is kept', () => {
    const bytes = new TextEncoder().encode(text);
    const random = seededRandom(8785);
    for (let round = 0; round < 400; round += 1) {
      const at = random.integer(0, bytes.length - 2);
      const line = bytes.subarray(0, at).filter((byte) => byte === 10).length + 1;
      const changed = bytes.slice();
      changed[at]! ^= 1 << random.integer(0, 7);
      const report = verifyChain(new TextDecoder().decode(changed).split('\n'), sha256);
      expect(report.brokenAt, `byte ${at}`).toBe(line);
      expect(report.events, `byte ${at}`).toEqual(desk.events.slice(0, line - 1));
    }
  });

  test('a dropped, doubled, swapped or added line breaks the chain there', () => {
    const lines = text.split('\n');
    expect(verifyChain(lines.toSpliced(4, 1), sha256).brokenAt).toBe(5);
    expect(verifyChain(lines.toSpliced(4, 0, lines[3]!), sha256).brokenAt).toBe(5);
    expect(verifyChain([...lines.slice(0, 3), lines[4]!, lines[3]!, ''], sha256).brokenAt).toBe(4);
    expect(verifyChain(lines.toSpliced(2, 0, ''), sha256).brokenAt).toBe(3);
  });

  test('a changed verdict with a recomputed hash breaks the next line', () => {
    const events = desk.events.map((event) => structuredClone(event));
    const target = events.findIndex(({ type }) => type === 'verdict.given');
    const forged = { ...events[target]!, at: '2026-02-02T00:00:00.000Z' };
    events[target] = sealEvent(forged, forged, sha256);
    expect(verifyChain([...events.map(eventLine), ''], sha256).brokenAt).toBe(target + 2);
  });

  test('a line rewritten in another form does not pass for the same', () => {
    const lines = text.split('\n');
    const spaced = lines.with(1, lines[1]!.replace('{', '{ '));
    const escaped = lines.with(1, lines[1]!.replace('spec.chosen', '\\u0073pec.chosen'));
    expect(verifyChain(spaced, sha256).brokenAt).toBe(2);
    expect(verifyChain(escaped, sha256).brokenAt).toBe(2);
  });

  test('a write that was cut off anywhere is torn, not broken; one without its line feed still counts', () => {
    const lines = text.split('\n').slice(0, -1);
    const last = lines.at(-1)!;
    for (const length of [1, 20, last.length - 1]) {
      const report = verifyChain([...lines.slice(0, -1), last.slice(0, length)], sha256);
      expect(report).toMatchObject({ brokenAt: null, tornAt: lines.length });
      expect(report.events).toHaveLength(lines.length - 1);
    }
    expect(verifyChain(lines, sha256)).toMatchObject({ tornAt: null, head: desk.state!.head });
  });

  test('a journal that does not begin with its opening is broken at once', () => {
    const foreign = sealEvent(
      { type: 'standing.shown', data: { isShown: true } },
      { seq: 1, at: '2026-02-01T00:00:00.000Z', actor: auditor, prev: zeroHash },
      sha256,
    );
    expect(verifyChain([eventLine(foreign), ''], sha256)).toMatchObject({ brokenAt: 1, events: [] });
  });

  test('an event of a newer version is a problem, not a break and not a crash', () => {
    const last = desk.events.at(-1)!;
    const body = {
      seq: last.seq + 1,
      at: last.at,
      actor: auditor,
      prev: last.hash,
      type: 'agent.asked',
      data: {},
    };
    const newer = { ...body, hash: sha256(new TextEncoder().encode(canonicalJson(body))) };
    const report = verifyChain([...desk.lines.slice(0, -1), canonicalJson(newer), ''], sha256);
    expect(report).toMatchObject({ brokenAt: null, problem: { code: 'event-newer-than-app' } });
    expect(report.problem?.params).toEqual({ type: 'agent.asked', seq: last.seq + 1 });
    expect(report.events).toHaveLength(desk.events.length);
  });

  test('the parser names the field that is wrong', () => {
    const event = structuredClone(desk.events.find(({ type }) => type === 'verdict.given')!) as unknown as {
      data: { durationMs: unknown };
    };
    event.data.durationMs = 'soon';
    const result = parseEvent(event);
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'event-unreadable', place: '/data/durationMs' },
    });
    expect(parseEvent(null)).toMatchObject({ ok: false });
    expect(parseEvent({ ...desk.events[0], at: 'yesterday' })).toMatchObject({ problem: { place: '/at' } });
  });

  test('names such as those of Object.prototype are no event types', () => {
    expect(parseEvent({ ...desk.events[0], type: 'constructor' })).toMatchObject({
      problem: { code: 'event-newer-than-app' },
    });
  });
});
