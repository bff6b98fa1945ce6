/** Keys of one's own: presets and recorded keys are in force at once, everywhere, and survive a reload. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { commandTable } from '../../renderer/app/commandTable.ts';
import { AuditDesk, shownOrder } from '../support/e2e/auditDesk.ts';
import { usualDelivery } from '../support/e2e/madeDelivery.ts';
import { drawnSample, onlyAudit, readJournal, standingVerdicts } from '../support/e2e/record.ts';
import { inspectFew, writeSpec } from '../support/e2e/specFile.ts';
import { expect, type Served, test } from '../support/servedFixture.ts';

async function begin(page: Page, served: Served): Promise<AuditDesk> {
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open((await usualDelivery()).path);
  await desk.startAudit({ spec: writeSpec(served.folder, inspectFew()) });
  await desk.freezePlan();
  return desk;
}

const row = (page: Page, id: string) => page.locator(`li[data-command="${id}"]`);

/** The keys that the sheet says a command has, as they are on its caps. */
async function keysOnSheet(page: Page): Promise<Map<string, string[]>> {
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog');
  await sheet.waitFor();
  const rows = await sheet
    .locator('[data-command]')
    .evaluateAll((elements) =>
      elements.map((element): [string, string[]] => [
        element.getAttribute('data-command')!,
        [...element.querySelectorAll('kbd')].map((cap) => cap.getAttribute('aria-label') ?? ''),
      ]),
    );
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  return new Map(rows);
}

test('a recorded key works at once, shows on the button, takes the key from its owner, and survives a reload', async ({
  page,
  served,
}) => {
  const desk = await begin(page, served);
  const review = `#/audit/${desk.auditId()}/review`;
  await desk.goTo('#/settings');
  await desk.at('key-search').fill('fit all');
  await row(page, 'review.fit').getByRole('button', { name: 'Record a key for' }).click();
  // What is pressed is recorded and does nothing else: Shift+T would switch the theme.
  const theme = await page.locator('html').getAttribute('data-mantine-color-scheme');
  await page.keyboard.press('Shift+T');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme!);
  await expect(desk.at('keys-said')).toContainText('Switch between dark and light');
  await desk.at('key-search').fill('theme switch dark');
  await expect(desk.at('key-search')).toHaveValue('theme switch dark');
  await desk.at('key-search').fill('unsure');
  await row(page, 'review.unsure').getByRole('button', { name: 'Record a key for' }).click();
  await page.keyboard.press('q');
  await desk.at('key-search').fill('');
  await expect(row(page, 'app.theme').getByTestId('lost-key')).toContainText('Fit all views');

  await desk.goTo(review);
  await desk.reviewReady();
  await page.keyboard.press('Shift+T');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme!);
  await expect(page.getByRole('button', { name: 'Unsure' }).locator('kbd')).toHaveAttribute('data-key', 'Q');
  const before = readJournal(onlyAudit(served.home)).length;
  await page.keyboard.press('u');
  await page.keyboard.press('q');
  const units = shownOrder(drawnSample(onlyAudit(served.home)).labels.units);
  await desk.inFront(1, units.length);
  await desk.saved();
  expect(readJournal(onlyAudit(served.home)).length).toBeGreaterThan(before);
  expect(standingVerdicts(onlyAudit(served.home)).get(units[0]!.id)!.verdict).toBe('unsure');

  await page.reload();
  await desk.reviewReady();
  const sheet = await keysOnSheet(page);
  expect(sheet.get('review.unsure')).toEqual(['Q']);
  expect(sheet.get('app.theme')).toEqual([]);
  await desk.goTo('#/settings');
  await desk.at('keys-reset-all').click();
  await expect(desk.at('lost-key')).toHaveCount(0);
  await page.keyboard.press('Shift+T');
  await expect(page.locator('html')).not.toHaveAttribute('data-mantine-color-scheme', theme!);
});

test('a preset is chosen from the list of actions, in Chinese words too', async ({ page, served }) => {
  const desk = await begin(page, served);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('按键方案 cvat');
  await page.keyboard.press('Enter');
  const sheet = await keysOnSheet(page);
  expect(sheet.get('review.frameOn')![0]).toBe('F');
  expect(sheet.get('review.beside')).not.toContain('F');
  expect(sheet.get('review.confirm')).toEqual(['Enter']);
  // What is in force cannot be chosen again, and says so.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('key map cvat');
  await expect(page.getByRole('option').first()).toContainText('as it is now');
  await expect(page.getByRole('option').first()).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await desk.goTo('#/settings');
  await expect(desk.at('key-preset')).toHaveValue('cvat');
});

