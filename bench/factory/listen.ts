import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Tells the process that measures where this one listens, and ends with it. */
export function tell(port: number, token = 'none'): void {
  process.once('disconnect', () => process.exit(0));
  process.send?.({ port, token });
}

/** Listens on a free port of loopback. */
export function listenAndTell(app: RequestListener): void {
  const server = createServer(app).listen(0, '127.0.0.1', () => tell((server.address() as AddressInfo).port));
}
