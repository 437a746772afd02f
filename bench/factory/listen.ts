import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on a free port of loopback and tells it to the process that measures. */
export function listenAndTell(app: RequestListener): void {
  const server = createServer(app).listen(0, '127.0.0.1', () => {
    process.send?.({ port: (server.address() as AddressInfo).port, token: 'none' });
  });
}
