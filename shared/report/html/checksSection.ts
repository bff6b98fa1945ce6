/** What the automatic checks looked at: every check with its version, limits changed for it, and what people said of it. */
import { checks as catalogue } from '../../checks/catalogue.ts';
import type { CheckId } from '../../checks/checkIds.ts';
import { learnedPrecision } from '../../checks/precision.ts';
import type { CheckTally } from '../../checks/results.ts';
import type { CheckSettings } from '../../checks/settings.ts';
import { checkPicture } from '../charts/checkPictures.ts';
import { paperPalette } from '../charts/frame.ts';
import { checkMeaning, checkTitle, shownQuantity } from '../checkWords.ts';
import { timeText } from '../quantities.ts';
import type { ReportContext } from './context.ts';
import { chart, facts, html, type Markup, type MarkupValue, section, table } from './markup.ts';

/** Null where the checks never ran. The findings that were confirmed stand in the list of findings. */
export function checksSection(context: ReportContext): Markup | null {
  const { state, say } = context;
  const run = state.checksRan;
  if (run === null) return null;
  const { vendor, project, revision } = run.priors;
  const isLearned = vendor !== null || project !== null;
  const told = (key: string, params = {}): string => say(`checks.${key}`, params);
  return section(
    told('title'),
    html`<p>${told('lead')}</p>`,
    facts([
      [told('ranAt'), `${timeText(run.at)}, ${run.by.name}`],
      [told('lookedAt'), told('objects', { objects: run.objects, frames: run.frames })],
      [
        told('priors'),
        isLearned
          ? told('priorsOf', { owner: [vendor, project].filter(Boolean).join(', '), revision })
          : told('priorsShipped'),
      ],
      [told('answers'), answersText(context)],
    ]),
    html`<div class="pictured">${table(
      ['', 'check', 'version', 'found', 'hard', 'explained', 'right'].map((name) => (name ? told(name) : '')),
      run.checks.map((tally) => tallyRow(tally, context)),
      [2, 3, 4, 5, 6],
    )}</div>`,
    changedLimits(run.settings, context),
    exceptionList(run.settings, context),
  );
}

function answersText({ state, say }: ReportContext): string {
  const answers = [...state.triage.values()];
  const count = (of: string): number => answers.filter(({ answer }) => answer === of).length;
  return say('checks.answersOf', {
    ...{ defects: count('defect'), dismissed: count('dismissed'), normal: count('normal') },
  });
}

function tallyRow(tally: CheckTally, { state, words, say }: ReportContext): MarkupValue[] {
  const answers = [...state.triage.values()].map(({ finding, answer }) => ({
    check: finding.check,
    version: finding.version,
    answer,
  }));
  const precision = learnedPrecision(answers, new Map([[tally.id, tally.version]])).get(tally.id);
  const lacks = Object.keys(tally.skipped);
  const isSkipped = tally.ran === 0 && lacks.length > 0;
  return [
    chart(checkPicture(tally.id, checkTitle(tally.id, words), paperPalette)),
    html`<strong>${checkTitle(tally.id, words)}</strong> <span class="dim">${tally.id}</span><br>${
      isSkipped
        ? say('checks.skipped', {
            lack: lacks.map((lack) => words(`checks.skipped.lacks.${lack}`)).join(', '),
          })
        : checkMeaning(tally.id, words)
    }`,
    tally.version,
    isSkipped ? '–' : tally.findings,
    isSkipped ? '–' : tally.hard,
    isSkipped ? '–' : tally.explained,
    precision ? `${precision.defects} / ${precision.answers}` : '–',
  ];
}

/** Limits that are not the shipped ones: with them the run can be made again. */
function changedLimits({ limits, off }: CheckSettings, { words, say }: ReportContext): Markup | null {
  const rows = catalogue.flatMap((check) =>
    Object.entries(limits[check.id] ?? {}).map(([key, pair]) => {
      const shown = (value: number | null | undefined): string =>
        value === null || value === undefined ? '–' : shownQuantity(value, check.quantity.unit);
      const shipped = check.limits[key];
      return [
        checkTitle(check.id, words),
        key,
        `${shown(pair.soft)} / ${shown(pair.hard)}`,
        `${shown(shipped?.soft)} / ${shown(shipped?.hard)}`,
      ];
    }),
  );
  const left = off.map((id: CheckId) => checkTitle(id, words)).join(', ');
  if (rows.length === 0 && left === '') return null;
  return html`<h3>${say('checks.settings')}</h3>${
    rows.length === 0
      ? null
      : table(
          ['check', 'key', 'limits', 'shipped'].map((name) => say(`checks.${name}`)),
          rows,
        )
  }${left === '' ? null : html`<p>${say('checks.off', { checks: left })}</p>`}`;
}

function exceptionList({ exceptions }: CheckSettings, { words, say }: ReportContext): Markup | null {
  if (exceptions.length === 0) return null;
  return html`<h3>${say('checks.exceptions')}</h3>${table(
    ['check', 'where', 'note'].map((name) => say(`checks.${name}`)),
    exceptions.map(({ check, className, scene, track, camera, note }) => [
      checkTitle(check, words),
      [className, scene, track, camera].filter((part) => part !== null).join(' · ') ||
        say('checks.everywhere'),
      note,
    ]),
  )}`;
}
