/**
 * Who may import whom. A room is a folder under `shared/` or a part of a server (`client`, `topic`, `tools` ...); what is not listed is refused.
 * Inside its own room a file imports freely, except where `alone` is set.
 */
export interface Row {
  rooms: readonly string[];
  /** Rooms whose values and types may be imported. */
  may: readonly string[];
  /** Rooms from which only types may be imported. */
  types?: readonly string[];
  /** Packages; `own` stands for what the server's own package.json lists, `any` for all but the SDK. */
  packages: readonly string[];
  /** No file, socket, process or `fetch`: neither Node's modules for them nor the global. */
  pure?: true;
  /** Files of this room do not import each other. */
  alone?: true;
}

/** The package that only `shared/mcp` and what tests or measures it may name. */
export const SDK = '@modelcontextprotocol/';

/** Rooms that may import anything: what tests, simulates or measures the rest. */
export const FREE = [/\.test\.ts$/, /^shared\/testing\//, /^servers\/[^/]+\/(simulator|tests)\//, /^bench\//, /^vitest\.config\.ts$/];

/** Where `process.env` may be read. */
export const ENVIRONMENT = 'shared/config';

const SHARED_WITHOUT_SDK = [
  ...['faults.ts', 'serve.ts', 'redact', 'render', 'config', 'inventory', 'lab', 'log', 'metrics', 'auth', 'upstream', 'safety', 'mcp'],
  ...['http', 'commands'],
].map((room) => `shared/${room}`);

export const IMPORT_TABLE: readonly Row[] = [
  { rooms: ['shared/faults.ts', 'shared/redact', 'shared/render'], may: [], packages: [] },
  // One row, one layer: the inventory reads its files through config's YAML reader.
  { rooms: ['shared/config', 'shared/inventory'], may: ['shared/config', 'shared/faults.ts', 'shared/redact'], packages: ['zod', 'yaml'] },
  { rooms: ['shared/lab'], may: ['shared/faults.ts', 'shared/inventory'], packages: [] },
  { rooms: ['shared/log'], may: ['shared/faults.ts', 'shared/redact'], packages: ['pino'] },
  { rooms: ['shared/metrics'], may: ['shared/faults.ts', 'shared/redact'], packages: ['prom-client'] },
  { rooms: ['shared/auth'], may: ['shared/faults.ts', 'shared/config', 'shared/log', 'shared/metrics'], packages: ['zod'] },
  { rooms: ['shared/upstream'], may: ['shared/faults.ts', 'shared/redact', 'shared/metrics'], packages: ['zod', 'undici'] },
  {
    rooms: ['shared/safety'],
    may: ['faults.ts', 'config', 'inventory', 'redact', 'log', 'metrics', 'upstream'].map((room) => `shared/${room}`),
    packages: ['zod', 'yaml'],
  },
  {
    rooms: ['shared/mcp'],
    may: ['faults.ts', 'safety', 'redact', 'log', 'metrics', 'render'].map((room) => `shared/${room}`),
    types: ['shared/auth'],
    packages: ['zod', SDK],
  },
  {
    rooms: ['shared/http'],
    may: ['mcp', 'auth', 'safety', 'metrics', 'log', 'render', 'faults.ts'].map((room) => `shared/${room}`),
    packages: ['express'],
  },
  {
    rooms: ['shared/serve.ts', 'shared/commands'],
    // One row, one layer: a command starts servers through serve.ts.
    may: ['serve.ts', 'http', 'safety', 'auth', 'config', 'inventory', 'log', 'render', 'faults.ts'].map((room) => `shared/${room}`),
    packages: ['zod'],
  },
  { rooms: ['client'], may: ['shared/upstream', 'shared/inventory', 'shared/redact', 'shared/faults.ts'], packages: ['zod', 'own'] },
  {
    rooms: ['topic'],
    may: ['shared/inventory', 'shared/render', 'shared/redact', 'shared/faults.ts'],
    types: ['client'],
    packages: ['zod', 'own'],
    pure: true,
  },
  {
    rooms: ['tools', 'resources', 'prompts'],
    may: ['client', 'topic', 'shared/inventory', 'shared/mcp', 'shared/render', 'shared/redact', 'shared/faults.ts'],
    packages: ['zod'],
    pure: true,
    alone: true,
  },
  { rooms: ['server.ts'], may: ['tools', 'resources', 'prompts', 'shared/mcp'], types: ['client'], packages: [], pure: true },
  { rooms: ['config.ts'], may: ['shared/config', 'shared/inventory', 'shared/faults.ts'], packages: ['zod'] },
  {
    rooms: ['index.ts', 'commands'],
    // One layer: the wiring names the commands' checks. It loads the simulator where nothing real is set up.
    may: ['config.ts', 'client', 'topic', 'server.ts', 'commands', 'simulator', ...SHARED_WITHOUT_SDK],
    packages: ['any'],
  },
  {
    rooms: ['suite'],
    may: ['server.ts', 'index.ts', 'config.ts', 'client', 'topic', 'simulator', ...SHARED_WITHOUT_SDK],
    packages: ['any'],
  },
];
