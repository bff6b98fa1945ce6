/** A vendor's own format: explained on the mapping screen, seen at once, kept as a file, and used for the audit. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assay } from '../support/assayCommand.ts';
import { namelessControls } from '../support/e2e/accessibility.ts';
import { AuditDesk } from '../support/e2e/auditDesk.ts';
import { expect, test } from '../support/servedFixture.ts';

/** Centimetres, degrees clockwise from +y, the underside's middle, and columns in Chinese. */
const columns = '帧号,类别,目标编号,中心X(cm),中心Y(cm),底面Z(cm),宽(cm),长(cm),高(cm),航向角(度)';
const rows = [
  '1,小汽车,a,1000,200,-150,180,450,150,90',
  '1,行人,b,500,-300,-150,60,50,170,0',
  '2,小汽车,a,1100,200,-150,180,450,150,90',
];

function writeDelivery(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'labels.csv'), `${[columns, ...rows].join('\n')}\n`);
  return folder;
}

function writeCloud(folder: string, frame: string): void {
  const points = Array.from(
    { length: 400 },
    (_, at) => `${8 + (at % 20) / 5} ${1 + Math.floor(at / 20) / 10} -1`,
  );
  const header = [
    ...['# .PCD v0.7', 'VERSION 0.7', 'FIELDS x y z', 'SIZE 4 4 4', 'TYPE F F F', 'COUNT 1 1 1'],
    ...[
      `WIDTH ${points.length}`,
      'HEIGHT 1',
      'VIEWPOINT 0 0 0 1 0 0 0',
      `POINTS ${points.length}`,
      'DATA ascii',
    ],
  ];
  mkdirSync(path.join(folder, 'cloud'), { recursive: true });
  writeFileSync(path.join(folder, 'cloud', `${frame}.pcd`), `${[...header, ...points].join('\n')}\n`);
}

test('an unknown format is explained, previewed, saved, and read by its mapping', async ({
  page,
  served,
}) => {
  await served.watch(page);
  const delivery = writeDelivery(path.join(served.folder, 'vendor'));
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.goTo(`#/delivery/${encodeURIComponent(delivery)}/intake`);
  await desk.at('to-mapping').click();

  // What the names suggest is there to begin with, and what they cannot say is changed by hand.
  await expect(desk.at('mapping-class')).toHaveValue('类别', { timeout: 30_000 });
  await expect(desk.at('mapping-length')).toHaveValue('长(cm)');
  await expect(desk.at('mapping-unit')).toHaveValue('cm');
  await expect(desk.at('mapping-origin')).toHaveValue('bottom');
  await expect(desk.at('mapping-found')).toContainText('Cuboids3', { timeout: 30_000 });
  expect(await namelessControls(page)).toEqual([]);

  await desk.at('mapping-zero').selectOption('+y');
  await desk.at('mapping-sign').selectOption('cw');
  await desk.at('mapping-class').fill('种类');
  await expect(page.getByText('not in the first rows')).toBeVisible();
  await desk.at('mapping-class').fill('类别');
  await expect(desk.at('mapping-found')).toContainText('小汽车, 行人', { timeout: 30_000 });
  await page.keyboard.press('Tab');
  await expect(desk.at('mapping-shown-frame')).toHaveText('Frame 1 of 2');

  const saving = page.waitForEvent('download');
  await page.keyboard.press('Control+Shift+S');
  const file = path.join(served.folder, 'mapping.json');
  await (await saving).saveAs(file);
  const mapping = JSON.parse(readFileSync(file, 'utf8')) as { fields: { rotation: object } };
  expect(mapping.fields.rotation).toMatchObject({ zero: '+y', sign: 'cw', unit: 'degrees' });

  const inspected = await assay(['inspect', delivery, '--mapping', file, '--json']);
  expect(inspected.code).toBe(0);
  expect(JSON.parse(inspected.stdout)).toMatchObject({
    format: 'mapped',
    labels: { cuboids: 3, tracks: 2 },
    problems: [],
  });

  await expect(desk.at('mapping-use')).toBeEnabled();
  await desk.at('mapping-use').click();
  await desk.at('start-audit').waitFor();
  await expect(page.getByText(/: 3 cuboids, 0 2D boxes/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/: 3 cuboids, 0 2D boxes/)).toBeVisible({ timeout: 30_000 });
});

test('changes are taken back, and what is wrong is told beside the picture', async ({ page, served }) => {
  await served.watch(page);
  const delivery = writeDelivery(path.join(served.folder, 'vendor'));
  writeCloud(delivery, '1');
  writeCloud(delivery, '2');
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open(delivery);
  await desk.at('to-mapping').click();
  await expect(desk.at('mapping-found')).toContainText('Cuboids3', { timeout: 30_000 });
  await desk.at('mapping-unit').selectOption('m');
  await desk.at('mapping-height').fill('');
  await expect(desk.at('mapping-problems')).toContainText('/fields/size/height', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(desk.at('mapping-height')).toHaveValue('高(cm)');
  await expect(desk.at('mapping-unit')).toHaveValue('cm');
  await expect(desk.at('mapping-problems')).toContainText('No problems.', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(desk.at('mapping-unit')).toHaveValue('m');
});
