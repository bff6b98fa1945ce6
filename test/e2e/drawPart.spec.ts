/** A lot divided into strata on the plan screen is drawn so, and the record says how. */
import path from 'node:path';
import { assay } from '../support/assayCommand.ts';
import { AuditDesk } from '../support/e2e/auditDesk.ts';
import { makeDelivery } from '../support/e2e/madeDelivery.ts';
import { drawnSample, onlyAudit } from '../support/e2e/record.ts';
import { inspectFew, writeSpec } from '../support/e2e/specFile.ts';
import { expect, test } from '../support/servedFixture.ts';

test('strata are chosen, seen with their shares, and drawn as they were shown', async ({ page, served }) => {
  await served.watch(page);
  const desk = new AuditDesk(page);
  const made = await makeDelivery(path.join(served.folder, 'made'), { frames: 3 });
  await page.goto(await served.start());
  await desk.open(made.path);
  const spec = writeSpec(served.folder, inspectFew());
  await desk.startAudit({ spec });

  await page.getByRole('radio', { name: /^In strata/ }).check();
  const strata = page.getByRole('group', { name: /^Divide by/ });
  await expect(strata.getByRole('checkbox', { name: 'class' })).toBeChecked();
  await expect(page.getByText('Not stated in this delivery')).toContainText('weather');
  await strata.getByRole('checkbox', { name: 'class' }).uncheck();
  await expect(page.locator('[data-code="draw-without-strata"]')).toBeVisible();
  await expect(desk.at('freeze-plan')).toBeDisabled();
  await strata.getByRole('checkbox', { name: 'range band' }).check();
  await desk.at('minimum-per-stratum').fill('9');
  await expect(desk.at('draw-added')).toBeVisible();
  const table = desk.at('strata-table');
  await expect(table.getByRole('row', { name: /^0-30 m/ })).toBeVisible();
  const shown = await table.locator('tbody tr').evaluateAll((rows) =>
    rows.map((row) => {
      const [population, drawn] = [...row.querySelectorAll('td')].map(({ textContent }) =>
        Number(textContent!.replace(/\D/g, '')),
      );
      return { name: row.querySelector('th')!.textContent, population, drawn };
    }),
  );
  expect(shown.length).toBeGreaterThan(1);
  // Keys are silent while a number is typed.
  await desk.at('minimum-per-stratum').blur();
  await desk.freezePlan();

  const { labels } = drawnSample(onlyAudit(served.home));
  expect(labels.draw).toEqual({ design: 'stratified', strata: ['range'], minimumPerStratum: 9 });
  const byName = (a: { name: string | null }, b: { name: string | null }) => (a.name! < b.name! ? -1 : 1);
  expect([...labels.strata!].sort(byName)).toEqual(shown.sort(byName));
  for (const { stratum, probability, rangeMeters } of labels.units) {
    const row = labels.strata!.find(({ name }) => name === stratum)!;
    expect(probability).toBe(row.drawn / row.population);
    expect(stratum === '0-30 m').toBe(rangeMeters! < 30);
  }
  for (const { name, drawn } of labels.strata!) {
    expect(labels.units.filter(({ stratum }) => stratum === name)).toHaveLength(drawn);
  }

  // The command line draws the same once more, from the seed and the delivery alone.
  const n = Math.max(...labels.plans.map(({ sampleSize }) => sampleSize));
  const options = {
    unit: labels.unit,
    n,
    seed: labels.seed,
    spec,
    allocation: 'nested',
    strata: 'range',
    minimum: 9,
  };
  const { stdout } = await assay(
    [
      'sample',
      made.path,
      '--json',
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]),
    ],
    { home: served.home },
  );
  const again = JSON.parse(stdout);
  expect(again.populationHash).toBe(labels.populationHash);
  expect(again.units).toEqual(
    labels.units.map(({ id, stratum, scene, probability }) => ({ id, stratum, cluster: scene, probability })),
  );
});
