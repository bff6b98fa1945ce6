/**
 * A dense table for any number of rows: only the visible ones exist. One row is current; arrows, Home, End and the
 * page keys move it, Enter opens it. Columns sort by a click or Enter on their head.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useSettings } from '../state/context.tsx';
import styles from './DataTable.module.css';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** Least width, in characters. */
  readonly width: number;
  /** Share of the room that is left over; 0 = none. */
  readonly grow?: number;
  readonly align?: 'end';
  readonly render: (row: Row) => ReactNode;
  /** Absent = the column does not sort. Null sorts last. */
  readonly sortBy?: (row: Row) => string | number | null;
}

export interface Sorting {
  readonly column: string;
  readonly isDescending: boolean;
}

export interface DataTableProps<Row> {
  /** Names the table to those who cannot see it. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** Called when the current row changes. */
  readonly onCurrent?: (row: Row) => void;
  /** Key of the current row, where whoever shows the table says which it is; null = none. It is kept in sight. */
  readonly currentKey?: string | null;
  readonly initialSorting?: Sorting;
  readonly isFocusedAtStart?: boolean;
  readonly testId?: string;
}

/** Pixels at the usual size of text: a row, and a character of the base size. */
const usualRow = 28;
const usualCharacter = 8;
/** Pixels between columns. Head and rows must agree on it. */
const columnGap = 12;

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rowKey, onOpen } = props;
  const [sorting, setSorting] = useState<Sorting | null>(props.initialSorting ?? null);
  const rows = useMemo(() => sorted(props.rows, columns, sorting), [props.rows, columns, sorting]);
  const [current, setCurrent] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const scale = useSettings((state) => state.settings.textPercent) / 100;
  const rowHeight = usualRow * scale;
  const characterWidth = usualCharacter * scale;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // The head stays over the rows; a row that is scrolled to must come out below it.
    scrollPaddingStart: rowHeight,
  });
  // Heights are measured once; another size of text makes them others.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what changes
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const { currentKey } = props;
  const told = useMemo(
    () => (currentKey === undefined ? null : rows.findIndex((row) => rowKey(row) === currentKey)),
    [rows, rowKey, currentKey],
  );
  const at = told ?? Math.min(current, rows.length - 1);
  useEffect(() => {
    if (told !== null && told >= 0) virtual.scrollToIndex(told);
  }, [virtual, told]);
  useFocusOnce(scroller, props.isFocusedAtStart ?? false);
  const template = columns.map((column) => trackOf(column, characterWidth)).join(' ');
  const leastWidth = columns.reduce(
    (sum, { width }) => sum + width * characterWidth + columnGap,
    2 * columnGap,
  );

  function moveTo(index: number): void {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setCurrent(next);
    virtual.scrollToIndex(next);
    if (rows[next] !== undefined) props.onCurrent?.(rows[next]);
    requestAnimationFrame(() => rowElement(next)?.focus());
  }

  function rowElement(index: number): HTMLElement | null {
    return scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"]`) ?? null;
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const targets: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) moveTo(target);
    else if (onOpen && event.key === 'Enter' && event.target === event.currentTarget) onOpen(rows[at]!);
    else return;
    event.preventDefault();
  }

  return (
    <div className={styles.scroller} ref={scroller}>
      <table
        className={styles.table}
        style={{ minWidth: leastWidth }}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA allows it, and one row is current here
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        data-testid={props.testId}
      >
        <thead className={styles.head}>
          <tr className={styles.headRow} aria-rowindex={1} style={{ gridTemplateColumns: template }}>
            {columns.map((column) => (
              <ColumnHead
                key={column.id}
                column={column}
                sorting={sorting?.column === column.id ? sorting : null}
                onSort={setSorting}
              />
            ))}
          </tr>
        </thead>
        <tbody className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]!;
            return (
              <tr
                key={rowKey(row)}
                className={styles.row}
                aria-rowindex={index + 2}
                aria-selected={index === at}
                tabIndex={index === Math.max(0, at) ? 0 : -1}
                data-chooses={onOpen || props.onCurrent ? '' : undefined}
                style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
                onKeyDown={onKeyDown}
                onClick={() => {
                  setCurrent(index);
                  props.onCurrent?.(row);
                }}
                onDoubleClick={() => onOpen?.(row)}
              >
                {columns.map((column) => (
                  <td key={column.id} className={styles.cell} data-align={column.align}>
                    <Content of={column.render(row)} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Plain text is cut with an ellipsis and said in full on hovering. */
function Content({ of }: { of: ReactNode }) {
  return typeof of === 'string' ? <span title={of}>{of}</span> : of;
}

/** Focuses the first row as soon as there is one: rows come after the first measuring, not with the first drawing. */
function useFocusOnce(scroller: React.RefObject<HTMLElement | null>, isWanted: boolean): void {
  const isDone = useRef(false);
  useEffect(() => {
    const row = isDone.current || !isWanted ? null : scroller.current?.querySelector<HTMLElement>('tbody tr');
    if (!row) return;
    isDone.current = true;
    row.focus({ preventScroll: true });
  });
}

function trackOf(
  { width, grow = 0 }: Pick<Column<unknown>, 'width' | 'grow'>,
  characterWidth: number,
): string {
  const least = `${width * characterWidth}px`;
  return grow === 0 ? least : `minmax(${least}, ${grow}fr)`;
}

function ColumnHead<Row>(props: {
  column: Column<Row>;
  sorting: Sorting | null;
  onSort: (sorting: Sorting) => void;
}) {
  const { column, sorting, onSort } = props;
  const order = sorting === null ? undefined : sorting.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={order} className={styles.columnHead} data-align={column.align}>
      {column.sortBy ? (
        <button
          type="button"
          className={styles.sort}
          onClick={() =>
            onSort({ column: column.id, isDescending: sorting !== null && !sorting.isDescending })
          }
        >
          {column.title}
          {sorting && (sorting.isDescending ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
        </button>
      ) : (
        column.title
      )}
    </th>
  );
}

function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const sortBy = columns.find((column) => column.id === sorting?.column)?.sortBy;
  if (sorting === null || !sortBy) return rows;
  const direction = sorting.isDescending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [sortBy(a), sortBy(b)];
    if (left === right) return 0;
    if (left === null) return 1;
    if (right === null) return -1;
    if (typeof left === 'number' && typeof right === 'number') return direction * (left - right);
    return direction * String(left).localeCompare(String(right), undefined, { numeric: true });
  });
}
