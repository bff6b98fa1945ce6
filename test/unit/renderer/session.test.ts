/** The session over the real host and a real disk: shown at once, saved when it is on disk, sent again and never twice. */

import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSession, type Session } from '../../../renderer/state/session.ts';
import { createMemoryShelf, type Shelf } from '../../../renderer/storage/shelf.ts';
import type { EventDraft } from '../../../shared/audit/events.ts';
import { ProblemError } from '../../../shared/base/problem.ts';
import { type Host, plainChoice } from '../../../shared/host/contract.ts';
import { arrivalOf } from '../../../shared/readers/arrival.ts';
import { readIndexFile } from '../../../shared/readers/indexFile.ts';
import { type Reach, reachHost } from '../../contract/hosts.ts';
import { defaultSpec, intake, lead, stateOf, unitVerdict } from '../../support/auditSteps.ts';
import { makeSmallDelivery } from '../../support/smallDelivery.ts';
import { framesPerScene, makeTwoSources, people, program } from '../../support/twoSources.ts';

let reach: Reach;
let audit: string;
let folder: string;
let sessions: Session[];

beforeEach(async () => {
  reach = await reachHost('in process');
  sessions = [];
  const host = reach.host('maker');
  const { delivery } = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
  const created = await host.call('audits.create', {
    delivery,
    intake,
    spec: defaultSpec,
    actor: lead,
    order: null,
  });
  audit = created.audit;
  folder = created.folder;
  await host.call('audits.freezePlan', { audit, delivery, actor: lead, reason: null });
  await host.call('audits.close', { audit });
});

afterEach(async () => {
  for (const session of sessions) await session.getState().closeAudit();
  await reach.close();
});

/** A session of its own client, with the audit open. */
async function openSession(options: { host?: Host; shelf?: Shelf } = {}): Promise<Session> {
  const session = createSession({
    host: options.host ?? reach.host(),
    database: options.shelf ?? createMemoryShelf(),
    clock: { now: () => new Date() },
    fetchIndex: async (address) => {
      const index = readIndexFile(new Uint8Array(await (await reach.fetch(address)).arrayBuffer()));
      if (!index.ok) throw new ProblemError(index.problem);
      return { index: index.value, arrival: arrivalOf(index.value) };
    },
    putPicture: async () => 'stored',
  });
  sessions.push(session);
  session.getState().setActor(lead);
  await session.getState().openAudit(audit);
  return session;
}

async function status(session: Session, expected: string): Promise<void> {
  await vi.waitFor(() => expect(session.getState().saving.status).toBe(expected), { timeout: 5000 });
}

/** What the journal holds, read by another client. */
async function onDisk() {
  const { events } = await reach.host('reader').call('audits.open', { audit });
  return stateOf(events);
}

function unitAt(session: Session, at: number): string {
  return session.getState().audit!.sample!.labels.units[at]!.id;
}

/** The same host, but calls of one method go wrong as told: before they reach it, or after it has answered. */
function troubled(host: Host, when: 'before' | 'after', isTroubled: () => boolean): Host {
  return {
    ...host,
    async call(method, input, options) {
      const isHit = method === 'audits.append' && isTroubled();
      const lost = new ProblemError({ code: 'host-unreachable', severity: 'error', path: '' });
      if (isHit && when === 'before') throw lost;
      const answer = await host.call(method, input, options);
      if (isHit) throw lost;
      return answer;
    },
  };
}

