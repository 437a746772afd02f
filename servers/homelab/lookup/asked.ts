import { isAddress } from '@homelab/shared/inventory/address.ts';

/** What a question could be the name of, beside itself. */
export interface Asked {
  /** Without scheme, path of a URL, image tag; never empty. */
  text: string;
  /** `nas:9090`, `192.0.2.30:9090`, `:9090`, `53/udp`. */
  port?: { host?: string; number: number; transport?: 'tcp' | 'udp' };
  path?: string;
}

const PORT = /^(?:\[?([^\s[\]]*?)\]?:)?(\d{1,5})(?:\/(tcp|udp))?$/i;

/** Takes apart a name, an address, `host:port`, a port, a URL, a MAC address, an image with its tag, or a path. */
export function askedOf(query: string): Asked {
  const given =
    query
      .trim()
      .replace(/^[`"'<(]+|[`"'>)?!.,]+$/g, '')
      .trim() || query.trim();
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@\s]*@)?(\[[^\]]+\]|[^/:?#\s]+)(?::(\d+))?([/?#]\S*)?$/i.exec(given);
  if (url) {
    const [, host = '', port] = url;
    const bare = host.replace(/^\[|\]$/g, '');
    return port ? { text: bare, port: { host: bare, number: Number(port) } } : { text: bare };
  }
  if (/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(given)) return { text: given.replaceAll('-', ':').toLowerCase() };
  if (isAddress(given) || /^[0-9a-f.:]+\/\d{1,3}$/i.test(given)) return { text: given };
  const port = PORT.exec(given);
  if (port && Number(port[2]) >= 1 && Number(port[2]) <= 65_535) {
    const [, host, number, transport] = port;
    return {
      text: given,
      port: { ...(host && { host }), number: Number(number), ...(transport && { transport: transport.toLowerCase() as 'tcp' | 'udp' }) },
    };
  }
  const image = given.replace(/@sha256:[0-9a-f]+$/i, '');
  if (/^[\w./-]+:[\w][\w.-]*$/.test(image) && !/^[a-z]:/i.test(image)) return { text: image.replace(/:[^:]*$/, ''), ...pathOf(given) };
  if (image !== given) return { text: image };
  return { text: given, ...pathOf(given) };
}

function pathOf(text: string): { path?: string } {
  const path = text.replaceAll('\\', '/');
  return /[/]/.test(path) && !/\s/.test(path) ? { path: path.replace(/(?<=.)\/+$/, '') } : {};
}
