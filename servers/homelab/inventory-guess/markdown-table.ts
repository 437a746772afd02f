/** One row of a markdown table: cells by their lower-case heading, without marks. */
export interface TableRow {
  cells: Record<string, string>;
  /** 1-based. */
  line: number;
}

const LONGEST_CELL = 1_000;

/** Every row of every table in a markdown text; tables inside fences are none. */
export function tableRows(text: string): TableRow[] {
  const rows: TableRow[] = [];
  const lines = text.split('\n');
  let fenced = false;
  let heads: string[] | undefined;
  lines.forEach((line, index) => {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    if (fenced || !/^\s*\|?[^|]*\|/.test(line)) {
      heads = undefined;
      return;
    }
    if (/^[\s|:-]+$/.test(line) && line.includes('-')) {
      heads = cellsOf(lines[index - 1] ?? '').map((cell) => cell.toLowerCase());
      return;
    }
    if (heads) rows.push({ cells: Object.fromEntries(cellsOf(line).map((cell, at) => [heads?.[at] ?? '', cell])), line: index + 1 });
  });
  return rows;
}

function cellsOf(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) =>
      cell
        .slice(0, LONGEST_CELL)
        .replace(/!?\[([^\]]{0,300})\]\([^)]{0,500}\)/g, '$1')
        .replace(/<[^>]{1,300}>|[*`]|~~/g, '')
        .trim(),
    );
}

/** The cell under the first heading that matches. */
export function cell(row: TableRow, heading: RegExp): string | undefined {
  const key = Object.keys(row.cells).find((name) => heading.test(name));
  const text = key === undefined ? undefined : row.cells[key];
  return text === undefined || text === '' || /^[-–—?]+$/.test(text) ? undefined : text;
}