describe('recording', () => {
  test('opens the audit with its delivery and index', async () => {
    const { opened, index, audit: state, isWritable } = (await openSession()).getState();
    expect(opened?.path).toBe(reach.delivery);
    expect(index?.labels.cuboids.count).toBe(30);
    expect(state?.sample?.labels.units.length).toBeGreaterThan(0);
    expect(isWritable).toBe(true);
  });

  test('shows a verdict at once, and says saved only when the journal has it', async () => {
    const session = await openSession();
    const unit = unitAt(session, 0);
    session.getState().record(unitVerdict(unit, true));
    const { shown, audit: saved, pending, saving } = session.getState();
    expect(shown?.verdicts.get(unit)?.verdict).toBe('accept');
    expect(saved?.verdicts.has(unit)).toBe(false);
    expect(pending).toHaveLength(1);
    expect(saving.status).toBe('saving');
    await status(session, 'saved');
    expect(session.getState().pending).toEqual([]);
    expect((await onDisk()).verdicts.has(unit)).toBe(true);
    expect(session.getState().saving.at).toBe((await onDisk()).lastAt);
  });

  test('keeps the order of what is recorded in one breath', async () => {
    const session = await openSession();
    const units = Array.from({ length: 8 }, (_, at) => unitAt(session, at));
    for (const unit of units) session.getState().record(unitVerdict(unit, true));
    await status(session, 'saved');
    const seqs = units.map((unit) => session.getState().audit!.verdicts.get(unit)!.seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    expect((await onDisk()).verdicts.size).toBe(8);
  });

  test('refuses what the rules forbid, without queueing it', async () => {
    const session = await openSession();
    const problem = session.getState().record(unitVerdict('no|such unit', true));
    expect(problem?.code).toBe('unit-not-drawn');
    expect(session.getState().pending).toEqual([]);
    expect(session.getState().notices.at(-1)?.problem?.code).toBe('unit-not-drawn');
  });

  test('an undo follows its verdict when another service wrote in between', async () => {
    let isTroubled = true;
    const session = await openSession({ host: troubled(reach.host('tab'), 'before', () => isTroubled) });
    const unit = unitAt(session, 0);
    session.getState().record(unitVerdict(unit, true));
    const { seq } = session.getState().shown!.verdicts.get(unit)!;
    session.getState().record({ type: 'verdict.undone', data: { unit, seq } });
    await status(session, 'unsaved');
    const between: EventDraft = { type: 'standing.shown', data: { isShown: true } };
    const expectedSeq = session.getState().audit!.seq;
    await reach.host('tab').call('audits.append', { audit, actor: lead, expectedSeq, drafts: [between] });
    isTroubled = false;
    session.getState().retry();
    await status(session, 'saved');
    const disk = await onDisk();
    expect(disk.isStandingShown).toBe(true);
    expect(disk.verdicts.has(unit)).toBe(false);
    expect(session.getState().notices.filter(({ problem }) => problem)).toEqual([]);
  });
});

describe('trouble', () => {
  test('an answer that is lost does not double the entry', async () => {
    let troubles = 1;
    const session = await openSession({ host: troubled(reach.host(), 'after', () => troubles-- > 0) });
    const unit = unitAt(session, 0);
    session.getState().record(unitVerdict(unit, true));
    await status(session, 'unsaved');
    expect(session.getState().shown?.verdicts.has(unit)).toBe(true);
    session.getState().retry();
    await status(session, 'saved');
    const { events } = await reach.host('reader').call('audits.open', { audit });
    expect(events.filter(({ type }) => type === 'verdict.given')).toHaveLength(1);
  });

  test('says within a second that the folder is gone, keeps the verdict, and saves when it is back', async () => {
    const session = await openSession();
    const unit = unitAt(session, 0);
    renameSync(folder, `${folder}-pulled`);
    session.getState().record(unitVerdict(unit, false));
    await vi.waitFor(() => expect(session.getState().saving.status).toBe('unsaved'), { timeout: 1000 });
    expect(session.getState().saving.problem).not.toBeNull();
    expect(session.getState().shown?.verdicts.get(unit)?.verdict).toBe('reject');
    renameSync(`${folder}-pulled`, folder);
    session.getState().retry();
    await status(session, 'saved');
    expect((await onDisk()).verdicts.get(unit)?.verdict).toBe('reject');
  });

  test('goes on in another folder', async () => {
    const session = await openSession();
    const unit = unitAt(session, 0);
    renameSync(folder, `${folder}-pulled`);
    session.getState().record(unitVerdict(unit, true));
    await status(session, 'unsaved');
    await session.getState().moveTo(path.join(reach.folder, 'elsewhere'));
    await status(session, 'saved');
    expect(session.getState().saving.folder.startsWith(path.join(reach.folder, 'elsewhere'))).toBe(true);
    expect(session.getState().audit?.verdicts.has(unit)).toBe(true);
  });

  test('what a window could not save is sent by the next one, once', async () => {
    const shelf = createMemoryShelf();
    const first = await openSession({ shelf, host: troubled(reach.host('tab'), 'before', () => true) });
    const unit = unitAt(first, 0);
    first.getState().record(unitVerdict(unit, true));
    await status(first, 'unsaved');
    await first.getState().closeAudit();
    const second = await openSession({ shelf, host: reach.host('tab') });
    await status(second, 'saved');
    expect(second.getState().notices.map(({ key }) => key)).toContain('saving.resent');
    expect((await onDisk()).verdicts.has(unit)).toBe(true);
    await second.getState().closeAudit();
    const third = await openSession({ shelf, host: reach.host('tab') });
    expect(third.getState().pending).toEqual([]);
    expect(third.getState().notices).toEqual([]);
  });

  test('an entry that was saved before the window closed is not sent again', async () => {
    const shelf = createMemoryShelf();
    const first = await openSession({ shelf, host: troubled(reach.host('tab'), 'after', () => true) });
    first.getState().record(unitVerdict(unitAt(first, 0), true));
    await status(first, 'unsaved');
    await first.getState().closeAudit();
    const second = await openSession({ shelf, host: reach.host('tab') });
    expect(second.getState().pending).toEqual([]);
    expect(second.getState().notices).toEqual([]);
    const { events } = await reach.host('reader').call('audits.open', { audit });
    expect(events.filter(({ type }) => type === 'verdict.given')).toHaveLength(1);
  });

  test('a projection that is not the record is made anew, and the person is told', async () => {
    const shelf = createMemoryShelf();
    const first = await openSession({ shelf });
    const head = (await shelf.head(audit))!;
    await first.getState().closeAudit();
    await shelf.appendEvents(audit, [{ seq: head.seq + 5, hash: 'f'.repeat(64) } as never]);
    const second = await openSession({ shelf });
    expect(second.getState().notices.map(({ key }) => key)).toEqual(['saving.rebuilt']);
    expect(await shelf.head(audit)).toEqual(head);
  });
});

describe('a delivery that moved', () => {
  test('is said to be gone, and taken back only where its labels are those of the audit', async () => {
    const moved = `${reach.delivery} moved`;
    renameSync(reach.delivery, moved);
    const session = await openSession();
    expect(session.getState().index).toBeNull();
    expect(session.getState().deliveryProblem).not.toBeNull();
    const other = makeSmallDelivery(path.join(reach.folder, 'other'));
    writeFileSync(path.join(other, 'label/000000.json'), '[]');
    await expect(session.getState().attachDelivery(other, null)).rejects.toMatchObject({
      problem: { code: 'delivery-is-another' },
    });
    expect(session.getState().index).toBeNull();
    await session.getState().attachDelivery(moved, null);
    expect(session.getState().opened?.path).toBe(moved);
    expect(session.getState().deliveryProblem).toBeNull();
    expect((await onDisk()).delivery.path).toBe(moved);
  });

  test('labels that changed since the intake are told', async () => {
    writeFileSync(path.join(reach.delivery, 'label/000000.json'), '[]');
    const session = await openSession();
    expect(session.getState().index).not.toBeNull();
    expect(session.getState().deliveryProblem?.code).toBe('delivery-changed');
  });
});

describe('several label sources', () => {
  const judged = (session: Session) => {
    const { opened, index } = session.getState();
    return [opened?.sources.at(0)?.name, index?.source.name, index?.labels.cuboids.count];
  };
  const ofProgram = [program.name, program.name, framesPerScene * program.carsPerFrame];
  let both: string;

  /** An audit of the program's labels; the delivery is then looked at with the people's. */
  beforeEach(async () => {
    both = makeTwoSources(path.join(reach.folder, 'two'));
    const host = reach.host('maker');
    const named = { path: both, sensorsPath: null };
    const choice = { ...plainChoice, labels: program.name };
    const { delivery } = await host.call('deliveries.open', { ...named, choice });
    const asked = { delivery, intake, spec: defaultSpec, actor: lead, order: null };
    const created = await host.call('audits.create', asked);
    audit = created.audit;
    await host.call('audits.close', { audit });
    await host.call('deliveries.open', { ...named, choice: plainChoice });
  });

  test('an audit judges the source its record names, whatever was looked at last', async () => {
    const session = await openSession();
    expect(session.getState().audit?.delivery.source).toBe(program.name);
    expect(judged(session)).toEqual(ofProgram);
    expect(session.getState().index?.others.map(({ name }) => name)).toEqual([people.name]);
    expect(session.getState().deliveryProblem).toBeNull();
  });

  test('so it does where the other one is on screen as it is opened', async () => {
    const session = await openSession();
    await session.getState().closeAudit();
    await session.getState().openDelivery(both, null, { choice: plainChoice });
    expect(judged(session)[0]).toBe(people.name);
    await session.getState().openAudit(audit);
    expect(judged(session)).toEqual(ofProgram);
  });

  test('and where the delivery moved', async () => {
    const moved = `${both} moved`;
    renameSync(both, moved);
    const session = await openSession();
    expect(session.getState().deliveryProblem).not.toBeNull();
    await session.getState().attachDelivery(moved, null);
    expect(judged(session)).toEqual(ofProgram);
    expect((await onDisk()).delivery).toMatchObject({ path: moved, source: program.name });
  });
});

describe('one writer', () => {
  test('a second window reads only, says who writes, and takes over when the first is closed', async () => {
    const first = await openSession();
    const second = await openSession();
    expect(second.getState().isWritable).toBe(false);
    expect(second.getState().heldBy).not.toBeNull();
    expect(second.getState().saving.status).toBe('read-only');
    expect(second.getState().record(unitVerdict(unitAt(second, 0), true))?.code).toBe('audit-read-only');
    first.getState().record(unitVerdict(unitAt(first, 0), true));
    await status(first, 'saved');
    await first.getState().closeAudit();
    await second.getState().takeOver();
    expect(second.getState().isWritable).toBe(true);
    expect(second.getState().audit?.verdicts.size).toBe(1);
    second.getState().record(unitVerdict(unitAt(second, 1), true));
    await status(second, 'saved');
    expect((await onDisk()).verdicts.size).toBe(2);
  });

  test('nobody records without saying who judges', async () => {
    const session = await openSession();
    session.getState().setActor(null);
    expect(session.getState().record(unitVerdict(unitAt(session, 0), true))?.code).toBe('profile-missing');
  });
});
