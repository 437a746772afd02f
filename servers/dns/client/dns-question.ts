import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { Fault } from '@homelab/shared/faults.ts';
import packet, { type Packet } from 'dns-packet';

/** A DNS server that may be asked: only configured ones are. */
export interface Resolver {
  name: string;
  host: string;
  port: number;
}

export type RecordType = 'A' | 'AAAA' | 'CNAME' | 'HTTPS' | 'MX' | 'TXT' | 'PTR' | 'NS' | 'SRV';

/** What a server said to one question, or why nothing came. */
export interface DnsAnswer {
  server: string;
  /** `NOERROR`, `NXDOMAIN` ...; none without an answer. */
  rcode?: string;
  /** Addresses and names, the CNAME chain in order. */
  answers: { type: string; data: string }[];
  /** Extended error code. */
  ede?: number;
  ms: number;
  /** How Pi-hole blocks: the null address. */
  blocked: boolean;
  /** Why nothing came. */
  trouble?: 'no answer' | 'refused' | 'no DNS';
}

const TRIES = 2;
const TRY_MS = 1_000;
const EDE = 15;
const TRUNCATED = 0x0200;

/** Asks one server over UDP, twice at most, and over TCP where the answer was cut. Never throws but for a name that cannot be asked. */
export async function askDns(server: Resolver, name: string, type: RecordType, signal?: AbortSignal): Promise<DnsAnswer> {
  const start = performance.now();
  const id = Math.floor(Math.random() * 65_536);
  const question = encode(id, name, type);
  const ended = (more: Partial<DnsAnswer>): DnsAnswer => ({
    server: server.name,
    answers: [],
    blocked: false,
    ms: Math.round((performance.now() - start) * 10) / 10,
    ...more,
  });
  for (let tries = 0; tries < TRIES; tries++) {
    const reply = await overUdp(server, question, id, signal);
    if (reply === 'refused') return ended({ trouble: 'refused' });
    if (reply === undefined) continue;
    const whole = (reply.flags ?? 0) & TRUNCATED ? await overTcp(server, question, id, signal) : reply;
    if (whole) return ended(read(whole));
    return ended({ trouble: 'no DNS' });
  }
  return ended({ trouble: 'no answer' });
}

function encode(id: number, name: string, type: RecordType): Buffer {
  try {
    return packet.encode({
      type: 'query',
      id,
      flags: packet.RECURSION_DESIRED,
      questions: [{ type, name } as never],
      additionals: [
        { type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] },
      ] as never,
    });
  } catch (cause) {
    throw new Fault('invalid_input', 'That name cannot be asked over DNS.', { hint: 'Give a name such as `ads.example.com`.', cause });
  }
}

function overUdp({ host, port }: Resolver, question: Buffer, id: number, signal?: AbortSignal): Promise<Packet | 'refused' | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    let done = false;
    const end = (value: Packet | 'refused' | undefined): void => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      socket.close();
      resolve(value);
    };
    const stop = () => end(undefined);
    const timer = setTimeout(stop, TRY_MS);
    signal?.addEventListener('abort', stop, { once: true });
    socket.on('error', (error) => end((error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'refused' : undefined));
    socket.on('message', (data) => {
      const reply = decode(data);
      // SECURITY: an answer to another question is somebody guessing; it must not count.
      if (reply?.id === id) end(reply);
    });
    // Connected, so that only this server is heard and a closed port is told.
    socket.connect(port, host, () => socket.send(question));
  });
}

function overTcp({ host, port }: Resolver, question: Buffer, id: number, signal?: AbortSignal): Promise<Packet | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    let held = Buffer.alloc(0);
    const end = (value: Packet | undefined): void => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(TRY_MS * 2, () => end(undefined));
    signal?.addEventListener('abort', () => end(undefined), { once: true });
    socket.on('error', () => end(undefined));
    socket.on('connect', () => socket.write(Buffer.concat([Buffer.from([question.length >> 8, question.length & 255]), question])));
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk]);
      if (held.length < 2 || held.length < 2 + held.readUInt16BE(0)) return;
      const reply = decode(held.subarray(2));
      end(reply?.id === id ? reply : undefined);
    });
  });
}

function decode(data: Buffer): Packet | undefined {
  try {
    return packet.decode(data);
  } catch {
    return undefined;
  }
}

function read(reply: Packet): Partial<DnsAnswer> {
  const answers = (reply.answers ?? []).flatMap((answer) =>
    answer.type === 'OPT' ? [] : [{ type: String(answer.type), data: textOf((answer as { data?: unknown }).data) }],
  );
  const options = (reply.additionals ?? []).flatMap((extra) =>
    extra.type === 'OPT' ? ((extra as { options?: { code: number; data?: Buffer }[] }).options ?? []) : [],
  );
  const ede = options.find(({ code }) => code === EDE)?.data;
  const blocked = rcodeOf(reply) === 'NOERROR' && answers.some(({ data }) => data === '0.0.0.0' || data === '::');
  return { rcode: rcodeOf(reply), answers, blocked, ...(ede && ede.length >= 2 ? { ede: ede.readUInt16BE(0) } : {}) };
}

function rcodeOf(reply: Packet): string {
  return (reply as Packet & { rcode?: string }).rcode ?? 'NOERROR';
}

function textOf(data: unknown): string {
  if (typeof data === 'string') return data;
  if (Array.isArray(data)) return data.map(textOf).join(' ');
  if (Buffer.isBuffer(data)) return data.toString('utf8');
  return JSON.stringify(data) ?? '';
}
