/**
 * What an auditor does at the desk, as the specs say it: open, plan, judge, search, sign, hand over. Everything goes
 * through the page, by keys wherever there is one.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import type { DrawnCell, DrawnUnit } from '../../../shared/audit/events.ts';
import { shippedSpec } from './specFile.ts';

/** What is said of a unit: null accepts it, else the digit of the code it is rejected with. */
export type Judgement = (unit: DrawnUnit) => string | null;

export interface Intake {
  readonly vendor?: string;
  readonly batch?: string;
  readonly auditor?: string;
  /** JSON file of the QA spec; the shipped one where absent. */
  readonly spec?: string;
}

export class AuditDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  at(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** Goes to a screen by its address, as a link or a bookmark does. */
  async goTo(hash: string): Promise<void> {
    await this.page.evaluate((wanted) => {
      location.hash = wanted;
    }, hash);
  }

  /** The open audit's id, as the address says it. */
  auditId(): string {
    const found = /#\/audit\/([^/]+)\//.exec(this.page.url());
    if (!found) throw new Error(`no audit is open: ${this.page.url()}`);
    return decodeURIComponent(found[1]!);
  }

  async goToScreen(screen: string, audit = this.auditId()): Promise<void> {
    await this.goTo(`#/audit/${encodeURIComponent(audit)}/${screen}`);
  }

  /** Opens a delivery by its path and waits for its intake form. */
  async open(delivery: string): Promise<void> {
    await this.goTo(`#/delivery/${encodeURIComponent(delivery)}/intake`);
    await this.at('start-audit').waitFor({ timeout: 60_000 });
  }

  /** Fills the intake form and starts the audit. */
  async startAudit(intake: Intake = {}): Promise<void> {
    const { vendor = 'Northlight', batch = 'Batch 0142', auditor = 'Lin Wei', spec } = intake;
    await this.at('intake-vendor').fill(vendor);
    await this.at('intake-batch').fill(batch);
    await this.chooseProfile(auditor);
    if (spec !== undefined) await this.page.locator('input[type=file]').setInputFiles(spec);
    await expect(this.at('start-audit')).toBeEnabled();
    await this.page.keyboard.press('Control+Enter');
    await this.at('freeze-plan').waitFor({ timeout: 60_000 });
  }

  /** Freezes the plan; the first drawn unit comes up. */
  async freezePlan(): Promise<void> {
    await expect(this.at('freeze-plan')).toBeEnabled();
    await expect(this.at('plan-table')).toBeVisible();
    await this.page.keyboard.press('Control+Enter');
    await this.reviewReady();
  }

  /** Waits until a unit of the sample is on screen with its points. */
  async reviewReady(): Promise<void> {
    await this.at('unit-state').waitFor({ timeout: 60_000 });
    await this.shown();
  }

  /** Waits until the views show something new: the label and its points have arrived. */
  async shown(): Promise<void> {
    await this.page.evaluate(async () => {
      while (!window.assayProbe?.shown || window.assayProbe.drawn().points === 0)
        await new Promise((resolve) => requestAnimationFrame(resolve));
    });
  }

  /** Position on the strip, from 0, and how many there are. */
  async place(): Promise<{ readonly at: number; readonly total: number }> {
    const words = (await this.at('unit-state').textContent()) ?? '';
    const found = /(\d+)\D+(\d+)/.exec(words);
    if (!found) throw new Error(`no place in '${words}'`);
    return { at: Number(found[1]) - 1, total: Number(found[2]) };
  }

  /** Waits until the unit or cell at this place of the strip is the one in front. */
  async inFront(at: number, total: number): Promise<void> {
    const place = new RegExp(`(^|\\D)${at + 1}\\D+${total}(\\D|$)`);
    await this.at('unit-state').filter({ hasText: place }).waitFor();
  }

  /**
   * Judges units one after the other by keys alone, from the first that is open. `units` is the whole sample in the
   * order it is shown; `most` stops after so many.
   */
  async judge(units: readonly DrawnUnit[], judgement: Judgement, most = units.length): Promise<void> {
    let { at } = await this.place();
    for (let count = 0; count < most && at < units.length; count++, at++) {
      await this.inFront(at, units.length);
      const unit = units[at]!;
      await expect(this.at('unit-state')).toContainText(unitWords(unit));
      await this.shown();
      await this.page.keyboard.press(judgement(unit) ?? 'Enter');
    }
  }

  /** Everything given so far is on disk. */
  async saved(): Promise<void> {
    // A verdict waits for its picture before it is sent.
    await expect(this.page.locator('[data-pending]')).toHaveCount(0);
    await expect(this.at('saved-state')).toHaveAttribute('data-status', 'saved');
  }

  /** Searches every cell; `look` does there what is to be done before the cell is left. */
  async search(cells: readonly DrawnCell[], look: (cell: DrawnCell) => Promise<void>): Promise<void> {
    for (const [at, cell] of cells.entries()) {
      await this.inFront(at, cells.length);
      if (cell.isInspectable) await this.shown();
      await look(cell);
      await this.page.keyboard.press('Enter');
    }
    await this.at('all-searched').waitFor();
  }

  /** Signs what follows from the outcome. */
  async sign(): Promise<void> {
    const before = await this.at('signed-entry').count();
    await expect(this.at('sign')).toBeEnabled();
    await this.page.keyboard.press('Control+Enter');
    await expect(this.at('signed-entry')).toHaveCount(before + 1);
  }

  /** Writes one of the hand-over files and answers its path. */
  async export(kind: 'html' | 'json' | 'csv' | 'estimates' | 'rework' | 'bundle' | 'pdf'): Promise<string> {
    const written = this.at('written-file');
    const before = await written.count();
    await expect(this.at(`export-${kind}`)).toBeEnabled();
    await this.at(`export-${kind}`).click();
    await expect(written).toHaveCount(before + 1);
    return ((await written.first().locator('code').textContent()) ?? '').trim();
  }

  /** Reads a filled rework list in. */
  async importRework(file: string): Promise<void> {
    await expect(this.at('import-rework')).toBeEnabled();
    await this.page.locator('input[type=file]').setInputFiles(file);
    await this.at('imported').waitFor();
  }

  /** On the search screen, after a place was picked: says which class is missing there. */
  async nameMissing(className: string): Promise<void> {
    const choice = this.at('class-choice');
    const before = await this.at('missed').getByRole('listitem').count();
    await choice.waitFor();
    const names = shippedSpec().classes.map(({ name }) => name);
    const at = names.indexOf(className);
    if (at < 9) {
      await this.page.keyboard.press(String(at + 1));
    } else {
      await this.page.keyboard.press('0');
      await this.page.getByRole('dialog').getByRole('textbox').fill(className);
      await this.page.keyboard.press('Enter');
    }
    await expect(this.at('missed').getByRole('listitem')).toHaveCount(before + 1);
  }

  /** Takes an audit in from a bundle and goes to its decision. */
  async importBundle(bundle: string, auditor = 'Ana Reyes'): Promise<void> {
    await this.goTo('#/settings');
    await this.chooseProfile(auditor);
    await this.at('bundle-path').fill(bundle);
    await this.at('import-bundle').click();
    await this.at('imported-bundle').getByRole('link').click();
  }

  private async chooseProfile(auditor: string): Promise<void> {
    const name = this.at('profile-name');
    await name.or(this.at('profile')).first().waitFor();
    if ((await name.count()) === 0) return;
    await name.fill(auditor);
    await name.press('Enter');
    await this.at('profile').waitFor();
  }
}

/** How the desk names a unit. */
function unitWords({ className, track, label }: DrawnUnit): string {
  return [className, track ?? label].filter((word) => word !== null).join(' ');
}

/** The order units are shown in: by track, then by frame; those without a track at the end, frame by frame. */
export function shownOrder(units: readonly DrawnUnit[]): DrawnUnit[] {
  const key = ({ track, frame, id }: DrawnUnit): readonly string[] => [
    track === null ? '1' : '0',
    track ?? '',
    frame,
    id,
  ];
  return units.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    const at = left.findIndex((part, place) => part !== right[place]);
    return at < 0 ? 0 : left[at]! < right[at]! ? -1 : 1;
  });
}

/** Cells frame by frame, inner band first, sectors in turn. */
export function shownCellOrder(cells: readonly DrawnCell[]): DrawnCell[] {
  return cells.toSorted(
    (a, b) =>
      (a.frame < b.frame ? -1 : a.frame > b.frame ? 1 : 0) ||
      a.rangeFromMeters - b.rangeFromMeters ||
      a.sector - b.sector,
  );
}
