/** The auditor's way on real deliveries: open, judge, reload in between, sign, hand over, take the answers back. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { assay } from '../support/assayCommand.ts';
import { AuditDesk, shownCellOrder, shownOrder } from '../support/e2e/auditDesk.ts';
import { withRealDelivery } from '../support/e2e/realData.ts';
import { drawnSample, entriesOf, onlyAudit, standingCells, standingVerdicts } from '../support/e2e/record.ts';
import { fillRework, findingIds } from '../support/e2e/rework.ts';
import { expect, test } from '../support/servedFixture.ts';

interface RealDelivery {
  readonly name: string;
  readonly relative: string;
  /** Cuboids of the shipped spec's classes. */
  readonly lotSize: number;
}

const deliveries: readonly RealDelivery[] = [
  { name: 'SUSTechPOINTS', relative: 'data/sustech-points/example', lotSize: 63 },
  { name: 'KITTI', relative: 'data/kitti-object', lotSize: 4 },
];

for (const { name, relative, lotSize } of deliveries) {
  withRealDelivery(relative, (delivery) => {
    test(`${name}: open, judge, sign, hand over, take answers back`, async ({ page, served }) => {
      await served.watch(page);
      const desk = new AuditDesk(page);
      await page.goto(await served.start([delivery]));
      await desk.open(delivery);
      await desk.startAudit();
      await desk.freezePlan();
      const folder = onlyAudit(served.home);
      const sample = drawnSample(folder);
      expect(sample.labels.population).toBe(lotSize);
      const units = shownOrder(sample.labels.units);
      const rejected = new Set([units[0]!.id, units.at(-1)!.id]);
      const half = Math.floor(units.length / 2);

      await desk.judge(units, ({ id }) => (rejected.has(id) ? '4' : null), half);
      await desk.saved();
      await page.reload();
      await desk.reviewReady();
      await desk.inFront(half, units.length);
      expect(standingVerdicts(folder).size).toBe(half);
      await desk.judge(units, ({ id }) => (rejected.has(id) ? '4' : null));
      await desk.at('all-judged').waitFor();

      await page.keyboard.press('Alt+5');
      await desk.search(shownCellOrder(sample.cells.units), async () => undefined);
      await desk.saved();
      expect(standingCells(folder).size).toBe(sample.cells.units.length);

      await page.keyboard.press('Alt+6');
      await desk.sign();
      for (const kind of ['html', 'json', 'csv'] as const) {
        expect(existsSync(await desk.export(kind))).toBe(true);
      }
      const list = await desk.export('rework');
      const bundle = await desk.export('bundle');
      expect((await assay(['verify', folder])).code).toBe(0);
      expect((await assay(['verify', bundle])).code).toBe(0);

      const found = findingIds(list);
      expect(found).toEqual(['F0001', 'F0002']);
      const answers = path.join(served.folder, 'answers.csv');
      fillRework(list, answers, new Map(found.map((id) => [id, { agree: 'x', remark: 'seen' }])));
      await page.keyboard.press('Alt+7');
      await desk.importRework(answers);
      const [answered] = entriesOf(folder, 'rework.answered');
      expect(answered!.data.answers.map(({ finding, answer }) => [finding, answer])).toEqual(
        found.map((id) => [id, 'agree']),
      );
      expect((await assay(['verify', folder])).code).toBe(0);
    });
  });
}
