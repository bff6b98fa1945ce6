/** The life of an audit through every host: begun, drawn, judged, signed, handed over, answered, checked. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disagreements } from '../../shared/audit/disagreement.ts';
import type { Actor, EventDraft } from '../../shared/audit/events.ts';
import { planOutcome } from '../../shared/audit/outcome.ts';
import type { Problem } from '../../shared/base/problem.ts';
import { pictureAddress } from '../../shared/host/addresses.ts';
import type { Host, OpenAudit } from '../../shared/host/contract.ts';
import { parseCsv, writeCsv } from '../../shared/report/csv.ts';
import { defaultSpec, intake, judgeAll, lead, stateOf, unitVerdict } from '../support/auditSteps.ts';
import { smallFrames } from '../support/smallDelivery.ts';
import { type Reach, reachHost, reachKinds, requestKinds } from './hosts.ts';

async function problemOf(call: Promise<unknown>): Promise<Problem> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  const { problem } = (error ?? {}) as { problem?: Problem };
  if (!problem) throw new Error(`no problem but ${String(error)}`);
  return problem;
}

interface Begun {
  readonly delivery: string;
  readonly opened: OpenAudit;
  readonly audit: string;
}

async function begin(host: Host, reach: Reach): Promise<Begun> {
  const { delivery } = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
  const opened = await host.call('audits.create', {
    delivery,
    intake,
    spec: defaultSpec,
    actor: lead,
    order: null,
  });
  return { delivery, opened, audit: opened.audit };
}

const second: Actor = { profile: 'p-ben', name: 'Ben', role: 'auditor' };

async function append(host: Host, audit: string, drafts: readonly EventDraft[], actor: Actor = lead) {
  const { events } = await host.call('audits.open', { audit });
  return host.call('audits.append', { audit, actor, expectedSeq: events.length, drafts: [...drafts] });
}

async function draw(host: Host, { audit, delivery }: Begun) {
  await host.call('audits.freezePlan', { audit, delivery, actor: lead, reason: null });
  return stateOf((await host.call('audits.open', { audit })).events).sample!;
}

async function signed(host: Host, begun: Begun, bad: readonly number[] = []): Promise<void> {
  const { audit } = begun;
  await append(host, audit, judgeAll(await draw(host, begun), bad));
  const state = stateOf((await host.call('audits.open', { audit })).events);
  const outcome = planOutcome(state);
  const disposition = outcome.outcome === 'met' ? 'accept' : 'not-accept';
  await host.call('audits.sign', { audit, actor: lead, disposition, reason: '', outcome });
}

describe.each(reachKinds)('an audit, %s', (kind) => {
  let reach: Reach;
  beforeAll(async () => {
    reach = await reachHost(kind);
  });
  afterAll(() => reach.close());

  test('begins with its delivery, its spec and what was ordered', async () => {
    const host = reach.host();
    const { delivery } = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    const order = path.join(reach.folder, 'order.csv');
    writeFileSync(order, '# ordered\n000000,\n000001,\n"000099",\n');
    const opened = await host.call('audits.create', {
      delivery,
      intake,
      spec: defaultSpec,
      actor: lead,
      order,
    });
    expect(opened.isWritable).toBe(true);
    const state = stateOf(opened.events);
    expect(state.delivery.cuboids).toBe(30);
    expect(state.spec?.spec.name).toBe(defaultSpec.name);
    expect(state.order?.missing).toEqual(['000099']);
    expect(state.order?.unexpected).toHaveLength(4);
    expect(readdirSync(opened.folder).sort()).toEqual(['events.jsonl', 'lock', 'pictures', 'spec.json']);
    const { audits } = await host.call('audits.list', {});
    expect(audits.find(({ audit }) => audit === opened.audit)).toMatchObject({
      phase: 'intake',
      deliveryExists: true,
    });
  });

  test('previews the lot and freezes a draw that only a reason replaces', async () => {
    const host = reach.host();
    const begun = await begin(host, reach);
    const lot = await host.call('audits.lot', { delivery: begun.delivery, spec: defaultSpec });
    expect(lot).toMatchObject({ unit: 'cuboid', lotSize: 30, byClass: { car: 30 }, uninspectable: 0 });
    const first = await draw(host, begun);
    expect(first.labels.population).toBe(30);
    const again = { audit: begun.audit, delivery: begun.delivery, actor: lead };
    expect((await problemOf(host.call('audits.freezePlan', { ...again, reason: null }))).code).toBe(
      'replan-without-reason',
    );
    const { events } = await host.call('audits.freezePlan', { ...again, reason: 'wrong AQL agreed' });
    expect(stateOf((await host.call('audits.open', { audit: begun.audit })).events).draws).toHaveLength(2);
    expect(events).toHaveLength(1);
    const second = stateOf((await host.call('audits.open', { audit: begun.audit })).events).sample!;
    expect(second.labels.seed).not.toBe(first.labels.seed);
  });

  test('a minimum of points is counted from the sweeps', async () => {
    const host = reach.host();
    const { delivery } = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    const scope = { ...defaultSpec.scope, minPoints: 1 };
    const few = await host.call('audits.lot', { delivery, spec: { ...defaultSpec, scope } });
    const many = await host.call('audits.lot', {
      delivery,
      spec: { ...defaultSpec, scope: { ...scope, minPoints: 1000 } },
    });
    expect(few.lotSize).toBeGreaterThan(0);
    expect(many.lotSize).toBe(0);
    expect(many.excluded).toEqual({ points: 30 });
  });

  test('a sweep that cannot be read leaves its units in the sample, uninspectable', async () => {
    const host = reach.host();
    const folder = path.join(reach.folder, 'torn');
    cpSync(reach.delivery, folder, { recursive: true });
    writeFileSync(path.join(folder, 'lidar/000002.pcd'), 'not a cloud at all');
    const { delivery } = await host.call('deliveries.open', { path: folder, sensorsPath: null });
    const { audit } = await host.call('audits.create', {
      delivery,
      intake,
      spec: defaultSpec,
      actor: lead,
      order: null,
    });
    const sample = await draw(host, { audit, delivery, opened: await host.call('audits.open', { audit }) });
    const blind = sample.labels.units.filter(({ isInspectable }) => !isInspectable);
    expect(blind.length).toBeGreaterThan(0);
    expect(blind).toEqual(sample.labels.units.filter(({ frame }) => frame === '000002'));
  });

  test('records what the rules let through, at the seq the screen saw, and nothing else', async () => {
    const host = reach.host();
    const begun = await begin(host, reach);
    const sample = await draw(host, begun);
    const { audit } = begun;
    const unit = sample.labels.units[0]!.id;
    const seq = (await host.call('audits.open', { audit })).events.length;
    const call = (expectedSeq: number, drafts: EventDraft[]) =>
      host.call('audits.append', { audit, actor: lead, expectedSeq, drafts });
    expect(await problemOf(call(seq - 1, [unitVerdict(unit, true)]))).toMatchObject({
      code: 'audit-moved-on',
      params: { expected: seq - 1, actual: seq },
    });
    expect((await problemOf(call(seq, [unitVerdict('nobody|1', true)]))).code).toBe('unit-not-drawn');
    // One refused draft refuses them all.
    await problemOf(call(seq, [unitVerdict(unit, true), unitVerdict('nobody|1', true)]));
    const stamp = { type: 'sensors.hashed', data: { files: 1, hashed: 1, mismatched: [] } } as const;
    expect((await problemOf(call(seq, [{ ...stamp, data: { ...stamp.data, mismatched: [] } }]))).code).toBe(
      'draft-not-allowed',
    );
    const wrongHash = { spec: defaultSpec, specHash: '0'.repeat(64) };
    expect((await problemOf(call(seq, [{ type: 'spec.chosen', data: wrongHash }]))).code).toBe(
      'spec-hash-differs',
    );
    const { events } = await call(seq, [unitVerdict(unit, false)]);
    expect(events).toHaveLength(1);
    expect(stateOf((await host.call('audits.open', { audit })).events).verdicts.get(unit)?.verdict).toBe(
      'reject',
    );
  });

  test('has one writer; others read, and write once it is given back', async () => {
    const first = reach.host();
    const second = reach.host();
    const begun = await begin(first, reach);
    const { audit } = begun;
    const reading = await second.call('audits.open', { audit });
    expect(reading).toMatchObject({ isWritable: false });
    expect(reading.heldBy).toEqual({ kind: 'window' });
    expect(reading.events).toHaveLength(begun.opened.events.length);
    const change: EventDraft = { type: 'intake.changed', data: { intake: { ...intake, team: 'Team 5' } } };
    expect((await problemOf(append(second, audit, [change]))).code).toBe('audit-read-only');
    await first.call('audits.close', { audit });
    expect((await second.call('audits.open', { audit })).isWritable).toBe(true);
    await append(second, audit, [change]);
    expect((await first.call('audits.open', { audit })).isWritable).toBe(false);
  });

  test('is signed as shown and not otherwise; the signature verifies, pinned where the key is known', async () => {
    const host = reach.host();
    const begun = await begin(host, reach);
    const { audit } = begun;
    await append(host, audit, judgeAll(await draw(host, begun), []));
    const state = stateOf((await host.call('audits.open', { audit })).events);
    const outcome = planOutcome(state);
    expect(outcome.outcome).toBe('met');
    const sign = { audit, actor: lead, disposition: 'accept', reason: '' } as const;
    const stale = { ...outcome, outcome: 'not-met' as const };
    expect((await problemOf(host.call('audits.sign', { ...sign, outcome: stale }))).code).toBe(
      'sign-outcome-moved',
    );
    await host.call('audits.sign', { ...sign, outcome });
    const { publicKey } = await host.call('host.describe', {});
    const verified = await host.call('audits.verify', { path: begun.opened.folder, key: publicKey });
    expect(verified).toMatchObject({ chain: 'ok', disposition: 'accept', isIntact: true, breaches: [] });
    expect(verified.signatures.map(({ verdict }) => verdict)).toEqual(['pinned']);
    const unpinned = await host.call('audits.verify', { path: begun.opened.folder, key: null });
    expect(unpinned.signatures.map(({ verdict }) => verdict)).toEqual(['unidentified']);
  });

  test('states with the signature how much of the sensor data was hashed', async () => {
    const host = reach.host();
    const begun = await begin(host, reach);
    const { sensorHashes } = reach.services.deliveries.ofPath(reach.delivery)!.cache;
    await append(host, begun.audit, judgeAll(await draw(host, begun), []));
    // Hashing goes on in the background; the test waits for it as an auditor would, by judging.
    while (
      !existsSync(sensorHashes) ||
      readFileSync(sensorHashes, 'utf8').split('\n').length <= smallFrames
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const outcome = planOutcome(stateOf((await host.call('audits.open', { audit: begun.audit })).events));
    const { events } = await host.call('audits.sign', {
      audit: begun.audit,
      actor: lead,
      disposition: 'accept',
      reason: '',
      outcome,
    });
    expect(events.map(({ type }) => type)).toEqual(['sensors.hashed', 'disposition.signed']);
    expect(events[0]?.data).toEqual({ files: smallFrames, hashed: smallFrames, mismatched: [] });
    const lines = readFileSync(sensorHashes, 'utf8').trim().split('\n');
    const first = JSON.parse(lines[0]!) as { path: string; sha256: string };
    const bytes = readFileSync(path.join(reach.delivery, first.path));
    expect(first.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test('hands over every kind of document and takes the vendor’s answers back', async () => {
    const host = reach.host();
    const begun = await begin(host, reach);
    const { audit } = begun;
    await signed(host, begun, [0, 1, 2, 3, 4]);
    const write = (
      exported: 'html' | 'json' | 'csv' | 'rework' | 'bundle' | 'pdf',
      folder: string | null = null,
    ) =>
      host.call('audits.export', {
        audit,
        actor: lead,
        kind: exported,
        folder,
        language: 'en',
        withPictures: true,
      });
    const html = await write('html');
    expect(path.dirname(html.path)).toBe(path.join(begun.opened.folder, 'exports'));
    expect(readFileSync(html.path, 'utf8')).toContain('Northlight');
    expect(JSON.parse(readFileSync((await write('json')).path, 'utf8')).summary.disposition).toBe(
      'not-accept',
    );
    expect(parseCsv(readFileSync((await write('csv')).path, 'utf8'))).toHaveLength(6);
    expect((await problemOf(write('pdf'))).code).toBe('pdf-not-possible');
    expect((await problemOf(write('html', path.join(reach.delivery, 'out')))).code).toBe(
      'folder-in-delivery',
    );
    expect((await problemOf(write('html', '/var/somewhere-else'))).code).toBe('path-not-listed');

    const rework = await write('rework', path.join(reach.folder, 'to vendor'));
    const [header, ...rows] = parseCsv(readFileSync(rework.path, 'utf8')).map(({ cells }) => [...cells]);
    const [agree, dispute, , remark] = [4, 3, 2, 1].map((fromEnd) => header!.length - fromEnd);
    rows[0]![agree!] = 'x';
    rows[1]![dispute!] = 'x';
    rows[1]![remark!] = 'the points show the rear, not the front';
    const answered = await host.call('audits.importRework', {
      audit,
      actor: lead,
      source: 'answers.csv',
      csv: writeCsv([header!, ...rows]),
    });
    expect(answered.problems).toEqual([]);
    const state = stateOf((await host.call('audits.open', { audit })).events);
    expect(state.findings.slice(0, 3).map(({ status }) => status)).toEqual([
      'vendor-accepted',
      'disputed',
      'open',
    ]);
    expect(state.exports.map(({ kind: exported }) => exported)).toEqual(['html', 'json', 'csv', 'rework']);
    const garbage = { audit, actor: lead, source: 'x.csv', csv: 'a,b\n1,2' };
    expect((await problemOf(host.call('audits.importRework', garbage))).code).toBe('rework-columns-missing');
  });

  test('travels as a bundle: the same elsewhere, continued, forked and merged', async () => {
    const here = reach.host();
    const begun = await begin(here, reach);
    const { audit } = begun;
    const sample = await draw(here, begun);
    const units = sample.labels.units.map(({ id }) => id);
    await append(here, audit, [unitVerdict(units[0]!, true)]);
    const bundle = (host: Host) =>
      host.call('audits.export', {
        audit,
        actor: lead,
        kind: 'bundle',
        folder: path.join(reach.folder, 'stick'),
        language: 'en',
        withPictures: true,
      });
    const first = await bundle(here);
    expect(await here.call('audits.verify', { path: first.path, key: null })).toMatchObject({
      isIntact: true,
    });

    const elsewhere = await reachHost(kind);
    try {
      const there = elsewhere.host();
      const carried = path.join(elsewhere.folder, 'carried.zip');
      cpSync(first.path, carried);
      const taken = await there.call('audits.importBundle', { path: carried, actor: lead });
      expect(taken).toMatchObject({ audit, isNew: true, conflicts: [] });
      const copy = await there.call('audits.open', { audit });
      const original = await here.call('audits.open', { audit });
      expect(copy.events).toEqual(original.events.slice(0, copy.events.length));

      // Both go on: one unit each, one unit judged differently by one person on both, one by two people.
      await append(there, audit, [unitVerdict(units[1]!, true), unitVerdict(units[2]!, true)]);
      await append(there, audit, [unitVerdict(units[3]!, false)], second);
      await append(here, audit, [unitVerdict(units[3]!, true), unitVerdict(units[2]!, false)]);
      const back = await there.call('audits.export', {
        audit,
        actor: lead,
        kind: 'bundle',
        folder: path.join(elsewhere.folder, 'stick'),
        language: 'en',
        withPictures: true,
      });
      const returned = path.join(reach.folder, 'returned.zip');
      cpSync(back.path, returned);
      const merged = await here.call('audits.importBundle', { path: returned, actor: lead });
      expect(merged).toMatchObject({ audit, isNew: false, merged: 2, conflicts: [units[2]] });
      const state = stateOf((await here.call('audits.open', { audit })).events);
      expect([...state.verdicts.keys()].sort()).toEqual(units.slice(0, 4).sort());
      expect(state.verdicts.get(units[2]!)?.verdict).toBe('reject');
      expect(state.opinions.get(units[3]!)).toMatchObject([
        { by: lead, verdict: 'accept' },
        { by: second, verdict: 'reject', isBlind: true },
      ]);
      expect(disagreements(state).open.map(({ unit }) => unit)).toEqual([units[3]]);
      expect((await here.call('audits.importBundle', { path: returned, actor: lead })).merged).toBe(0);
    } finally {
      await elsewhere.close();
    }
  });

  test('refuses hostile bundles whole', async () => {
    const host = reach.host();
    const { opened } = await begin(host, reach);
    const journal = readFileSync(path.join(opened.folder, 'events.jsonl'));
    const bundle = (name: string, files: Record<string, Uint8Array>) => {
      const file = path.join(reach.folder, name);
      writeFileSync(file, zipSync(files));
      return problemOf(host.call('audits.importBundle', { path: file, actor: lead }));
    };
    const bomb = new Uint8Array(5 * 1024 * 1024);
    const picture = `pictures/${'a'.repeat(64)}.png`;
    expect((await bundle('up.zip', { 'events.jsonl': journal, '../../evil': journal })).code).toBe(
      'bundle-path-unsafe',
    );
    expect((await bundle('root.zip', { 'events.jsonl': journal, '/etc/evil': journal })).code).toBe(
      'bundle-path-unsafe',
    );
    expect((await bundle('bomb.zip', { 'events.jsonl': journal, [picture]: bomb })).code).toBe(
      'bundle-too-large',
    );
    expect((await bundle('empty.zip', { 'readme.txt': journal })).code).toBe('bundle-unreadable');
    const forged = Buffer.from(journal.toString().replace('Northlight', 'Southlight'));
    expect((await bundle('forged.zip', { 'events.jsonl': forged })).code).toBe('bundle-broken');
    writeFileSync(path.join(reach.folder, 'noise.zip'), Buffer.alloc(5000, 7));
    const noise = host.call('audits.importBundle', {
      path: path.join(reach.folder, 'noise.zip'),
      actor: lead,
    });
    expect((await problemOf(noise)).code).toBe('bundle-unreadable');
  });

  test('says at which entry a changed record breaks', async () => {
    const host = reach.host();
    const begun = await begin(host, reach);
    await draw(host, begun);
    const copy = path.join(reach.folder, `copy-${begun.audit}`);
    mkdirSync(copy);
    const lines = readFileSync(path.join(begun.opened.folder, 'events.jsonl'), 'utf8').split('\n');
    lines[1] = lines[1]!.replace('"spec.chosen"', '"spec.Chosen"');
    writeFileSync(path.join(copy, 'events.jsonl'), lines.join('\n'));
    const verified = await host.call('audits.verify', { path: copy, key: null });
    expect(verified).toMatchObject({ events: 1, chain: 'broken at 2', isIntact: false });
  });

  test('opens up to where it verifies and keeps the rest aside', async () => {
    const host = reach.host();
    const { audit, opened } = await begin(host, reach);
    await host.call('audits.close', { audit });
    appendFileSync(path.join(opened.folder, 'events.jsonl'), '{"seq":3,"type":"verd');
    const again = await host.call('audits.open', { audit });
    expect(again).toMatchObject({ isWritable: true, recoveredTo: opened.events.length });
    expect(again.events).toEqual(opened.events);
    expect(readFileSync(path.join(opened.folder, 'events.broken-1.jsonl'), 'utf8')).toBe(
      '{"seq":3,"type":"verd',
    );
    const change: EventDraft = { type: 'intake.changed', data: { intake: { ...intake, team: 'Team 6' } } };
    await append(host, audit, [change]);
    expect(await host.call('audits.verify', { path: opened.folder, key: null })).toMatchObject({
      chain: 'ok',
    });
  });

  test('goes on in another folder', async () => {
    const host = reach.host();
    const { audit, opened } = await begin(host, reach);
    const stick = path.join(reach.folder, 'other disk');
    const { folder } = await host.call('audits.moveTo', { audit, folder: stick });
    expect(folder).toBe(path.join(stick, audit));
    const change: EventDraft = { type: 'intake.changed', data: { intake: { ...intake, team: 'Team 7' } } };
    await append(host, audit, [change]);
    await host.call('audits.close', { audit });
    const again = await host.call('audits.open', { audit });
    expect(again.folder).toBe(folder);
    expect(again.events).toHaveLength(opened.events.length + 1);
    expect((await problemOf(host.call('audits.moveTo', { audit, folder: reach.delivery }))).code).toBe(
      'folder-in-delivery',
    );
    // And back again, over its own earlier copy.
    const home = path.dirname(opened.folder);
    expect((await host.call('audits.moveTo', { audit, folder: home })).folder).toBe(opened.folder);
  });

  test('a moved delivery is attached by its hash, another one is not', async () => {
    const host = reach.host();
    const { audit } = await begin(host, reach);
    const moved = path.join(reach.folder, 'moved');
    cpSync(reach.delivery, moved, { recursive: true });
    const there = await host.call('deliveries.open', { path: moved, sensorsPath: null });
    await host.call('audits.attach', { audit, delivery: there.delivery, actor: lead });
    expect(stateOf((await host.call('audits.open', { audit })).events).delivery.path).toBe(moved);
    writeFileSync(path.join(moved, 'label/000000.json'), '[]');
    const other = await host.call('deliveries.open', { path: moved, sensorsPath: null });
    const attach = host.call('audits.attach', { audit, delivery: other.delivery, actor: lead });
    expect((await problemOf(attach)).code).toBe('delivery-is-another');
  });

  test('of an archive goes its whole way in place, and finds it again where it was moved to', async () => {
    const host = reach.host();
    const names = readdirSync(reach.delivery, { recursive: true, encoding: 'utf8' });
    const files = names
      .filter((name) => name.includes('.'))
      .map((name) => [`batch/${name}`, readFileSync(path.join(reach.delivery, name))] as const);
    const archive = path.join(reach.folder, 'whole way.zip');
    writeFileSync(archive, zipSync(Object.fromEntries(files)));
    const { delivery } = await host.call('deliveries.open', { path: archive, sensorsPath: null });
    const opened = await host.call('audits.create', {
      delivery,
      intake,
      spec: defaultSpec,
      actor: lead,
      order: null,
    });
    const { audit } = opened;
    const sample = await draw(host, { delivery, opened, audit });
    expect(sample.labels.units.every(({ isInspectable }) => isInspectable)).toBe(true);
    await append(host, audit, judgeAll(sample, []));
    const moved = path.join(reach.folder, 'moved.zip');
    renameSync(archive, moved);
    const there = await host.call('deliveries.open', { path: moved, sensorsPath: null });
    await host.call('audits.attach', { audit, delivery: there.delivery, actor: lead });
    const outcome = planOutcome(stateOf((await host.call('audits.open', { audit })).events));
    await host.call('audits.sign', { audit, actor: lead, disposition: 'accept', reason: '', outcome });
    expect(stateOf((await host.call('audits.open', { audit })).events).phase).toBe('signed');
  });

  test('labels that were changed under their old time are neither drawn from nor signed for', async () => {
    const host = reach.host();
    const folder = path.join(reach.folder, 'unquiet');
    cpSync(reach.delivery, folder, { recursive: true });
    const label = path.join(folder, 'label/000001.json');
    const delivered = readFileSync(label);
    const { mtime, atime } = statSync(label);
    const put = (bytes: Uint8Array): void => {
      writeFileSync(label, bytes);
      utimesSync(label, atime, mtime);
    };
    const changed = Buffer.from(delivered);
    changed[changed.indexOf('4.4')] = 0x35;
    const { delivery } = await host.call('deliveries.open', { path: folder, sensorsPath: null });
    const opened = await host.call('audits.create', {
      delivery,
      intake,
      spec: defaultSpec,
      actor: lead,
      order: null,
    });
    const begun = { delivery, opened, audit: opened.audit };
    put(changed);
    expect((await problemOf(draw(host, begun))).code).toBe('delivery-is-another');
    put(delivered);
    const sample = await draw(host, begun);
    await append(host, begun.audit, judgeAll(sample, []));
    const { events } = await host.call('audits.open', { audit: begun.audit });
    const outcome = planOutcome(stateOf(events));
    const sign = { audit: begun.audit, actor: lead, disposition: 'accept', reason: '', outcome } as const;
    put(changed);
    expect((await problemOf(host.call('audits.sign', sign))).code).toBe('labels-changed');
    // Where the folder is gone, the record stands for itself.
    renameSync(folder, `${folder} away`);
    await host.call('audits.sign', sign);
  });

  test('unknown audits have a name for what they are', async () => {
    const host = reach.host();
    expect((await problemOf(host.call('audits.open', { audit: '../../etc' }))).code).toBe('audit-unknown');
    expect((await problemOf(host.call('audits.open', { audit: 'none-here' }))).code).toBe('audit-missing');
    expect((await problemOf(append(host, 'none-here', []))).code).toBe('audit-missing');
  });
});

describe.each(requestKinds)('evidence pictures, %s', (kind) => {
  let reach: Reach;
  let audit: string;
  beforeAll(async () => {
    reach = await reachHost(kind);
    audit = (await begin(reach.host(), reach)).audit;
  });
  afterAll(() => reach.close());

  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(3000, 5)]);
  const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const put = (hash: string, body: Uint8Array<ArrayBuffer>) =>
    reach.fetch(pictureAddress(audit, hash), { method: 'PUT', body });

  test('are stored under their hash and come back', async () => {
    expect((await put(hashOf(png), png)).status).toBe(201);
    const back = await reach.fetch(pictureAddress(audit, hashOf(png)));
    expect(back.headers.get('content-type')).toBe('image/png');
    expect(back.headers.get('cache-control')).toContain('immutable');
    expect(Buffer.from(await back.arrayBuffer()).equals(png)).toBe(true);
  });

  test('are refused when they are not what they say', async () => {
    const text = Buffer.from('<svg onload="alert(1)">');
    const large = Buffer.concat([png, Buffer.alloc(4 * 1024 * 1024)]);
    const refusals = [
      [await put('b'.repeat(64), png), 'picture-hash-differs'],
      [await put(hashOf(text), text), 'picture-not-png'],
      [await put(hashOf(large), large), 'call-too-large'],
    ] as const;
    for (const [response, code] of refusals) {
      expect(response.ok).toBe(false);
      expect(await response.json()).toMatchObject({ problem: { code } });
    }
    expect((await reach.fetch(pictureAddress(audit, 'c'.repeat(64)))).status).toBe(404);
    expect((await reach.fetch(`./pictures/${audit}/..%2fevents.jsonl`)).status).toBe(403);
    expect((await reach.fetch(pictureAddress('nobody', hashOf(png)))).status).toBe(404);
  });
});
