/** Draws a chart's tree of nodes as SVG elements; the report writes the same tree as text. */
import { useElementSize } from '@mantine/hooks';
import { createElement, type ReactNode } from 'react';
import type { ChartPalette } from '../../shared/report/charts/frame.ts';
import type { ChartNode } from '../../shared/report/charts/node.ts';
import styles from './Chart.module.css';

/** Colours by token, so that a drawn chart follows the theme without being drawn again. */
export const screenPalette: ChartPalette = {
  text: 'var(--text)',
  dim: 'var(--text-dim)',
  line: 'var(--line)',
  ink: 'var(--action)',
  accent: 'var(--accent)',
  reject: 'var(--reject)',
  background: 'var(--bg)',
  critical: 'var(--reject)',
  major: 'var(--unsure)',
  minor: 'var(--hold)',
};

export interface ChartProps {
  /** Makes the drawing for the width at hand, in pixels. */
  readonly draw: (width: number) => ChartNode;
  readonly testId?: string;
}

export function Chart({ draw, testId }: ChartProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  return (
    <div ref={ref} className={styles.chart} data-testid={testId}>
      {width > 0 && element(draw(Math.floor(width)), 0)}
    </div>
  );
}

function element(drawn: ChartNode, key: number): ReactNode {
  const attributes = Object.entries(drawn.attributes).map(([name, value]) => [propertyName(name), value]);
  const children = drawn.children.map((child, at) =>
    typeof child === 'string' ? child : element(child, at),
  );
  return createElement(drawn.tag, { key, ...Object.fromEntries(attributes) }, ...children);
}

/** `stroke-width` as React spells it; `aria-*` and `data-*` stay. */
function propertyName(attribute: string): string {
  if (/^(aria|data)-/.test(attribute)) return attribute;
  return attribute.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
