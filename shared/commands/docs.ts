import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { describeEnv } from '../config/describe-env.ts';
import { suiteEnv } from '../config/suite-env.ts';
import { shownTools } from '../http/shown-tools.ts';
import { inventorySchemas } from '../inventory/json-schema.ts';
import type { AnyServerModule } from './server-module.ts';

/** A file as it should stand. */
export interface Generated {
  path: string;
  text: string;
}

/** Everything in the repository that follows from the servers' declarations: snapshots, schemas of the inventory, tool tables, variable tables. */
export function generate(modules: readonly AnyServerModule[], root: string): Generated[] {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  return [
    ...modules.map(({ definition }) => ({
      path: `servers/${definition.name.replace(/^mcp-/, '')}/tools.snapshot.json`,
      text: `${JSON.stringify(shownTools(definition).map(({ name, description, inputSchema }) => ({ name, description, inputSchema })))}\n`,
    })),
    ...inventorySchemas(),
    { path: 'README.md', text: between(read('README.md'), 'tools', toolOverview(modules)) },
    { path: 'docs/tools.md', text: between(read('docs/tools.md'), 'tools', modules.map(toolTable).join('\n\n')) },
    { path: 'docs/configuration.md', text: between(read('docs/configuration.md'), 'variables', variableTables(modules)) },
  ];
}

/** Writes what differs, or with `check` only names it. Returns the paths that differed. */
export function bringUpToDate(files: readonly Generated[], root: string, check: boolean): string[] {
  const stale = files.filter(({ path, text }) => readIfThere(join(root, path)) !== text);
  if (!check) for (const { path, text } of stale) writeFileSync(join(root, path), text);
  return stale.map(({ path }) => path);
}

/** One row per server, so that the README stays short however many tools there are. */
function toolOverview(modules: readonly AnyServerModule[]): string {
  const rows = modules.map(({ definition }) => {
    const tools = shownTools(definition);
    const named = (wanted: boolean): string =>
      tools
        .filter(({ safety }) => (safety === 'read') === wanted)
        .map(({ name, safety }) => (wanted ? `\`${name}\`` : `\`${name}\` (${safety})`))
        .join(', ') || 'none';
    return `| ${definition.name} | ${named(true)} | ${named(false)} |`;
  });
  return ['| server | reads | changes |', '|---|---|---|', ...rows].join('\n');
}

function toolTable({ definition }: AnyServerModule): string {
  const rows = shownTools(definition).map(({ name, title, safety }) => `| \`${name}\` | ${title} | ${safety} |`);
  return [`**${definition.name}**: ${definition.title}`, '', '| tool | what | safety |', '|---|---|---|', ...rows].join('\n');
}

function variableTables(modules: readonly AnyServerModule[]): string {
  const all = { name: 'Every server', shape: z.object(suiteEnv) };
  const own = modules.map(({ definition, env }) => ({ name: definition.name, shape: z.object(env) }));
  return [all, ...own].map(({ name, shape }) => [`## ${name}`, '', ...variableRows(shape)].join('\n')).join('\n\n');
}

function variableRows(shape: z.ZodObject): string[] {
  return [
    '| variable | default | meaning |',
    '|---|---|---|',
    ...describeEnv(shape).map(({ variable, default: usual, meaning, secret }) => {
      const name = secret ? `\`${variable}\` or \`${variable}_FILE\`` : `\`${variable}\``;
      return `| ${name} | ${usual ?? 'required'} | ${meaning} |`;
    }),
  ];
}

function between(text: string, mark: string, content: string): string {
  const begin = `<!-- ${mark}:begin -->`;
  const end = `<!-- ${mark}:end -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`a generated file lacks the marks ${begin} and ${end}`);
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
