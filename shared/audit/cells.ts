/**
 * Search cells: the second population. A missed object has no label and can never be drawn as one, so pieces of
 * space are drawn instead: a whole frame, or a frame by sector and range band.
 */
import type { Delivery } from '../model/delivery.ts';
import { labelledFrames } from '../model/frames.ts';
import type { DrawnCell } from './events.ts';
import type { QaSpec } from './qaSpec.ts';

/** A cell of the population, before it is drawn. */
export type LotCell = Omit<DrawnCell, 'probability'>;

export interface CellLot {
  readonly ids: readonly string[];
  /** The cell at a position of `ids`. */
  readonly cellAt: (position: number) => LotCell;
  /** Index of its frame in the delivery. */
  readonly frameAt: (position: number) => number;
}

type CellShape = Pick<LotCell, 'sector' | 'rangeFromMeters' | 'rangeToMeters'> & { readonly suffix: string };

/** Every cell of every frame that was labelled. The scope's range limit cuts the bands: nothing is searched for beyond it. */
export function buildCells(delivery: Delivery, spec: QaSpec, isReadable: readonly boolean[]): CellLot {
  const shapes = cellShapes(spec);
  const labelled = labelledFrames(delivery.frames);
  const ids = labelled.flatMap((frame) => shapes.map(({ suffix }) => delivery.frameIds.at(frame)! + suffix));
  const frameAt = (at: number): number => labelled[Math.floor(at / shapes.length)]!;
  return {
    ids,
    frameAt,
    cellAt: (at) => {
      const frameIndex = frameAt(at);
      const frame = delivery.frames.at(frameIndex)!;
      const { suffix, ...shape } = shapes[at % shapes.length]!;
      return {
        id: frame.id + suffix,
        scene: delivery.scenes[frame.scene]!.id,
        frame: frame.id,
        ...shape,
        isInspectable: isReadable[frameIndex]!,
      };
    },
  };
}

function cellShapes(spec: QaSpec): CellShape[] {
  const bands = rangeBands(spec);
  if (spec.search.cell === 'frame') {
    return [{ suffix: '', sector: -1, rangeFromMeters: 0, rangeToMeters: bands.at(-1)!.to }];
  }
  const { sectors } = spec.search;
  return Array.from({ length: sectors }, (_, sector) =>
    bands.map(({ from, to }) => ({
      suffix: `|s${sector}|${from}-${to}`,
      sector: sectors === 1 ? -1 : sector,
      rangeFromMeters: from,
      rangeToMeters: to,
    })),
  ).flat();
}

function rangeBands(spec: QaSpec): { readonly from: number; readonly to: number }[] {
  const limit = spec.scope.maxRangeMeters ?? Number.POSITIVE_INFINITY;
  const edges = spec.search.rangeBandsMeters.map((edge) => Math.min(edge, limit)).sort((a, b) => a - b);
  const distinct = edges.filter((edge, at) => edge !== edges[at - 1]);
  return distinct.map((to, at) => ({ from: distinct[at - 1] ?? 0, to }));
}

/**
 * Whether a place on the ground lies in a cell. `sectors` is the spec's: sector k is centred on k times 360/sectors
 * degrees counter-clockwise from +x; a border belongs to the next sector. Ranges are [from, to).
 */
export function isInCell(
  cell: Pick<DrawnCell, 'sector' | 'rangeFromMeters' | 'rangeToMeters'>,
  sectors: number,
  x: number,
  y: number,
): boolean {
  const range = Math.hypot(x, y);
  if (range < cell.rangeFromMeters || range >= cell.rangeToMeters) return false;
  return cell.sector < 0 || sectorOf(sectors, x, y) === cell.sector;
}

/** The sector a direction belongs to, 0 .. sectors - 1. */
export function sectorOf(sectors: number, x: number, y: number): number {
  const turns = Math.atan2(y, x) / (2 * Math.PI);
  return ((Math.floor(turns * sectors + 0.5) % sectors) + sectors) % sectors;
}
