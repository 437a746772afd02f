import { createSocket, type Socket as Datagram } from 'node:dgram';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Pihole } from './pihole.ts';

/** The address that moves: HTTP and DNS that reach whichever Pi-hole holds it. */
export class SharedAddress {
  readonly #all: readonly Pihole[];
  readonly #address: string;
  #servers: Server[] = [];
  #udp: Datagram | undefined;
  #sockets = new Set<Socket>();
  httpPort = 0;
  dnsPort = 0;

  /** `all` with the master first. */
  constructor(all: readonly Pihole[], address: string) {
    this.#all = all;
    this.#address = address;
  }

  /** The first that is up and answers; both when somebody put the address on both. */
  get holder(): Pihole | undefined {
    return this.#all.find((one) => one.up && !one.responder.frozen);
  }

  async start(ports: { http?: number; dns?: number } = {}): Promise<this> {
    const http = await this.#listen(ports.http ?? 0, (holder) => Number(new URL(holder.url).port));
    const dns = await this.#listen(ports.dns ?? 0, (holder) => holder.responder.port);
    [this.httpPort, this.dnsPort] = [http, dns];
    const udp = createSocket('udp4');
    await new Promise<void>((resolve) => udp.bind(dns, '127.0.0.1', resolve));
    udp.on('message', (data, from) => {
      const { holder } = this;
      if (!holder) return;
      const leg = createSocket('udp4');
      const end = setTimeout(() => leg.close(), 2_000).unref();
      leg.on('message', (reply) => {
        clearTimeout(end);
        leg.close();
        udp.send(reply, from.port, from.address);
      });
      leg.send(data, holder.responder.port, '127.0.0.1');
    });
    this.#udp = udp;
    this.mark();
    return this;
  }

  /** Puts the address on the interfaces of its holder and takes it off the others. */
  mark(): void {
    for (const one of this.#all) one.vip = one === this.holder ? this.#address : undefined;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([
      ...this.#servers.map((server) => new Promise((resolve) => server.close(resolve))),
      new Promise((resolve) => (this.#udp ? this.#udp.close(() => resolve(undefined)) : resolve(undefined))),
    ]);
  }

  async #listen(port: number, portOf: (holder: Pihole) => number): Promise<number> {
    const server = createServer((socket) => {
      const { holder } = this;
      if (!holder) return void socket.destroy();
      const leg = connect(portOf(holder), '127.0.0.1');
      for (const one of [socket, leg]) {
        this.#sockets.add(one);
        one.on('error', () => {});
        one.on('close', () => {
          this.#sockets.delete(one);
          (one === socket ? leg : socket).destroy();
        });
      }
      socket.pipe(leg).pipe(socket);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    this.#servers.push(server);
    return (server.address() as AddressInfo).port;
  }
}
