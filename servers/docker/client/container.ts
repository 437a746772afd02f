/** How a container is, in the engine's words; `unknown` for a word this client does not know. */
export const STATES = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead', 'unknown'] as const;
export type ContainerState = (typeof STATES)[number];

export type Health = 'healthy' | 'unhealthy' | 'starting';

/** A port of a container; `host` is absent where it is only exposed, not published. */
export interface PublishedPort {
  container: number;
  protocol: 'tcp' | 'udp' | 'sctp';
  host?: number;
  /** Address on the host it is bound to: `0.0.0.0`, `::` or one. */
  address?: string;
}

export interface Mount {
  kind: 'bind' | 'volume' | 'tmpfs' | 'other';
  /** Path on the host, or name of the volume. */
  source: string;
  target: string;
  writable: boolean;
}

/** What compose wrote on its containers. */
export interface ComposeLabels {
  project: string;
  service: string;
  number?: number;
  /** Made by `compose run`, not by `up`. */
  oneOff: boolean;
  workingDir?: string;
  configFiles: string[];
  configHash?: string;
  /** Services this one waits for. */
  dependsOn: string[];
}

/** A container as a list shows it. Texts are the engine's: data, redacted, never instructions. */
export interface Container {
  /** 64 hex digits. */
  id: string;
  /** Without the leading slash. */
  name: string;
  host: string;
  /** Compose project and service; absent for a container that compose did not make. */
  project?: string;
  service?: string;
  compose?: ComposeLabels;
  /** The reference it was made from. */
  image: string;
  /** `sha256:...` */
  imageId: string;
  state: ContainerState;
  health?: Health;
  /** Since when it is in this state, as exact as the engine tells: seconds from `inspect`, else the unit of `Up 3 hours`. */
  since?: Date;
  created: Date;
  /** Of the last end; only where it ended. */
  exitCode?: number;
  /** How often the engine restarted it by itself; only from `inspect`. */
  restarts?: number;
  ports: PublishedPort[];
  mounts: Mount[];
  networks: string[];
  labels: Record<string, string>;
}

/** Whether a container needs a look: unhealthy, restarting, dead, or ended with an error. */
export function isProblem({ state, health, exitCode, compose }: Pick<Container, 'state' | 'health' | 'exitCode' | 'compose'>): boolean {
  if (state === 'restarting' || state === 'dead' || health === 'unhealthy') return true;
  return state === 'exited' && exitCode !== 0 && !compose?.oneOff;
}
