/** Who may write: one client at a time, until it closes or has not been heard of for two minutes. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAuditFolders } from '../../../electron/services/audit/auditFolders.ts';
import { createOpenAudits } from '../../../electron/services/audit/openAudits.ts';
import { recordDrafts, recordHeld, stamped } from '../../../electron/services/audit/record.ts';
import { makeFolder } from '../../../electron/services/durable.ts';
import { done } from '../../../shared/base/problem.ts';
import { intake, lead } from '../../support/auditSteps.ts';
import { temporaryFolders } from './temporary.ts';

const freshFolder = temporaryFolders('open-audits');

const delivery = {
  format: 'openlabel',
  path: '/deliveries/7',
  sensorsPath: null,
  labelsHash: 'a'.repeat(64),
  frames: 1,
  cuboids: 1,
  boxes2d: 0,
  problems: 0,
};

async function desk() {
  const home = freshFolder();
  let clock = Date.parse('2026-11-22T08:00:00Z');
  const now = () => new Date(clock);
  const folders = createAuditFolders(
    { audits: path.join(home, 'audits'), auditPlaces: path.join(home, 'audit-places.json') },
    () => undefined,
  );
  const openAudits = createOpenAudits(folders, now);
  const folder = path.join(home, 'audits/a-1');
  await makeFolder(folder);
  const opening = { type: 'audit.opened', data: { audit: 'a-1', delivery, intake } };
  await openAudits.createIn(folder, 'a-1', 'first', async (writer) => {
    const base = { events: [], state: null, folder, writer };
    const recorded = await recordDrafts(base, stamped([opening], lead, now()));
    return recorded.ok ? done(recorded.value.events) : recorded;
  });
  const change = (client: string, team: string) =>
    openAudits.withHeld('a-1', client, (held, replace) =>
      recordHeld(
        held,
        replace,
        stamped([{ type: 'intake.changed', data: { intake: { ...intake, team } } }], lead, now()),
      ),
    );
  const pass = (seconds: number) => {
    clock += seconds * 1000;
  };
  const isWritable = async (client: string) => {
    const opened = await openAudits.open('a-1', client);
    return opened.ok && opened.value.isWritable;
  };
  return { openAudits, change, pass, isWritable };
}

describe('one writer', () => {
  test('a quiet client is heard of by any call it makes, and loses its place after two minutes without', async () => {
    const { openAudits, change, pass, isWritable } = await desk();
    pass(100);
    openAudits.seen('first');
    pass(100);
    expect(await isWritable('second')).toBe(false);
    pass(130);
    expect(await isWritable('second')).toBe(true);
    expect(await change('first', 'late')).toMatchObject({ ok: false, problem: { code: 'audit-read-only' } });
    expect((await change('second', 'now')).ok).toBe(true);
    expect(await isWritable('first')).toBe(false);
    await openAudits.closeAll();
  });

  test('a reload of the same client keeps its place', async () => {
    const { openAudits, change, isWritable } = await desk();
    expect(await isWritable('first')).toBe(true);
    expect((await change('first', 'again')).ok).toBe(true);
    await openAudits.closeAll();
  });

  test('only who holds it can give it back', async () => {
    const { openAudits, isWritable } = await desk();
    expect(await isWritable('first')).toBe(true);
    await openAudits.close('a-1', 'nobody');
    expect(await isWritable('second')).toBe(false);
    await openAudits.close('a-1', 'first');
    expect(await isWritable('second')).toBe(true);
    await openAudits.closeAll();
  });

  test('work on one audit never overlaps: many appends at once make one chain', async () => {
    const { openAudits, change } = await desk();
    const answers = await Promise.all(Array.from({ length: 25 }, (_, at) => change('first', `team ${at}`)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const view = await openAudits.view('a-1');
    expect(view.ok && view.value.events.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 26 }, (_, at) => at + 1),
    );
    await openAudits.closeAll();
    const reread = await openAudits.view('a-1');
    expect(reread.ok && reread.value.events).toEqual(view.ok && view.value.events);
  });
});
