import { plain } from '@homelab/shared/render/plain.ts';
import { duration } from '@homelab/shared/render/quantity.ts';
import type { ContainerRow } from './container-row.ts';

/** How a row's image and ports are written; given by the caller, as every tool writes them alike. */
export interface Writing {
  image: (image: string, container: string) => string;
  ports: (ports: ContainerRow['ports']) => string;
  /** The rows are all of their hosts. */
  counted: boolean;
}

const QUIET = ['exited', 'created', 'paused', 'removing'];

/** Every container that is in trouble in full, everything else by host and project: `immich 4/4`. */
export function shortLines(rows: readonly ContainerRow[]): string[] {
  const troubled = rows.filter(({ trouble }) => trouble);
  return [
    ...troubled.map((row) => `! ${row.host} ${plain(row.name, 80)}: ${row.trouble}`),
    ...byHost(rows).map(([host, own]) => `${host} ${up(own)}/${own.length} up: ${projects(own).join(', ')}`),
  ];
}

/** One line for each container, by host and project. */
export function fullLines(rows: readonly ContainerRow[], { image, ports, counted }: Writing, now = Date.now()): string[] {
  return byHost(rows).flatMap(([host, own]) => [
    counted ? `${host} (${up(own)}/${own.length} up)` : host,
    ...groups(own, ({ project }) => project).flatMap(([project, group]) => {
      const alone = group.length === 1 && group[0]?.name === project;
      const head = alone || project === '' ? '' : `${plain(project, 60)}/`;
      return group.map((row) =>
        [
          ` ${row.trouble ? '! ' : ''}${head}${plain(row.name, 80)}`,
          stateOf(row, now),
          image(row.image, row.name),
          ports(row.ports),
          ...(row.trouble && !/^(?:unhealthy|exited|restarting|dead)[^a-z]*(?:, up)?[^,]*$/.test(row.trouble) ? [row.trouble] : []),
        ]
          .filter((part) => part !== '')
          .join(' '),
      );
    }),
  ]);
}

function stateOf({ state, health, since, exitCode }: ContainerRow, now: number): string {
  const length = since ? duration(Math.max(0, now - Date.parse(since))).split(' ')[0] : '';
  if (state === 'running') return `${length}${health && health !== 'healthy' ? ` ${health}` : ''}`;
  return `${state}${exitCode === undefined ? '' : `(${exitCode})`} ${length}`.trim();
}

const up = (rows: readonly ContainerRow[]): number => rows.filter(({ state }) => state === 'running').length;

/** `caddy`, `immich 4/4`, `tools 1/2 (old exited)`; those without a project by their own name. */
function projects(rows: readonly ContainerRow[]): string[] {
  return groups(rows, ({ project, name }) => project || name).map(([project, group]) => {
    const down = group.filter(({ state, trouble }) => QUIET.includes(state) && !trouble);
    const count = group.length === 1 ? '' : ` ${up(group)}/${group.length}`;
    const told = down.map(({ name, state }) => (name === project ? state : `${plain(name, 40)} ${state}`)).slice(0, 3);
    return `${plain(project, 60)}${count}${told.length > 0 ? ` (${told.join(', ')}${down.length > told.length ? ', ...' : ''})` : ''}`;
  });
}

const byHost = (rows: readonly ContainerRow[]): [string, ContainerRow[]][] => groups(rows, ({ host }) => host);

function groups(rows: readonly ContainerRow[], keyOf: (row: ContainerRow) => string): [string, ContainerRow[]][] {
  const found = new Map<string, ContainerRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = found.get(key);
    if (group) group.push(row);
    else found.set(key, [row]);
  }
  return [...found.entries()];
}
