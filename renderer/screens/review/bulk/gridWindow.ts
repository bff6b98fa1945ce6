/** Which rows of a grid of equal tiles are in sight: the rest is not made. */
export interface GridWindow {
  readonly columns: number;
  /** Pixels of the whole grid. */
  readonly height: number;
  /** Places [from, to) to be made, one row more than is in sight on each side. */
  readonly from: number;
  readonly to: number;
}

export interface TileSize {
  readonly width: number;
  readonly height: number;
  /** Pixels between tiles. */
  readonly gap: number;
}

/** All sizes in CSS pixels; `top` is how far the grid is scrolled. */
export function gridWindow(
  count: number,
  tile: TileSize,
  view: { readonly width: number; readonly height: number; readonly top: number },
): GridWindow {
  const columns = Math.max(1, Math.floor((view.width + tile.gap) / (tile.width + tile.gap)));
  const rows = Math.ceil(count / columns);
  const pitch = tile.height + tile.gap;
  const first = Math.max(0, Math.floor(view.top / pitch) - 1);
  const last = Math.min(rows, Math.ceil((view.top + view.height) / pitch) + 1);
  return {
    columns,
    height: Math.max(0, rows * pitch - tile.gap),
    from: Math.min(count, first * columns),
    to: Math.min(count, last * columns),
  };
}
