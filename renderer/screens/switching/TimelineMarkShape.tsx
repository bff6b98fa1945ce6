/** One mark: a disc for accepted, a square for not accepted, a ring of dashes for waiting, a flag for a person. */

import styles from './switching.module.css';
import type { MarkShape } from './timeline.ts';

export interface TimelineMarkShapeProps {
  readonly shape: MarkShape;
  readonly isHollow: boolean;
  readonly x: number;
  readonly y: number;
}

export function TimelineMarkShape({ shape, isHollow, x, y }: TimelineMarkShapeProps) {
  const common = { className: styles.mark, 'data-shape': shape, 'data-hollow': isHollow || undefined };
  switch (shape) {
    case 'accepted':
      return <circle {...common} cx={x} cy={y} r={5} />;
    case 'waiting':
      return <circle {...common} cx={x} cy={y} r={4.5} />;
    case 'not-accepted':
      return <rect {...common} x={x - 5} y={y - 5} width={10} height={10} />;
    case 'step':
      return <path {...common} d={`M${x - 4},${y + 6} V${y - 6} L${x + 5},${y - 2.5} L${x - 4},${y + 1}`} />;
  }
}
