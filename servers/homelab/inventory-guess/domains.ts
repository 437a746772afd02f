import type { ComposeService } from '@homelab/shared/inventory/compose.ts';
import type { Place } from '@homelab/shared/inventory/inventory.ts';
import type { SourceFile } from '../client/document.ts';

/** A domain that leads to a service, by which kind of proxy, and to which of its ports where that is written. */
export interface Route {
  domain: string;
  proxy: 'traefik' | 'caddy';
  port?: number;
  place: Place;
}

const LONGEST_RULE = 10_000;
const DOMAIN = /^(?=.{1,253}$)[a-z0-9*]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;

/** Domains in the labels of a service: Traefik's Host rules and caddy-docker-proxy's site labels. */
export function labelRoutes(service: ComposeService): Route[] {
  const routes: Route[] = [];
  const labels = [...service.labels];
  const served = labels.find(([key]) => /^traefik\.http\.services\..*\.loadbalancer\.server\.port$/.test(key))?.[1];
  for (const [key, value] of labels) {
    const place = service.at(['labels', key]);
    if (/^traefik\.http\.routers\..*\.rule$/.test(key)) {
      for (const [, inside = ''] of value.slice(0, LONGEST_RULE).matchAll(/\bHost(?:SNI)?\(([^)]{0,2000})\)/g)) {
        for (const [, domain = ''] of inside.matchAll(/[`'"]([^`'"]{1,300})[`'"]/g))
          add(routes, { domain, proxy: 'traefik', place }, served);
      }
    } else if (/^caddy(_\d+)?$/.test(key)) {
      const port = labels.find(([other]) => other === `${key}.reverse_proxy`)?.[1].match(/upstreams[^}]{0,200}?(\d+)|:(\d+)/);
      for (const domain of value.split(/[\s,]+/)) add(routes, { domain: bare(domain), proxy: 'caddy', place }, port?.[1] ?? port?.[2]);
    }
  }
  return routes;
}

/** Sites of Caddyfiles: to which `host:port` a domain is handed on. */
export function caddySites(files: readonly SourceFile[]): { domain: string; upstream: string; port?: number; place: Place }[] {
  return files.flatMap(({ path, text }) => {
    if (!/(^|\/)([^/]*\.)?caddyfile(\.[^/]*)?$|\.caddy$/i.test(path)) return [];
    let domains: string[] = [];
    let depth = 0;
    return text.split('\n').flatMap((raw, index) => {
      const line = raw.replace(/(^|\s)#.*$/, '').trim();
      const head = depth === 0 ? /^(.*)\{$/.exec(line)?.[1] : undefined;
      if (head !== undefined)
        domains = head
          .split(/[\s,]+/)
          .map(bare)
          .filter(isDomain);
      const target = /^reverse_proxy\s+(?:\S+\s+)??(?:https?:\/\/)?([\w.-]+)(?::(\d+))?\s*\{?$/.exec(line);
      depth += (line.match(/\{(?=\s|$)/g)?.length ?? 0) - (line.match(/(?<=^|\s)\}/g)?.length ?? 0);
      if (!target) return [];
      const place = { file: path, line: index + 1, column: 1 };
      return domains.map((domain) => ({ domain, upstream: target[1] ?? '', ...(target[2] ? { port: Number(target[2]) } : {}), place }));
    });
  });
}

function add(routes: Route[], route: Route, port: string | undefined): void {
  // A rule that hangs on a variable names no domain.
  if (!isDomain(route.domain) || routes.some(({ domain }) => domain === route.domain)) return;
  routes.push(port && Number(port) > 0 ? { ...route, port: Number(port) } : route);
}

function bare(site: string): string {
  return site.replace(/^https?:\/\//, '').replace(/[:/].*$/, '');
}

function isDomain(text: string): boolean {
  return DOMAIN.test(text) && /[a-z]/i.test(text.split('.').at(-1) ?? '');
}
