/** A picture in a cell of a Parquet table: `part.name` is the column, `part.row` the row. */
import { done, failed } from '../../base/problem.ts';
import type { ReadImage } from '../images/readImage.ts';
import { openParquet } from '../parquet/parquetFile.ts';

/** Fails with the problems of `openParquet` and its `read`, or `image-cell-empty`. */
export const read: ReadImage = async (ref, open) => {
  const { path, part } = ref;
  const file = await openParquet(await open(ref), path);
  if (!file.ok) return file;
  const [column, row] = [part?.name ?? '', part?.row ?? 0];
  const cells = await file.value.read([column], { rowStart: row, rowEnd: row + 1 });
  if (!cells.ok) return cells;
  const cell = cells.value.get(column)?.[0];
  if (cell instanceof Uint8Array && cell.length > 0) return done(cell);
  return failed({
    code: 'image-cell-empty',
    severity: 'error',
    path,
    place: `row ${row}`,
    params: { column },
  });
};
