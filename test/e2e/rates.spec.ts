/** Where the defects are: one figure with a switch, what few scenes are worth, and the same numbers as a table. */
import { readFileSync } from 'node:fs';
import { parseCsv } from '../../shared/report/csv.ts';
import { signedAudit } from '../support/e2e/everyScreen.ts';
import { drawnSample, onlyAudit } from '../support/e2e/record.ts';
import { expect, test } from '../support/servedFixture.ts';

test('rates by class, distance, scene and code say the same on the screen and in the table', async ({
  page,
  served,
}) => {
  const desk = await signedAudit(page, served);
  const { units } = drawnSample(onlyAudit(served.home)).labels;
  const rows = parseCsv(readFileSync(await desk.export('estimates'), 'utf8')).map(({ cells }) => cells);
  const parts = ['Class', 'Distance', 'Scene', 'Defect code'];
  const figure = desk.at('group-rates');
  for (const part of parts) {
    await desk.at('rates-by').getByText(part, { exact: true }).click();
    await expect(figure.getByRole('img', { name: part })).toBeVisible();
    const groups = rows.filter(([name]) => name === part);
    expect(groups.length).toBeGreaterThan(0);
    for (const [, , found, judged, open] of groups) {
      const n = Number(judged) + Number(open);
      const said = found === '0' ? `0 found among ${n}, at most ` : `${found} of ${n}: `;
      await expect(figure).toContainText(said);
    }
    if (part === 'Defect code') continue;
    const counted = groups.reduce((sum, [, , , judged, open]) => sum + Number(judged) + Number(open), 0);
    expect(counted).toBe(units.length);
  }
  await expect(figure).not.toContainText(/\b0 %/);
  const scenes = new Set(units.map(({ scene }) => scene)).size;
  await expect(desk.at('cluster-note')).toContainText(
    `${units.length} 3D cuboids from ${scenes} scene${scenes === 1 ? '' : 's'} carry the information of `,
  );
});
