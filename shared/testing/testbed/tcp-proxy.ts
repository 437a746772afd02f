import { connect, createServer, type Socket } from 'node:net';

/** A way to a port of this machine that a test can slow down, silence or cut. */
export interface TcpProxy {
  port: number;
  /** Connections that were made through it. */
  connections: () => number;
  /** From now on nothing passes, and nobody is told: a cable that was pulled. */
  freeze: () => void;
  /** Passes again for new connections; frozen ones stay so. */
  thaw: () => void;
  /** Ends every connection. */
  cut: () => void;
  close: () => Promise<void>;
}

/** Starts a proxy to `port()` of loopback; each direction is late by `delayMs`. */
export function tcpProxy(port: () => number, delayMs = 0): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let frozen = false;
  let connections = 0;
  const server = createServer((near) => {
    connections++;
    const far = connect({ port: port(), host: '127.0.0.1', noDelay: true });
    near.setNoDelay(true);
    let dead = false;
    const relay = (from: Socket, to: Socket) => {
      sockets.add(from);
      from.on('data', (chunk) => {
        dead ||= frozen;
        if (dead) return;
        if (delayMs === 0) to.write(chunk);
        else setTimeout(() => to.write(chunk), delayMs);
      });
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        if (!dead) setTimeout(() => to.destroy(), delayMs);
      });
    };
    relay(near, far);
    relay(far, near);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const cut = () => {
        for (const socket of sockets) socket.destroy();
      };
      resolve({
        port: typeof address === 'object' && address ? address.port : 0,
        connections: () => connections,
        freeze: () => {
          frozen = true;
        },
        thaw: () => {
          frozen = false;
        },
        cut,
        close: () =>
          new Promise((done) => {
            cut();
            server.close(() => done());
          }),
      });
    });
  });
}
