/**
 * An auditor who never stops, run as a process of its own and killed by the test: opens the audit, judges one unit
 * after another, and prints each entry as soon as, and only when, it was acknowledged.
 *
 *   node scriptedAuditor.mjs <home> <worker> <audit>
 */
import { writeSync } from 'node:fs';
import { createDispatch } from '../../electron/services/dispatch.ts';
import { createServices } from '../../electron/services/services.ts';
import { createDirectHost } from '../../electron/transports/directHost.ts';
import { lead, stateOf, unitVerdict } from './auditSteps.ts';

const [home, worker, audit] = process.argv.slice(2) as [string, string, string];
const services = await createServices({ home, workerFile: new URL(worker), roots: null });
const host = createDirectHost(createDispatch(services));
const opened = await host.call('audits.open', { audit });
if (!opened.isWritable) throw new Error(`held by ${JSON.stringify(opened.heldBy)}`);
const units = stateOf(opened.events).sample!.labels.units.map(({ id }) => id);
writeSync(1, 'open\n');

for (let seq = opened.events.length; ; seq++) {
  const draft = unitVerdict(units[seq % units.length]!, seq % 3 > 0);
  const { events } = await host.call('audits.append', {
    audit,
    actor: lead,
    expectedSeq: seq,
    drafts: [draft],
  });
  for (const event of events) writeSync(1, `${event.seq} ${event.hash}\n`);
}
