/**
 * An auditor's whole way on a made delivery: what is wrong in it is known, so the verdicts, the outcome and every
 * file that leaves the house can be held against it.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { isInCell } from '../../shared/audit/cells.ts';
import type { DrawnCell, DrawnUnit } from '../../shared/audit/events.ts';
import { parseCsv } from '../../shared/report/csv.ts';
import { assay } from '../support/assayCommand.ts';
import { AuditDesk, shownCellOrder, shownOrder } from '../support/e2e/auditDesk.ts';
import { countsOf, countsShown } from '../support/e2e/counts.ts';
import {
  type MadeDefect,
  type MadeDelivery,
  makeDelivery,
  rangeOf,
  reachOf,
} from '../support/e2e/madeDelivery.ts';
import { orbitOfCell, pixelOf } from '../support/e2e/overlook.ts';
import { drawnSample, entriesOf, onlyAudit, standingCells, standingVerdicts } from '../support/e2e/record.ts';
import { fillRework, findingIds, type Ticks } from '../support/e2e/rework.ts';
import { inspectEverything, writeSpec } from '../support/e2e/specFile.ts';
import { expect, Served, test } from '../support/servedFixture.ts';

/** The key of the code for each kind of fault; a heading is off by a wide angle, a box without points is no object. */
const digits: Readonly<Record<string, string>> = {
  ghost: '1',
  empty: '1',
  'wrong-class': '3',
  shifted: '4',
  resized: '5',
  turned: '6',
};
const codes: Readonly<Record<string, string>> = {
  ghost: 'GHOST',
  empty: 'GHOST',
  'wrong-class': 'CLS',
  shifted: 'POS',
  resized: 'DIM',
  turned: 'YAW',
};

