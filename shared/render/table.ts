import { shownOf } from './budget.ts';
import { plain } from './plain.ts';
import { number } from './quantity.ts';
import { zoned } from './time.ts';

/** One column: the field it shows, or also its heading and how a row becomes a cell. */
export type Column<Row> = (keyof Row & string) | { title: string; cell: (row: Row) => unknown; max?: number };

export interface TableOptions {
  /** Rows shown at most; the last line then tells how many there are. All unless told. */
  max?: number | undefined;
  /** How to get the rest, in words. */
  next?: string | undefined;
  /** What a row is, in the plural; `rows` unless told. */
  unit?: string | undefined;
  /** How many there are where `rows` is already a part of them. */
  total?: number | undefined;
}

const LONGEST_CELL = 120;

/**
 * Rows as a table for a reader with few tokens: a heading and one line for each row, cells parted by `|` and nothing else (a twentieth cheaper
 * than aligned columns, and an empty cell stays visible). Cells are made plain. No rows give `no <unit>`.
 */
export function table<Row extends object>(rows: readonly Row[], columns: readonly Column<Row>[], options: TableOptions = {}): string {
  const { unit = 'rows', max = rows.length, next } = options;
  const total = Math.max(options.total ?? 0, rows.length);
  if (total === 0) return `no ${unit}`;
  const heading = columns.map((column) => plain(typeof column === 'string' ? column : column.title, LONGEST_CELL)).join('|');
  const shown = rows.slice(0, Math.max(0, max));
  const lines = shown.map((row) => columns.map((column) => cellOf(row, column)).join('|'));
  if (shown.length < total) lines.push(shownOf(shown.length, total, unit, next));
  return [heading, ...lines].join('\n');
}

function cellOf<Row extends object>(row: Row, column: Column<Row>): string {
  if (typeof column === 'string') return cell(row[column], LONGEST_CELL);
  return cell(column.cell(row), column.max ?? LONGEST_CELL);
}

/** A value as a cell: whole numbers exact, others to three digits, moments with their zone, lists with commas, nothing as nothing. */
function cell(value: unknown, max: number): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : number(value);
  if (value instanceof Date) return zoned(value);
  const text = Array.isArray(value)
    ? value.map((item) => cell(item, max)).join(', ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
  // A cell's own bar must not part it in two.
  return plain(text, max).replaceAll('|', '\\|');
}
