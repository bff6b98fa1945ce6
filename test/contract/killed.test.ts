/** Killed a hundred times at random moments of a scripted audit: what was acknowledged is there, and it goes on. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkJournal } from '../../electron/services/audit/journalFile.ts';
import { createDispatch } from '../../electron/services/dispatch.ts';
import { createServices } from '../../electron/services/services.ts';
import { createDirectHost } from '../../electron/transports/directHost.ts';
import { defaultSpec, intake, lead } from '../support/auditSteps.ts';
import { builtWorker, bundleEntry } from '../support/builtWorker.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { makeSmallDelivery } from '../support/smallDelivery.ts';

const kills = 100;
const lanes = 2;
const seed = 20261122;

let folder: string;
let auditor: string;
let worker: URL;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'assay-killed-'));
  worker = await builtWorker();
  auditor = fileURLToPath(
    await bundleEntry('test/support/scriptedAuditor.ts', path.join(folder, 'scriptedAuditor.mjs')),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function prepare(home: string): Promise<{ audit: string; journal: string }> {
  const services = await createServices({ home, workerFile: worker, roots: null, log: () => undefined });
  const host = createDirectHost(createDispatch(services));
  const delivery = makeSmallDelivery(path.join(home, '../delivery'));
  const { delivery: id } = await host.call('deliveries.open', { path: delivery, sensorsPath: null });
  const { audit, folder: at } = await host.call('audits.create', {
    delivery: id,
    intake,
    spec: defaultSpec,
    actor: lead,
    order: null,
  });
  await host.call('audits.freezePlan', { audit, delivery: id, actor: lead, reason: null });
  await services.close();
  return { audit, journal: path.join(at, 'events.jsonl') };
}

/** Runs the auditor, kills it `delayMs` after it opened (or after its start), and answers what it had printed. */
function runAndKill(home: string, audit: string, when: { afterOpen: boolean; delayMs: number }) {
  return new Promise<{ lines: string[]; errors: string }>((resolve) => {
    const child = spawn(process.execPath, [auditor, home, worker.href, audit], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    let isScheduled = false;
    const schedule = (): void => {
      if (isScheduled) return;
      isScheduled = true;
      setTimeout(() => child.kill('SIGKILL'), when.delayMs);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      schedule();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    if (!when.afterOpen) schedule();
    // What was written to the pipe before the kill is still read from it.
    child.on('close', () => resolve({ lines: output.split('\n').slice(0, -1), errors }));
  });
}

describe('a process that is killed', () => {
  test.each(Array.from({ length: lanes }, (_, lane) => lane))(
    `loses nothing it acknowledged (lane %i of ${lanes}, ${kills / lanes} kills, seed ${seed})`,
    { concurrent: true, timeout: 300_000 } as const,
    async (lane) => {
      const random = seededRandom(seed + lane);
      const home = path.join(folder, `lane-${lane}`, 'home');
      const { audit, journal } = await prepare(home);
      const acknowledged = new Map<number, string>();
      let openedRuns = 0;
      for (let run = 0; run < kills / lanes; run++) {
        // One in five is hit while it starts, takes the lock or recovers; the others while they write.
        const afterOpen = random.next() >= 0.2;
        const delayMs = random.integer(0, afterOpen ? 40 : 400);
        const { lines, errors } = await runAndKill(home, audit, { afterOpen, delayMs });
        expect([run, errors]).toEqual([run, '']);
        if (lines[0] === 'open') openedRuns++;
        const acks = lines.slice(1).map((line) => line.split(' ') as [string, string]);
        const { events } = checkJournal(readFileSync(journal));
        for (const [seq, hash] of acks) {
          expect([run, seq, acknowledged.has(Number(seq))]).toEqual([run, seq, false]);
          acknowledged.set(Number(seq), hash);
        }
        for (const [seq, hash] of acknowledged) expect(events[seq - 1]?.hash).toBe(hash);
      }
      expect(openedRuns).toBeGreaterThan((kills / lanes) * 0.6);
      expect(acknowledged.size).toBeGreaterThan(kills / lanes);

      // It goes on: the next one opens, recovers and writes on top of all of it.
      const services = await createServices({ home, workerFile: worker, roots: null, log: () => undefined });
      const host = createDirectHost(createDispatch(services));
      const opened = await host.call('audits.open', { audit });
      expect(opened.isWritable).toBe(true);
      expect(opened.events.length).toBeGreaterThanOrEqual(Math.max(...acknowledged.keys()));
      const verified = await host.call('audits.verify', { path: opened.folder, key: null });
      expect(verified).toMatchObject({ chain: 'ok', breaches: [], events: opened.events.length });
      await services.close();
    },
  );
});
