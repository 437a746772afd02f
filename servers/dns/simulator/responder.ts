import { createSocket, type Socket as Datagram } from 'node:dgram';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import packet, { type Packet } from 'dns-packet';
import type { Pihole } from './pihole.ts';

const BLOCK_TTL = 2;
const LENGTH = 2;

/** Answers DNS over UDP and TCP on one port, and blocks what its Pi-hole blocks. A frozen one takes questions and says nothing. */
export class Responder {
  readonly #pihole: Pihole;
  #udp: Datagram | undefined;
  #tcp: Server | undefined;
  #sockets = new Set<Socket>();
  port = 0;
  frozen = false;
  /** Questions that were answered. */
  answered = 0;

  constructor(pihole: Pihole) {
    this.#pihole = pihole;
  }

  async start(port = this.port): Promise<void> {
    const wanted = this.port || port;
    // The same number must be free for both: a second try where TCP has it taken.
    for (let tries = 0; ; tries++) {
      const udp = createSocket('udp4');
      await new Promise<void>((resolve, reject) => {
        udp.once('error', reject);
        udp.bind(wanted, '127.0.0.1', resolve);
      });
      const tcp = createServer((socket) => this.#talk(socket));
      const bound = await new Promise<boolean>((resolve) => {
        tcp.once('error', () => resolve(false));
        tcp.listen(udp.address().port, '127.0.0.1', () => resolve(true));
      });
      if (!bound && tries < 5 && !wanted) {
        udp.close();
        continue;
      }
      udp.on('message', (data, from) => {
        const reply = this.#answer(data, from.address);
        if (reply) udp.send(reply, from.port, from.address);
      });
      [this.#udp, this.#tcp] = [udp, tcp];
      this.port = (tcp.address() as AddressInfo | null)?.port ?? udp.address().port;
      return;
    }
  }

  async stop(): Promise<void> {
    const [udp, tcp] = [this.#udp, this.#tcp];
    this.#udp = undefined;
    this.#tcp = undefined;
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([
      new Promise((resolve) => (udp ? udp.close(() => resolve(undefined)) : resolve(undefined))),
      new Promise((resolve) => (tcp ? tcp.close(resolve) : resolve(undefined))),
    ]);
  }

  #talk(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {});
    let rest = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= LENGTH && rest.length >= LENGTH + rest.readUInt16BE(0)) {
        const end = LENGTH + rest.readUInt16BE(0);
        const reply = this.#answer(rest.subarray(LENGTH, end), (socket.remoteAddress ?? '').replace('::ffff:', ''));
        rest = rest.subarray(end);
        if (reply) socket.write(Buffer.concat([Buffer.from([reply.length >> 8, reply.length & 255]), reply]));
      }
    });
  }

  #answer(data: Buffer, ip: string): Buffer | undefined {
    if (this.frozen) return undefined;
    let asked: Packet;
    try {
      asked = packet.decode(data);
    } catch {
      return undefined;
    }
    const question = asked.questions?.[0];
    if (!question) return undefined;
    this.answered += 1;
    const name = question.name.toLowerCase();
    const { answers, rcode, status, listId, cname, ede } = this.resolve(name, String(question.type), ip);
    this.#pihole.queries.push({
      ...{ id: this.#pihole.nextQuery, time: Date.now() / 1000, type: String(question.type), status, domain: name, listId, cname },
      ...{
        upstream: status === 'FORWARDED' || status.endsWith('_CNAME') ? '192.0.2.1#53' : null,
        reply: rcode === 3 ? 'NXDOMAIN' : answers.length > 0 ? 'IP' : 'NODATA',
      },
      ...{ took: 0.0003, client: { ip, name: null } },
    });
    return packet.encode({
      type: 'response',
      id: asked.id ?? 0,
      // Recursion desired and available; the last four bits are the rcode.
      flags: 0x0180 | rcode,
      questions: [question],
      answers,
      additionals: ede ? [edeOption()] : [],
    });
  }

  /** What it answers, before it is put into a packet. */
  resolve(name: string, type: string, ip: string) {
    const decision = this.#pihole.decision(name, ip);
    const found = { status: decision.status as string, listId: decision.listId, cname: decision.cname, ede: false };
    if (decision.status === 'SPECIAL_DOMAIN') return { ...found, answers: [], rcode: 3, ede: true };
    if (decision.status !== 'FORWARDED') {
      const answers: packet.Answer[] =
        type === 'A'
          ? [{ type: 'A', name, ttl: BLOCK_TTL, data: '0.0.0.0' }]
          : type === 'AAAA'
            ? [{ type: 'AAAA', name, ttl: BLOCK_TTL, data: '::' }]
            : [];
      return { ...found, answers, rcode: 0 };
    }
    const answers: packet.Answer[] = [];
    let at = name;
    for (let target = this.#pihole.cnameOf(at); target && answers.length < 8; target = this.#pihole.cnameOf(at)) {
      answers.push({ type: 'CNAME', name: at, ttl: 300, data: target });
      at = target;
    }
    const known = this.#pihole.options.seed.upstream(at);
    if (known?.servfail) return { ...found, answers: [], rcode: 2 };
    const address = this.#pihole.addressOf(at);
    if (!address && answers.length === 0) return { ...found, answers, rcode: 3 };
    if (address && type === 'A') answers.push({ type: 'A', name: at, ttl: 300, data: address });
    return { ...found, answers, rcode: 0 };
  }
}

/** EDE 29, synthesized: on specials only. */
function edeOption(): packet.Answer {
  return {
    type: 'OPT',
    name: '.',
    udpPayloadSize: 1232,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [{ code: 15, data: Buffer.from([0, 29]) }],
  } as unknown as packet.Answer;
}
