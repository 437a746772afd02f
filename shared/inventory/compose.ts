import { z } from 'zod';
import { type FileProblem, parseYaml } from '../config/yaml-file.ts';
import { type ComposeMount, composeMount } from './compose-mount.ts';
import { type ComposePort, composePort } from './compose-port.ts';
import { resolveVariables } from './compose-variables.ts';
import type { Place } from './inventory.ts';

/** A service of a compose file as far as an inventory is concerned, with the place of every part. */
export interface ComposeService {
  name: string;
  containerName?: string;
  /** With its tag; variables with a default are put in, others stay as written. */
  image?: string;
  built: boolean;
  ports: { port: ComposePort; place: Place }[];
  /** Container ports of `expose`. */
  exposed: number[];
  mounts: { mount: ComposeMount; place: Place }[];
  dependsOn: { name: string; place: Place }[];
  networkMode?: string;
  restart?: string;
  healthcheck: boolean;
  labels: ReadonlyMap<string, string>;
  memory?: string;
  capAdd: string[];
  privileged: boolean;
  /** Names of compose secrets. */
  secrets: string[];
  /** Ports that hang on variables without a default: what they are is not known. */
  unresolved: { variables: string[]; place: Place }[];
  /** Parts of it stand in another file (`extends`). */
  partial: boolean;
  place: Place;
  at: (path: readonly PropertyKey[]) => Place;
}

/** A compose file. `problems` holds what kept it from being read; then `services` is empty. */
export interface ComposeFile {
  file: string;
  /** The top-level `name`. */
  project?: string;
  services: ComposeService[];
  problems: FileProblem[];
}

type Entries = Record<string, unknown>;

const NOT_RUNNING = /(^|\/)(examples?|samples?|fixtures?|corpus|testdata|tests?|templates?|archived?|old|deprecated|attic|simulator)\//i;
const PARTIAL_NAME = /compose[.-](override|example|sample|template|dist)\b|\.(example|sample|dist|bak|old)$|\.(j2|jinja2?|tmpl|tpl)$/i;

/** True for a file that shows how something could be: examples, templates, test data, what is kept from former times. */
export function isMadeUp(path: string): boolean {
  return NOT_RUNNING.test(path);
}

/** True for a compose file that describes what runs: no example, template, test data or overlay of another file. */
export function isStackPath(path: string): boolean {
  return !isMadeUp(path) && !PARTIAL_NAME.test(path);
}

/** An image without tag and digest, as contracts name it. */
export function imageName(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}

/** A compose file as written, anchors and merges put in. */
export interface ComposeTree {
  /** Absent when it is no map, or broken. */
  root?: Record<string, unknown>;
  at: (path: readonly PropertyKey[]) => Place;
  problems: FileProblem[];
}

const TAG = /!(?:reset|override)\b/g;

/** Parses a compose file without looking at what it says; `file` is the path that places carry. Never throws. */
export function readComposeTree(text: string, file: string): ComposeTree {
  // Compose's own tags mean something only where files are merged; blanks in their place keep every column.
  const reading = parseYaml(
    text.replace(TAG, (tag) => ' '.repeat(tag.length)),
    file,
    z.unknown(),
  );
  const root = record(reading.value);
  return { ...(root ? { root } : {}), at: (path) => ({ file, ...reading.at(path) }), problems: reading.problems };
}

/** Reads the text of a compose file; `file` is the path that places carry. Never throws. */
export function readCompose(text: string, file: string): ComposeFile {
  const reading = readComposeTree(text, file);
  const { root } = reading;
  const project = root && typeof root.name === 'string' ? resolveVariables(root.name) : undefined;
  const services = Object.entries(record(root?.services) ?? {}).flatMap(([name, value]) => {
    const at = (path: readonly PropertyKey[]): Place => reading.at(['services', name, ...path]);
    return record(value) ? [serviceOf(name, value as Entries, record(root?.volumes) ?? {}, at)] : [];
  });
  return { file, ...(project && project.unknown.length === 0 ? { project: project.text } : {}), services, problems: reading.problems };
}

function serviceOf(name: string, raw: Entries, volumes: Entries, at: ComposeService['at']): ComposeService {
  const ports: ComposeService['ports'] = [];
  const unresolved: ComposeService['unresolved'] = [];
  list(raw.ports).forEach((entry, index) => {
    const port = composePort(entry);
    const place = at(['ports', index]);
    if (port && 'unknown' in port) unresolved.push({ variables: port.unknown, place });
    else if (port) ports.push({ port, place });
  });
  const limits = record(record(record(raw.deploy)?.resources)?.limits);
  const memory = raw.mem_limit ?? limits?.memory;
  return {
    name,
    ...words('containerName', raw.container_name),
    ...words('image', raw.image),
    built: raw.build !== undefined,
    ports,
    exposed: list(raw.expose).flatMap((entry) => Number.parseInt(String(entry), 10) || []),
    mounts: list(raw.volumes).flatMap((entry, index) => {
      const mount = composeMount(entry, volumes);
      return mount ? [{ mount, place: at(['volumes', index]) }] : [];
    }),
    dependsOn: dependencies(raw, at),
    ...words('networkMode', raw.network_mode),
    ...words('restart', raw.restart),
    healthcheck: record(raw.healthcheck) !== undefined && record(raw.healthcheck)?.disable !== true,
    labels: labelsOf(raw.labels),
    ...words('memory', memory),
    capAdd: list(raw.cap_add).map(String),
    privileged: raw.privileged === true,
    secrets: list(raw.secrets).map((entry) => String(record(entry)?.source ?? entry)),
    unresolved,
    partial: raw.extends !== undefined,
    place: at([]),
    at,
  };
}

function dependencies(raw: Entries, at: ComposeService['at']): ComposeService['dependsOn'] {
  const written = Array.isArray(raw.depends_on)
    ? raw.depends_on.map((name, index) => ({ name: String(name), place: at(['depends_on', index]) }))
    : Object.keys(record(raw.depends_on) ?? {}).map((name) => ({ name, place: at(['depends_on', name]) }));
  const borrowed = /^service:(.+)$/.exec(String(raw.network_mode ?? ''))?.[1];
  if (borrowed && !written.some(({ name }) => name === borrowed)) written.push({ name: borrowed, place: at(['network_mode']) });
  return written;
}

function labelsOf(raw: unknown): Map<string, string> {
  if (Array.isArray(raw)) {
    return new Map(
      raw.map((entry) => {
        const text = String(entry);
        const end = text.indexOf('=');
        return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)];
      }),
    );
  }
  return new Map(Object.entries(record(raw) ?? {}).map(([key, value]) => [key, String(value ?? '')]));
}

function words<Key extends string>(key: Key, value: unknown): { [K in Key]?: string } {
  if (value === undefined || value === null || typeof value === 'object') return {};
  return { [key]: resolveVariables(String(value)).text } as { [K in Key]?: string };
}

function record(value: unknown): Entries | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entries) : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
