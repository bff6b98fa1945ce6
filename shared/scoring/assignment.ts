/**
 * Optimal assignment by shortest augmenting paths (the Hungarian method in the form of Jonker and Volgenant,
 * Computing 38, 1987): cubic in the shorter side, exact.
 */

/**
 * Pairs rows with columns so that the sum of `cost` (rows * columns numbers, row by row, all finite) is least;
 * every row or every column, whichever are fewer, gets a partner. Answer: the column of each row, or -1.
 */
export function assignLeastCost(cost: ArrayLike<number>, rows: number, columns: number): Int32Array {
  if (rows <= columns) return assignRows((row, column) => cost[row * columns + column]!, rows, columns);
  const rowOfColumn = assignRows((column, row) => cost[row * columns + column]!, columns, rows);
  const columnOfRow = new Int32Array(rows).fill(-1);
  rowOfColumn.forEach((row, column) => {
    columnOfRow[row] = column;
  });
  return columnOfRow;
}

/** Needs rows <= columns. Column `columns` of the working arrays stands for "not yet placed". */
function assignRows(
  cost: (row: number, column: number) => number,
  rows: number,
  columns: number,
): Int32Array {
  const rowPrice = new Float64Array(rows);
  const columnPrice = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1).fill(-1);
  const cameFrom = new Int32Array(columns + 1);
  const slack = new Float64Array(columns + 1);
  const isSettled = new Uint8Array(columns + 1);
  for (let row = 0; row < rows; row++) {
    rowOf[columns] = row;
    slack.fill(Number.POSITIVE_INFINITY);
    isSettled.fill(0);
    let column = columns;
    while (rowOf[column] !== -1) {
      isSettled[column] = 1;
      const current = rowOf[column]!;
      let step = Number.POSITIVE_INFINITY;
      let next = -1;
      for (let candidate = 0; candidate < columns; candidate++) {
        if (isSettled[candidate]) continue;
        const reduced = cost(current, candidate) - rowPrice[current]! - columnPrice[candidate]!;
        if (reduced < slack[candidate]!) {
          slack[candidate] = reduced;
          cameFrom[candidate] = column;
        }
        if (slack[candidate]! < step) {
          step = slack[candidate]!;
          next = candidate;
        }
      }
      for (let settled = 0; settled <= columns; settled++) {
        if (isSettled[settled]) {
          rowPrice[rowOf[settled]!]! += step;
          columnPrice[settled]! -= step;
        } else slack[settled]! -= step;
      }
      column = next;
    }
    // Back along the path: each column takes the row of the one it was reached from.
    while (column !== columns) {
      const before = cameFrom[column]!;
      rowOf[column] = rowOf[before]!;
      column = before;
    }
  }
  const columnOf = new Int32Array(rows).fill(-1);
  for (let column = 0; column < columns; column++) {
    if (rowOf[column] !== -1) columnOf[rowOf[column]!] = column;
  }
  return columnOf;
}
