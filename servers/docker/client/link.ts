import type { IncomingMessage } from 'node:http';
import { agreeOn } from './api-version.ts';
import type { HostSettings } from './host-settings.ts';
import { channelGate } from './ssh/channel-gate.ts';
import type { Channels } from './ssh/channels.ts';
import { type Connection, orAborted } from './ssh/connection.ts';
import { chooseWay, type Way } from './transport/choose.ts';
import { type Wire, type WireAsk, wire } from './transport/wire.ts';

/** The way to one engine, kept as long as its connection stands. */
export interface Link {
  readonly host: string;
  send(ask: WireAsk): Promise<IncomingMessage>;
  /** Waits for a free channel; gives back how to leave. Streams have channels of their own. */
  enter(signal: AbortSignal, more?: { alone?: boolean }): Promise<() => void>;
  /** The host refused a channel: fewer are used from now on. Resolves when the next try makes sense. */
  makeRoom(signal: AbortSignal, tried: number, more?: { alone?: boolean }): Promise<void>;
  /** The API version that is spoken. */
  api(signal: AbortSignal): Promise<string>;
  /** Speaks this version from now on. */
  speak(version: string): void;
  /** Notes what was received by now; `dropIfSilent` ends a connection on which nothing came since. */
  watch(): { dropIfSilent(): void };
  /** The way as it was found last. */
  way(): Way | undefined;
  found(signal: AbortSignal): Promise<Way>;
  close(): void;
}

const CHANNELS = 8;
// Each is a program that starts on the host, and one answers in milliseconds: waiting is faster than starting another.
const PROGRAMS = 4;
const STREAMS = 8;

interface Open {
  way: Way;
  api: string;
  wire: Wire;
}

/** The link to a host over its connection; without one the engine is this machine's own. */
export function linkTo(settings: HostSettings, channels: Channels, connection: Connection | undefined): Link {
  const host = settings.name;
  const calls = channelGate(CHANNELS);
  const streams = channelGate(STREAMS);
  let open: Open | undefined;
  let opening: Promise<Open> | undefined;
  let asked: string | undefined;

  const forget = () => {
    open?.wire.close();
    open = undefined;
  };
  connection?.onEnd(forget);

  async function establish(): Promise<Open> {
    try {
      const way = await chooseWay(settings, channels, AbortSignal.timeout(15_000));
      if (way.sessions) calls.narrow(PROGRAMS);
      const api = asked ?? agreeOn(host, way.ping.api);
      open = { way, api, wire: wire(way.open, `v${api}`) };
      return open;
    } finally {
      opening = undefined;
    }
  }

  const established = (signal: AbortSignal): Promise<Open> => {
    if (open) return Promise.resolve(open);
    opening ??= establish();
    return orAborted(opening, signal);
  };

  return {
    host,
    send: async (ask) => (await established(ask.signal)).wire.send(ask),
    enter: (signal, { alone = false } = {}) => (alone ? streams : calls).enter(signal),
    async makeRoom(signal, tried, { alone = false } = {}) {
      const standing = open?.wire.standing() ?? 0;
      calls.narrow(alone ? standing - 1 : standing);
      if (alone) open?.wire.dropIdle();
      // Where none of ours stands, others hold the sessions, or the host counts one that has just ended.
      if (alone || standing === 0) await orAborted(new Promise((resolve) => setTimeout(resolve, 25 * 2 ** tried)), signal);
    },
    api: async (signal) => (await established(signal)).api,
    speak(version) {
      asked = version;
      if (open) open = { way: open.way, api: version, wire: wire(open.way.open, `v${version}`) };
    },
    watch() {
      const [before, made] = [connection?.received(), connection?.state().made];
      return {
        dropIfSilent() {
          if (connection && connection.state().made === made && connection.received() === before) connection.drop();
        },
      };
    },
    way: () => open?.way,
    found: async (signal) => (await established(signal)).way,
    close: forget,
  };
}
