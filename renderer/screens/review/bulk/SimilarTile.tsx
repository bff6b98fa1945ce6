/** One object of the grid: its points from above, its best camera's crop, and by what it stands out. */
import { memo, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Translate } from '../../../../shared/messages/translate.ts';
import { NOT_STATED } from '../../../../shared/model/labels.ts';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import type { ColumnPainter } from '../../../viewport/trackPictures/columnPainter.ts';
import { difference } from '../numbers.ts';
import type { StripLook } from '../track/pictureWishes.ts';
import { unitName } from '../unitName.ts';
import styles from './bulk.module.css';
import { FateWord } from './FateWord.tsx';
import type { Oddness } from './oddness.ts';
import type { SimilarUnit } from './similar.ts';
import { pictureHeight, pictureWidth, tilePlan } from './tilePictures.ts';
import { type Fate, markOfFate } from './unitFate.ts';

/** CSS pixels: two pictures, three lines, the frame around them. */
export const tileSize = { width: pictureWidth + 10, height: 2 * pictureHeight + 76, gap: 6 } as const;

/** A robust z below this is nothing to look at. */
const notable = 2;

export interface SimilarTileProps {
  readonly one: SimilarUnit;
  readonly fate: Fate;
  readonly isCurrent: boolean;
  readonly column: number;
  readonly row: number;
  readonly painter: { readonly painter: ColumnPainter; readonly look: StripLook };
  readonly onPick: () => void;
}

export const SimilarTile = memo(TileBody, (before, after) => {
  const isSameFate = JSON.stringify(before.fate) === JSON.stringify(after.fate);
  return (
    isSameFate &&
    before.one === after.one &&
    before.isCurrent === after.isCurrent &&
    before.column === after.column &&
    before.row === after.row &&
    before.painter === after.painter
  );
});

/** By what it stands out: sizes in metres from the median, the rest in robust standard deviations. */
function oddText(t: Translate, { worst, sizeDeviation }: Oddness): string {
  const trait = t(`bulk.trait.${worst!.trait}`);
  const axis = ['length', 'width', 'height'].indexOf(worst!.trait);
  return axis < 0
    ? t('bulk.odd', { trait, z: difference(worst!.z, 1) })
    : t('bulk.deviation', { trait, meters: difference(sizeDeviation[axis]!, 2) });
}

function TileBody({ one, fate, isCurrent, column, row, painter, onPick }: SimilarTileProps) {
  const { t } = useTranslation();
  const { labels } = useEngine().index;
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const plan = tilePlan(painter.look, one);
    const element = canvas.current!;
    element.width = plan.width;
    element.height = plan.height;
    return painter.painter.attach({ canvas: element, cells: plan.cells });
  }, [painter, one]);

  const { row: label } = one.located;
  const { center, statedPoints } = labels.cuboids;
  const points = statedPoints[label]!;
  const range = Math.hypot(center[3 * label]!, center[3 * label + 1]!);
  const { worst } = one.oddness;
  const isOdd = worst !== null && Math.abs(worst.z) >= notable;
  const facts = [
    t('bulk.range', { meters: range.toFixed(0) }),
    ...(points === NOT_STATED ? [] : [t('bulk.points', { count: points })]),
  ];
  return (
    <button
      type="button"
      className={styles.tile}
      style={{
        width: tileSize.width,
        height: tileSize.height,
        left: column * (tileSize.width + tileSize.gap),
        top: row * (tileSize.height + tileSize.gap),
      }}
      aria-current={isCurrent ? 'true' : undefined}
      data-fate={fate.kind}
      data-mark={markOfFate(fate)}
      tabIndex={-1}
      onClick={onPick}
      data-testid="bulk-tile"
      data-unit={one.unit.id}
    >
      <canvas ref={canvas} className={styles.pictures} />
      <span className={styles.tileName}>{[unitName(one.unit), ...facts].join(' · ')}</span>
      <span className={styles.tileFacts}>{isOdd ? <b>{oddText(t, one.oddness)}</b> : t('bulk.usual')}</span>
      <span className={styles.tileFate}>
        <i
          className={styles.mark}
          data-mark={markOfFate(fate)}
          data-will={fate.kind === 'accept' || undefined}
        />
        <FateWord fate={fate} />
      </span>
    </button>
  );
}
