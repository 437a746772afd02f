import type { CallOptions, Engine } from './engine.ts';
import { containerPath, imagePath, networkPath, volumePath } from './names.ts';

/** What stops a container: seconds until it is killed; 10 unless told. */
export interface StopAsk {
  timeoutSeconds?: number;
}

/** Changes to one host's objects. Each resolves to false where it already was so; none is ever repeated by itself. */
export interface Changes {
  start(id: string, call?: CallOptions): Promise<boolean>;
  stop(id: string, ask?: StopAsk, call?: CallOptions): Promise<boolean>;
  restart(id: string, ask?: StopAsk, call?: CallOptions): Promise<boolean>;
  pause(id: string, call?: CallOptions): Promise<boolean>;
  unpause(id: string, call?: CallOptions): Promise<boolean>;
  kill(id: string, signalName: string, call?: CallOptions): Promise<boolean>;
  rename(id: string, name: string, call?: CallOptions): Promise<boolean>;
  /** Refused (`conflict`) for a running one; its anonymous volumes stay. */
  removeContainer(id: string, call?: CallOptions): Promise<boolean>;
  /** Refused (`conflict`) while a container uses it. */
  removeImage(reference: string, call?: CallOptions): Promise<boolean>;
  /** Refused (`conflict`) while a container uses it. */
  removeVolume(name: string, call?: CallOptions): Promise<boolean>;
  removeNetwork(name: string, call?: CallOptions): Promise<boolean>;
}

const USUAL_STOP_SECONDS = 10;

/** The changes of one engine. */
export function changesOf(engine: Engine): Changes {
  const change = (
    path: string,
    subject: string,
    more: { method?: 'POST' | 'DELETE'; query?: Record<string, unknown> } & CallOptions = {},
  ) => engine.change({ method: 'POST', path, subject, ...more });
  const container = (id: string, what: string, more: { query?: Record<string, unknown> } & CallOptions = {}) =>
    change(`${containerPath(id)}/${what}`, `container ${id}`, more);
  const waiting = ({ timeoutSeconds = USUAL_STOP_SECONDS }: StopAsk = {}, call: CallOptions = {}) => ({
    query: { t: timeoutSeconds },
    // The engine answers when it is done, which is after the container had its time to stop.
    deadlineMs: timeoutSeconds * 1_000 + 20_000,
    ...call,
  });
  return {
    start: (id, call) => container(id, 'start', { deadlineMs: 30_000, ...call }),
    stop: (id, ask, call) => container(id, 'stop', waiting(ask, call)),
    restart: (id, ask, call) => container(id, 'restart', waiting(ask, call)),
    pause: (id, call) => container(id, 'pause', call),
    unpause: (id, call) => container(id, 'unpause', call),
    kill: (id, signal, call) => container(id, 'kill', { query: { signal }, ...call }),
    rename: (id, name, call) => container(id, 'rename', { query: { name }, ...call }),
    removeContainer: (id, call) => change(containerPath(id), `container ${id}`, { method: 'DELETE', deadlineMs: 60_000, ...call }),
    removeImage: (reference, call) => change(imagePath(reference), `image ${reference}`, { method: 'DELETE', deadlineMs: 60_000, ...call }),
    removeVolume: (name, call) => change(volumePath(name), `volume ${name}`, { method: 'DELETE', deadlineMs: 60_000, ...call }),
    removeNetwork: (name, call) => change(networkPath(name), `network ${name}`, { method: 'DELETE', ...call }),
  };
}
