/**
 * A drawing as a tree of plain nodes. The report writes it as text, the interface turns the same tree into React
 * elements. Only presentation attributes, never a style attribute: the interface's content policy forbids those.
 */
export interface ChartNode {
  readonly tag: string;
  /** As SVG spells them (`stroke-width`). */
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (ChartNode | string)[];
}

export function node(
  tag: string,
  attributes: ChartNode['attributes'] = {},
  ...children: readonly (ChartNode | string)[]
): ChartNode {
  return { tag, attributes, children };
}

/** The tree as SVG text, escaped. */
export function serialiseChart({ tag, attributes, children }: ChartNode): string {
  const written = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${escapeMarkup(text(value))}"`,
  );
  const inner = children.map((child) =>
    typeof child === 'string' ? escapeMarkup(child) : serialiseChart(child),
  );
  return inner.length > 0
    ? `<${tag}${written.join('')}>${inner.join('')}</${tag}>`
    : `<${tag}${written.join('')}/>`;
}

export function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Coordinates to a hundredth of a pixel: more digits only make the file longer. */
function text(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
}
