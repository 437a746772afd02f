import type { Outcome } from '../metrics/metrics.ts';
import type { Query } from './address.ts';
import type { Explain } from './send.ts';

/** Hears of every request when it is over; `metrics.upstream` is one. */
export type UpstreamObserver = (event: { upstream: string; ms: number; outcome: Outcome }) => void;

export interface UpstreamOptions {
  /** As people call it: `Prometheus`, `Pi-hole rpi`. It begins every error sentence. */
  name: string;
  baseUrl: string | URL;
  /** Sent with every request; a function is asked before each, for a session that changes. */
  headers?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);
  /** The settings that errors name. */
  settings?: { url?: string; auth?: string };
  /** From the call to the last byte, queueing and retries included; 10,000 unless told. */
  deadlineMs?: number;
  /** Largest answer after decompression; 8 MiB unless told. */
  maxBytes?: number;
  /** How often a read is tried again; 2 unless told. */
  retries?: number;
  /** Requests at the same time; 8 unless told. Streams have as many of their own. */
  concurrency?: number;
  /** Asked for by `probe`; `/` unless told. */
  probePath?: string;
  tls?: { ca?: string; serverName?: string; insecure?: boolean };
  observer?: UpstreamObserver;
  /** Makes a better Fault of a refusal; a request's own comes first. */
  explain?: Explain;
}

/** One request. */
export interface Ask {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base address, beginning with `/`; use path`...` where it holds a value. */
  path: string;
  query?: Query;
  /** Sent as a form when URLSearchParams, as it is when bytes (give `content-type`), else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** This POST only asks: it may be tried again, and losing its answer loses nothing. */
  reads?: boolean;
  deadlineMs?: number;
  maxBytes?: number;
  explain?: Explain;
}
