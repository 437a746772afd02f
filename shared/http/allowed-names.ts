const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Host and Origin allow-lists of one server: loopback always, and what the owner named. */
export interface AllowedNames {
  /** Undefined when the header may pass, else one sentence that says what to set. */
  refuseHost: (header: string | undefined) => string | undefined;
  refuseOrigin: (header: string | undefined) => string | undefined;
}

// SECURITY: without these a web page could reach a server on loopback through the reader's browser (DNS rebinding).
export function allowedNames(hosts: readonly string[], origins: readonly string[]): AllowedNames {
  const allowedHosts = new Set([...LOOPBACK, ...hosts.map((host) => hostOf(`http://${host}`) ?? host.toLowerCase())]);
  const allowedOrigins = new Set([...LOOPBACK, ...origins.map((origin) => hostOf(origin) ?? origin.toLowerCase())]);
  return {
    refuseHost(header) {
      const host = header ? hostOf(`http://${header}`) : undefined;
      if (host && allowedHosts.has(host)) return undefined;
      return `The Host header ${shown(host)} is not allowed here. If clients are to use that name, add it to ALLOWED_HOSTS and restart.`;
    },
    refuseOrigin(header) {
      if (header === undefined) return undefined;
      const host = hostOf(header);
      if (host && allowedOrigins.has(host)) return undefined;
      return `The Origin header ${shown(host)} is not allowed here. If a page from there is to connect, add it to ALLOWED_ORIGINS and restart.`;
    },
  };
}

function hostOf(url: string): string | undefined {
  try {
    return new URL(url).hostname.toLowerCase() || undefined;
  } catch {
    return undefined;
  }
}

// A name in an error is third-party text: only what a host name may hold is shown.
const shown = (host: string | undefined): string => (host && /^[a-z0-9.:[\]-]{1,80}$/.test(host) ? `\`${host}\`` : '(unreadable)');
