/** What was audited, what belonged to the lot, and how the sample was drawn from it. */
import { designWords, strataWords } from '../drawWords.ts';
import { timeText } from '../quantities.ts';
import type { ReportContext } from './context.ts';
import { facts, hash, html, type Markup, type MarkupValue, section } from './markup.ts';

export function intakeSection(context: ReportContext): Markup {
  const { state, say, words } = context;
  const { intake, delivery, spec, order } = state;
  return section(
    say('intake.title'),
    facts([
      [say('intake.vendor'), intake.vendor],
      [say('intake.team'), intake.team],
      [say('intake.batch'), intake.batch],
      [say('intake.submission'), intake.submission],
      [say('intake.resubmits'), intake.resubmits],
      [say('intake.received'), intake.receivedOn],
      [say('intake.dueOn'), intake.dueOn],
      [say('intake.role'), words(`audit.auditRole.${intake.role}`)],
      [say('intake.labellingSpec'), intake.labellingSpec],
      [say('intake.format'), delivery.format],
      [say('intake.contents'), say('intake.contentsValue', { ...delivery })],
      [say('intake.problems'), delivery.problems],
      [
        say('intake.order'),
        order &&
          say('intake.orderValue', { missing: order.missing.length, unexpected: order.unexpected.length }),
      ],
      [say('intake.auditors'), auditors(context)],
      [say('intake.period'), `${timeText(state.startedAt)} – ${timeText(state.lastAt)}`],
      [say('intake.sensors'), sensors(context)],
      [
        say('intake.spec'),
        spec && say('intake.specValue', { name: spec.spec.name, revision: spec.spec.revision }),
      ],
      [say('intake.labelsHash'), hash(delivery.labelsHash)],
      [say('intake.specHash'), spec && hash(spec.hash)],
    ]),
  );
}

function sensors({ state, say, percent }: ReportContext): string {
  const hashed = state.sensorsHashed;
  if (!hashed || hashed.files === 0 || hashed.hashed === 0) return say('intake.sensorsNone');
  const share = percent(hashed.hashed / hashed.files);
  const text = say('intake.sensorsValue', { hashed: hashed.hashed, files: hashed.files, share });
  const { length } = hashed.mismatched;
  return length === 0
    ? text
    : say('list', { a: text, b: say('intake.sensorsMismatched', { count: length }) });
}

function auditors({ state }: ReportContext): string {
  const verdicts = [...[...state.opinions.values()].flat(), ...state.cellVerdicts.values()];
  return [...new Set(verdicts.map(({ by }) => by.name))].join(', ');
}

export function lotSection(context: ReportContext): Markup | null {
  const { state, say, words } = context;
  const { sample } = state;
  if (!sample) return null;
  const { labels, cells } = sample;
  const unit = words(`audit.unit.${labels.unit}`);
  const unreadable = [...labels.units, ...cells.units].filter(({ isInspectable }) => !isInspectable).length;
  return section(
    say('lot.title'),
    facts([
      [say('lot.unit'), unit],
      [
        say('lot.population'),
        say('lot.populationValue', { labels: labels.population, unit, cells: cells.population }),
      ],
      [words('designer.frozen.policy'), words(`designer.policy.${labels.unit}`)],
      [words('designer.frozen.design'), designWords(sample, words)],
      [words('designer.frozen.strataCounts'), strataWords(sample, words)],
      [say('lot.uninspectable'), unreadable],
      [say('lot.frozenAt'), timeText(sample.at)],
      [say('lot.generator'), labels.prng],
      [say('lot.seed'), hash(labels.seed)],
      [say('lot.populationHash'), html`${hash(labels.populationHash)}<br>${hash(cells.populationHash)}`],
    ]),
    html`<p class="note">${say('lot.seedNote')}</p>`,
    html`<div class="columns"><div><h3>${say('lot.excluded')}</h3>${excluded(context)}</div>
<div><h3>${say('lot.replans')}</h3>${replans(context)}</div></div>`,
  );
}

function excluded({ state, say, words }: ReportContext): MarkupValue {
  const rows = Object.entries(state.sample!.labels.excluded).filter(([, count]) => count > 0);
  if (rows.length === 0) return html`<p>${say('lot.excludedNone')}</p>`;
  const known = (reason: string): string => {
    const key = `audit.excluded.${reason}`;
    const word = words(key);
    return word === key ? reason : word;
  };
  return facts(rows.map(([reason, count]) => [known(reason), count]));
}

function replans({ state, say }: ReportContext): MarkupValue {
  const again = state.draws.slice(1);
  if (again.length === 0) return html`<p>${say('lot.replansNone')}</p>`;
  return html`<ul>${again.map(
    ({ at, reason }) => html`<li>${say('lot.replan', { at: timeText(at), reason: reason ?? '' })}</li>`,
  )}</ul>`;
}
