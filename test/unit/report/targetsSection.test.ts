/** The report on the targeted queue: what it holds by source, what it found, and how it was drawn. */
import { expect, test } from 'vitest';
import type { Target } from '../../../shared/audit/events.ts';
import { languages } from '../../../shared/messages/index.ts';
import { translator } from '../../../shared/messages/translate.ts';
import { reportContext } from '../../../shared/report/html/context.ts';
import { targetsSection } from '../../../shared/report/html/targetsSection.ts';
import { jsonRecord } from '../../../shared/report/records.ts';
import { AuditDesk, defect, labelsHash } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const target = (id: string, label: string, changes: Partial<Target> = {}): Target => ({
  ...{ id, unit: `scene0-0000|${label}`, kind: 'cuboid', scene: 'scene0', frame: 'scene0-0000', label },
  ...{ track: null, className: 'Car', isInspectable: true, source: 'auditor', reason: 'leans' },
  probability: null,
  ...changes,
});

function desk(): AuditDesk {
  const made = AuditDesk.ready(makeIndex());
  const free = Array.from({ length: 40 }, (_, at) => `label-${at}`).filter(
    (label) => !made.units.some(({ id }) => id === `scene0-0000|${label}`),
  );
  const [one, two, three] = free as [string, string, string];
  made.record({
    type: 'targets.queued',
    data: { targets: [target('t1', one), target('t2', two, { source: 'check' })], draw: null },
  });
  const drawn = target('t3', three, { source: 'draw', probability: 0.25 });
  const draw = {
    ...{ prng: 'assay-xoshiro128ss-1', seed: 'feed', population: 400, populationHash: labelsHash },
    ...{ weights: 'doubt.csv', weightsHash: labelsHash },
  };
  made.record({ type: 'targets.queued', data: { targets: [drawn], draw } });
  made.record({
    type: 'target.judged',
    data: {
      ...{ target: 't1', verdict: 'reject', defects: [defect('GHOST')], comment: '', evidence: null },
      durationMs: 3000,
    },
  });
  return made;
}

test.each(languages.map((language): [typeof language] => [language]))('in %s', (language) => {
  const { state } = desk();
  const context = reportContext(state!, language, translator(language), () => null);
  const { text } = targetsSection(context)!;
  const rows = [...text.matchAll(/<tr>(.*?)<\/tr>/gs)].map((row) =>
    [...row[1]!.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map((cell) => cell[1]!.replaceAll(/<[^>]*>/g, '')),
  );
  // Queued, in the sample, judged, found, left: by source, and all.
  expect(rows.filter((cells) => cells.length > 5).map((cells) => cells.slice(2).join(' '))).toEqual([
    '1 0 1 1 0',
    '1 0 0 0 1',
    '1 0 0 0 1',
    '3 0 1 1 2',
  ]);
  for (const stated of ['doubt.csv', 'feed', labelsHash, 'assay-xoshiro128ss-1'])
    expect(text).toContain(stated);
  expect(text).not.toContain('targets.report');
});

test('there is no section without a queue, and the record as data lists the queue', () => {
  const empty = AuditDesk.ready(makeIndex());
  expect(targetsSection(reportContext(empty.state!, 'en', translator('en'), () => null))).toBeNull();
  const record = JSON.parse(jsonRecord(desk().state!)) as { targets: { target: { id: string } }[] };
  expect(record.targets.map((queued) => queued.target.id)).toEqual(['t1', 't2', 't3']);
});