test('a delivery is opened, judged, signed, handed over, disputed and carried to another machine', async ({
  page,
  served,
  context,
}) => {
  test.setTimeout(300_000);
  await served.watch(page);
  const desk = new AuditDesk(page);
  const made = await makeDelivery(path.join(served.folder, 'made'), { frames: 2 });
  const range = reachOf(made, ['missing', 'ghost', 'shifted']);

  await test.step('open, intake, plan', async () => {
    await page.goto(await served.start());
    await desk.open(made.path);
    await desk.startAudit({ spec: writeSpec(served.folder, inspectEverything(range)) });
    await desk.freezePlan();
  });
  const folder = onlyAudit(served.home);
  const sample = drawnSample(folder);
  const units = shownOrder(sample.labels.units);
  const cells = shownCellOrder(sample.cells.units);
  const faults = faultsByUnit(made, units);
  const kinds = [...faults.values()].map(({ kind }) => kind);
  expect(kinds).toContain('ghost');
  expect(kinds).toContain('shifted');
  expect(units).toHaveLength(sample.labels.population);
  const judgement = (unit: DrawnUnit): string | null => {
    const fault = faults.get(unit.id);
    return fault ? digits[fault.kind]! : null;
  };
  // What is given while the server is dead keeps its verdict but not its picture, so that unit is one in order.
  const third = units.findIndex((_unit, at) => at >= units.length / 3 && !faults.has(units[at + 2]!.id));

  await test.step('judge a third, reload, and find everything where it was', async () => {
    await desk.judge(units, judgement, third);
    await desk.saved();
    await desk.inFront(third, units.length);
    const marks = await stripMarks(page);
    await page.reload();
    await desk.reviewReady();
    await desk.inFront(third, units.length);
    expect(await stripMarks(page)).toEqual(marks);
    expect(standingVerdicts(folder).size).toBe(third);
  });

  await test.step('the server dies; what is given meanwhile is not lost', async () => {
    served.expectProblem(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/);
    await desk.judge(units, judgement, 2);
    await desk.saved();
    await served.kill();
    const orphan = units[third + 2]!;
    await desk.judge(units, judgement, 1);
    await desk.at('unsaved-banner').waitFor();
    expect(standingVerdicts(folder).has(orphan.id)).toBe(false);
    await page.goto(await served.start());
    await desk.goToScreen('review', sampleAudit(folder));
    await desk.reviewReady();
    await desk.inFront(third + 3, units.length);
    await desk.saved();
    expect(standingVerdicts(folder).size).toBe(third + 3);
    expect(standingVerdicts(folder).get(orphan.id)?.verdict).toBe(
      faults.has(orphan.id) ? 'reject' : 'accept',
    );
  });

  await test.step('judge the rest', async () => {
    await desk.judge(units, judgement);
    await desk.at('all-judged').waitFor();
    await desk.saved();
    const verdicts = standingVerdicts(folder);
    expect(verdicts.size).toBe(units.length);
    for (const unit of units) {
      const fault = faults.get(unit.id);
      const given = verdicts.get(unit.id)!;
      expect([unit.id, given.verdict, given.defects.map(({ code }) => code)]).toEqual(
        fault ? [unit.id, 'reject', [codes[fault.kind]!]] : [unit.id, 'accept', []],
      );
      // What is rejected can be shown to the vendor: the label as it stood, and a picture.
      if (!fault) continue;
      const { frame, cuboid, picture } = given.evidence!;
      expect([frame, cuboid?.track, cuboid?.center]).toEqual([
        unit.frame,
        unit.track,
        fault.delivered?.center,
      ]);
      expect(picture).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  const missing = made.defects.filter((defect) => defect.kind === 'missing' && rangeOf(defect) < range);
  await test.step('search every cell and drop what is missing', async () => {
    await page.keyboard.press('Alt+5');
    await desk.inFront(0, cells.length);
    await desk.search(cells, (cell) => dropMissing(desk, cell, missing));
    await desk.saved();
    const searched = standingCells(folder);
    expect(searched.size).toBe(cells.length);
    const found = [...searched.values()].flatMap((cell) => cell.missed);
    expect(found.map(({ className }) => className).sort()).toEqual(
      missing.map(({ className }) => className).sort(),
    );
    for (const { truth, className } of missing) {
      const near = found.filter(
        (object) =>
          object.className === className &&
          Math.hypot(object.center[0] - truth!.center[0], object.center[1] - truth!.center[1]) < 2.5,
      );
      expect([className, truth!.center, near.length > 0]).toEqual([className, truth!.center, true]);
    }
  });

  const defective = faults.size;
  await test.step('the decision says what the journal says', async () => {
    await page.keyboard.press('Alt+6');
    await expect(desk.at('decision')).toHaveAttribute('data-outcome', 'not-met');
    expect(await countsShown(page)).toEqual(countsOf(folder));
    const major = countsOf(folder).find(
      ({ sample, severity }) => sample === 'labels' && severity === 'major',
    )!;
    expect(major.defective).toBe(defective);
    await expect(desk.at('decision')).toContainText(`${defective} major among ${units.length} labels`);
    await desk.sign();
    await expect(desk.at('decision')).toContainText('Not accepted');
  });

  const written: Record<string, string> = {};
  await test.step('everything is handed over', async () => {
    for (const kind of ['html', 'json', 'csv', 'rework', 'bundle'] as const) {
      written[kind] = await desk.export(kind);
    }
    const report = readFileSync(written.html!, 'utf8');
    expect(report).toContain('Northlight');
    expect(report).toContain('F0001');
    expect(report).not.toMatch(/(src|href)="https?:/);
    expect(() => JSON.parse(readFileSync(written.json!, 'utf8'))).not.toThrow();
    const findings = defective + missing.length;
    expect(parseCsv(readFileSync(written.csv!, 'utf8'))).toHaveLength(1 + findings);
    expect(parseCsv(readFileSync(written.rework!, 'utf8'))).toHaveLength(1 + findings);
  });

  await test.step('anyone can verify it, and a flipped byte shows', async () => {
    const key = entriesOf(folder, 'disposition.signed')[0]!.data.publicKey;
    for (const record of [folder, written.bundle!]) {
      const open = await assay(['verify', record, '--json']);
      expect([open.code, signatureVerdicts(open.stdout)]).toEqual([0, ['unidentified']]);
      const pinned = await assay(['verify', record, '--key', key, '--json']);
      expect([pinned.code, signatureVerdicts(pinned.stdout)]).toEqual([0, ['pinned']]);
    }
    const copy = path.join(served.folder, 'copy');
    cpSync(folder, copy, { recursive: true });
    flipOneLetter(path.join(copy, 'events.jsonl'));
    const broken = await assay(['verify', copy, '--json']);
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({ isIntact: false });
  });

  await test.step('the vendor answers, a dispute is upheld, the outcome is signed anew', async () => {
    const [first, disputed, last] = findingIds(written.rework!);
    const answers = path.join(served.folder, 'answers.csv');
    const ticks = new Map<string, Ticks>([
      [first!, { agree: 'x' }],
      [disputed!, { dispute: 'x', remark: 'the box follows the spec' }],
      [last!, { fixed: 'x', remark: 'moved' }],
    ]);
    fillRework(written.rework!, answers, ticks);
    await page.keyboard.press('Alt+7');
    await desk.importRework(answers);
    await expect(desk.at('imported')).toContainText('3');
    await page.getByTestId('findings-table').getByRole('row').filter({ hasText: disputed! }).click();
    await desk.at('rule-for-vendor').click();
    await desk.at('reason').fill('the rear is hidden; the usual size was used');
    await desk.at('reason-give').click();
    await desk.saved();
    await page.keyboard.press('Alt+6');
    await desk.sign();
    const counts = countsOf(folder);
    expect(await countsShown(page)).toEqual(counts);
    expect(
      counts.find(({ sample, severity }) => sample === 'labels' && severity === 'major')!.defective,
    ).toBe(defective - 1);
    const [old, valid] = entriesOf(folder, 'disposition.signed');
    expect(valid!.data.supersedes).toBe(old!.seq);
    expect((await assay(['verify', folder, '--json'])).code).toBe(0);
    written.bundle = await desk.export('bundle');
  });

  await test.step('another machine shows the same audit', async () => {
    const elsewhere = new Served(path.join(served.folder, 'elsewhere'));
    try {
      const counts = await countsShown(page);
      const entries = await signedEntries(page);
      const other = await context.newPage();
      await served.watch(other);
      const guest = new AuditDesk(other);
      await other.goto(await elsewhere.start());
      await guest.importBundle(written.bundle!);
      await expect(guest.at('decision')).toHaveAttribute('data-outcome', 'not-met');
      expect(await countsShown(other)).toEqual(counts);
      expect(await signedEntries(other)).toEqual(entries);
      expect((await assay(['verify', onlyAudit(elsewhere.home), '--json'])).code).toBe(0);
      await other.close();
    } finally {
      await elsewhere.kill();
    }
  });
});

/** The fault of each drawn unit that has one. */
function faultsByUnit(made: MadeDelivery, units: readonly DrawnUnit[]): Map<string, MadeDefect> {
  const frames = [...new Set(units.map(({ frame }) => frame))].sort();
  const byUnit = new Map<string, MadeDefect>();
  for (const fault of made.defects) {
    const unit = units.find(
      ({ frame, track }) => track === fault.object && frames.indexOf(frame) === fault.frame,
    );
    if (unit && fault.kind !== 'missing') byUnit.set(unit.id, fault);
  }
  return byUnit;
}

/** Points at each missing object of the cell and drops it there by key. */
async function dropMissing(desk: AuditDesk, cell: DrawnCell, missing: readonly MadeDefect[]): Promise<void> {
  const sectors = inspectEverything(1).search.sectors;
  const here = missing.filter(
    ({ truth, frame }) =>
      Number(/(\d+)$/.exec(cell.frame)![1]) === frame &&
      isInCell(cell, sectors, truth!.center[0], truth!.center[1]),
  );
  for (const { truth, className } of here) {
    const { center, size } = truth!;
    const pixel = await pixelOf(desk.page, center, orbitOfCell(cell, sectors, center[2] - size[2] / 2));
    await desk.page.mouse.move(pixel.x, pixel.y, { steps: 3 });
    await desk.page.keyboard.press('m');
    await desk.nameMissing(className);
  }
}

const stripMarks = (page: Page): Promise<(string | null)[]> =>
  page
    .getByTestId('strip')
    .getByRole('button')
    .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('data-mark')));

const signedEntries = (page: Page): Promise<string[]> => page.getByTestId('signed-entry').allInnerTexts();

function sampleAudit(folder: string): string {
  return entriesOf(folder, 'audit.opened')[0]!.data.audit;
}

function signatureVerdicts(json: string): string[] {
  const { signatures } = JSON.parse(json) as { signatures: { verdict: string }[] };
  return signatures.map(({ verdict }) => verdict);
}

/** Changes one letter of a verdict in the journal. */
function flipOneLetter(file: string): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf('"verdict":"accept"');
  bytes[at + 12] = bytes[at + 12]! ^ 1;
  writeFileSync(file, bytes);
}
