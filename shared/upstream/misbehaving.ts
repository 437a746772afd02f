import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket, type Server as SocketServer } from 'node:net';

/** A server that answers as its test wants; `seen` lists the requests, `close` ends it with all connections. */
export interface Misbehaving {
  url: string;
  seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
  close(): Promise<void>;
}

/** Answers with `handler`, which may also break the rules through `response.socket`. */
export async function httpServer(
  handler: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<Misbehaving> {
  const seen: Misbehaving['seen'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
      handler(request, response, seen.length);
    });
  });
  return { ...(await listen(server)), seen };
}

/** Writes `bytes` for every connection once something came in, then closes it. */
export async function rawServer(bytes: string | Buffer): Promise<Misbehaving> {
  const server = createSocketServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(bytes));
  });
  return { ...(await listen(server)), seen: [] };
}

async function listen(server: Server | SocketServer): Promise<Omit<Misbehaving, 'seen'>> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