test('keys are carried over as a file, and a file that is none changes nothing', async ({ page, served }) => {
  await served.watch(page);
  await page.goto(await served.start());
  const desk = new AuditDesk(page);
  await desk.at('open-sample').first().waitFor();
  await desk.goTo('#/settings');
  await desk.at('key-preset').selectOption('xtreme1');
  await row(page, 'review.flip').getByRole('button', { name: 'Record a key for' }).click();
  await page.keyboard.press('Alt+9');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export keys' }).click();
  const file = path.join(served.folder, 'keys.json');
  await (await saving).saveAs(file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    assayKeys: 1,
    preset: 'xtreme1',
    keys: { 'review.flip': ['Alt+9'] },
  });

  await desk.at('keys-reset-all').click();
  await desk.at('key-preset').selectOption('assay');
  const wrong = path.join(served.folder, 'wrong.json');
  writeFileSync(wrong, '{"keys": ["all"]}');
  const chooser = page.locator('input[type=file]');
  await chooser.setInputFiles(wrong);
  await expect(desk.at('keys-said')).toContainText('no key map');
  await expect(desk.at('key-preset')).toHaveValue('assay');
  await chooser.setInputFiles(file);
  await expect(desk.at('key-preset')).toHaveValue('xtreme1');
  await expect(row(page, 'review.flip').locator('kbd')).toHaveAttribute('aria-label', 'Alt+9');
});

test('every command of every screen stands in the table with its own keys', async ({ page, served }) => {
  test.setTimeout(300_000);
  const desk = await begin(page, served);
  const audit = desk.auditId();
  const { path: delivery } = await usualDelivery();
  const at = (screen: string) => `#/audit/${audit}/${screen}`;
  const screens: readonly (readonly [string, string])[] = [
    ...(['intake', 'plan', 'disposition', 'rework'] as const).map(
      (screen) => [at(screen), 'main h1'] as const,
    ),
    [at('review'), '[data-testid=facts]'],
    [at('search'), '[data-testid=facts]'],
    [at('look'), '[data-testid=frame-facts]'],
    [at('calibration'), '[data-testid=calibration-verdict]'],
    [at('adjudicate'), '[data-testid=how-it-comes]'],
    ['#/deliveries', '[data-testid=deliveries-table]'],
    [`#/delivery/${encodeURIComponent(delivery)}/intake`, '[data-testid=start-audit]'],
    [`#/delivery/${encodeURIComponent(delivery)}/mapping`, '[data-testid=mapping-found]'],
    ['#/settings', '[data-testid=key-preset]'],
  ];
  const tabled = new Map(commandTable.map(({ id, keys }) => [id, keys.map(spoken).toSorted()]));
  const missing = new Set<string>();
  for (const [hash, sign] of screens) {
    await desk.goTo(hash);
    await page.locator(sign).first().waitFor();
    for (const [id, keys] of await keysOnSheet(page)) {
      const wanted = JSON.stringify(tabled.get(id));
      if (wanted !== JSON.stringify(keys.toSorted())) missing.add(`${id}: ${keys} is ${wanted} in the table`);
    }
  }
  expect([...missing]).toEqual([]);
});

const spoken = (key: string): string => key.replace('Mod+', 'Control+');

test('keys are silent while characters are composed, in fields and in dialogs', async ({ page, served }) => {
  const desk = await begin(page, served);
  const folder = onlyAudit(served.home);
  const before = readJournal(folder).length;
  await page.evaluate(() => {
    const send = (init: KeyboardEventInit): void => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
    };
    send({ key: 'Enter', code: 'Enter', isComposing: true });
    send({ key: 'Process', code: 'Enter' });
    send({ key: 'Enter', code: 'Enter', keyCode: 229 });
    send({ key: '4', code: 'Digit4', isComposing: true });
  });
  // The list of actions composes, too: Enter chooses characters there, not an action.
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox');
  await field.fill('设置');
  await field.dispatchEvent('keydown', { key: 'Enter', code: 'Enter', isComposing: true });
  await expect(field).toBeVisible();
  await page.keyboard.press('Escape');
  await desk.inFront(0, (await desk.place()).total);
  await page.waitForTimeout(300);
  expect(readJournal(folder)).toHaveLength(before);
});
