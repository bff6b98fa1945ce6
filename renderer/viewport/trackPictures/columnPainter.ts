/**
 * Draws made pictures into the canvases of the strip's columns. A canvas keeps its picture until the next is there;
 * nothing here goes through React.
 */
import type { Problem } from '../../../shared/base/problem.ts';
import type { MadePicture, TrackPictures } from './trackPictures.ts';

/** A canvas and the pictures stacked in it from the top: their keys, and their heights in its own pixels. */
export interface PaintedColumn {
  readonly canvas: HTMLCanvasElement;
  readonly cells: readonly { readonly key: string; readonly top: number; readonly height: number }[];
}

export interface ColumnPainter {
  /** Paints the column as its pictures are made, until the answer is called. */
  attach(column: PaintedColumn): () => void;
  dispose(): void;
}

export interface ColumnPainterNeeds {
  readonly pictures: TrackPictures;
  /** CSS colours of a place without a picture and of the cross over one that cannot be made. */
  readonly colours: () => { readonly background: string; readonly mark: string };
  readonly sentence: (problem: Problem) => string;
}

export function createColumnPainter(needs: ColumnPainterNeeds): ColumnPainter {
  const columns = new Set<PaintedColumn>();

  function paint(column: PaintedColumn, only: string | null): void {
    const pen = column.canvas.getContext('2d')!;
    for (const { key, top, height } of column.cells) {
      if (only !== null && key !== only) continue;
      const made = needs.pictures.get(key);
      if (made === undefined) continue;
      paintCell(pen, made, column.canvas.width, top, height);
      if (made && 'problem' in made) column.canvas.title = needs.sentence(made.problem);
    }
    column.canvas.dataset.made = stateOf(column);
  }

  function paintCell(
    pen: CanvasRenderingContext2D,
    made: MadePicture,
    width: number,
    top: number,
    height: number,
  ): void {
    const { background, mark } = needs.colours();
    if (made && 'bitmap' in made) {
      pen.drawImage(made.bitmap, 0, top);
      return;
    }
    pen.fillStyle = background;
    pen.fillRect(0, top, width, height);
    if (!made) return;
    // A cross: shape tells it from a picture without points.
    const [x, y, arm] = [width / 2, top + height / 2, Math.min(width, height) / 6];
    pen.strokeStyle = mark;
    pen.lineWidth = Math.max(1, arm / 6);
    pen.beginPath();
    pen.moveTo(x - arm, y - arm);
    pen.lineTo(x + arm, y + arm);
    pen.moveTo(x + arm, y - arm);
    pen.lineTo(x - arm, y + arm);
    pen.stroke();
  }

  function stateOf({ cells }: PaintedColumn): 'some' | 'all' | 'failed' | 'none' {
    const made = cells.map(({ key }) => needs.pictures.get(key));
    if (made.some((picture) => picture && 'problem' in picture)) return 'failed';
    if (made.every((picture) => picture !== undefined)) return 'all';
    return made.some((picture) => picture !== undefined) ? 'some' : 'none';
  }

  const stop = needs.pictures.listen((key) => {
    for (const column of columns) if (column.cells.some((cell) => cell.key === key)) paint(column, key);
  });

  return {
    attach(column) {
      columns.add(column);
      column.canvas.removeAttribute('title');
      paint(column, null);
      return () => columns.delete(column);
    },
    dispose: stop,
  };
}
