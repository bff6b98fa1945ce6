/** Writing HTML: everything put into a template is escaped, except markup that came out of one. */
import { type ChartNode, escapeMarkup, serialiseChart } from '../charts/node.ts';

/** HTML that is safe to put into HTML. Made only here. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type MarkupValue = Markup | string | number | null | readonly MarkupValue[];

/** `html\`<td>${value}</td>\``: strings and numbers are escaped, lists joined, null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(parts.reduce((text, part, at) => text + write(values[at - 1] ?? null) + part));
}

/** A chart as inline SVG. */
export function chart(drawing: ChartNode): Markup {
  return new Markup(serialiseChart(drawing));
}

/** Text that is a style sheet or markup of our own making, taken as it is. */
export function verbatim(text: string): Markup {
  return new Markup(text);
}

function write(value: MarkupValue): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeMarkup(String(value));
  return value.map(write).join('');
}

/** Name and value rows; rows without a value are left out. */
export function facts(rows: readonly (readonly [string, MarkupValue])[]): Markup {
  const shown = rows.filter(([, value]) => value !== null && value !== '');
  return html`<dl class="facts">${shown.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function hash(value: string): Markup {
  return html`<span class="hash">${value}</span>`;
}

/** A table with its head; `numeric` names the columns set to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly MarkupValue[])[],
  numeric: readonly number[] = [],
): Markup {
  const side = (at: number): Markup | null => (numeric.includes(at) ? verbatim(' class="number"') : null);
  return html`<table><thead><tr>${head.map((name, at) => html`<th scope="col"${side(at)}>${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => html`<td${side(at)}>${cell}</td>`)}</tr>`)}</tbody></table>`;
}

export function section(title: string, ...body: readonly MarkupValue[]): Markup {
  return html`<section><h2>${title}</h2>${body}</section>`;
}
