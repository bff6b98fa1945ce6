/** How the lot stands: counted anew from the journal, and as the disposition screen says it. */
import type { Page } from '@playwright/test';
import type { DefectSeverity } from '../../../shared/audit/qaSpec.ts';
import { drawnSample, entriesOf, readJournal, standingCells, standingVerdicts } from './record.ts';

export interface Count {
  readonly sample: 'labels' | 'cells';
  readonly severity: string;
  readonly size: number;
  readonly judged: number;
  readonly defective: number;
  readonly acceptance: number;
  readonly rejection: number;
}

const worstFirst: readonly DefectSeverity[] = ['critical', 'major', 'minor'];

/**
 * Counts a sample that is inspected whole, so that every plan sees every unit: one count for each plan, a unit once,
 * in its worst severity. Findings that were taken back do not count.
 */
export function countsOf(folder: string): Count[] {
  const { labels, cells } = drawnSample(folder);
  const takenBack = findingsTakenBack(folder);
  const verdicts = standingVerdicts(folder);
  const searched = standingCells(folder);
  const labelWorst = [...verdicts.values()].map(({ unit, verdict, defects }) =>
    verdict === 'reject'
      ? worst(defects.filter(({ code }) => !takenBack.has(`${unit} ${code}`)).map(({ severity }) => severity))
      : null,
  );
  const cellWorst = [...searched.values()].map(({ cell, missed }) =>
    worst(missed.filter(({ id }) => !takenBack.has(`${cell} ${id}`)).map(({ severity }) => severity)),
  );
  const count =
    (sample: Count['sample'], worsts: readonly (DefectSeverity | null)[]) =>
    (plan: (typeof labels.plans)[number]): Count => ({
      sample,
      severity: plan.severity,
      size: plan.sampleSize,
      judged: worsts.length,
      defective: worsts.filter((found) => found === plan.severity).length,
      acceptance: plan.acceptanceNumber,
      rejection: plan.rejectionNumber,
    });
  return [...labels.plans.map(count('labels', labelWorst)), ...cells.plans.map(count('cells', cellWorst))];
}

function worst(found: readonly DefectSeverity[]): DefectSeverity | null {
  return worstFirst.find((severity) => found.includes(severity)) ?? null;
}

/** `<unit> <code>` and `<cell> <missed id>` of the findings a ruling took back. Ids are given in the journal's order. */
function findingsTakenBack(folder: string): ReadonlySet<string> {
  const named: string[] = [];
  for (const event of readJournal(folder)) {
    if (event.type === 'verdict.given')
      named.push(...event.data.defects.map(({ code }) => `${event.data.unit} ${code}`));
    if (event.type === 'cell.judged')
      named.push(...event.data.missed.map(({ id }) => `${event.data.cell} ${id}`));
  }
  const upheld = entriesOf(folder, 'dispute.ruled').filter(({ data }) => data.isUpheld);
  return new Set(upheld.map(({ data }) => named[Number(data.finding.slice(1)) - 1]!));
}

/** The table of the disposition screen, in English. */
export async function countsShown(page: Page): Promise<Count[]> {
  const rows = await page.getByTestId('counts').locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row) => {
      const cells = (await row.locator('td').allInnerTexts()).map((text) => text.trim());
      const [acceptance, rejection] = cells[5]!.split('/').map(Number);
      return {
        sample: cells[0] === 'labels' ? 'labels' : 'cells',
        severity: cells[1]!,
        size: Number(cells[2]),
        judged: Number(cells[3]),
        defective: Number(cells[4]),
        acceptance: acceptance!,
        rejection: rejection!,
      };
    }),
  );
}
