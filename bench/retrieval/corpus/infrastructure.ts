import { type Corpus, rows } from './data.ts';
import { panels, shellBody } from './filler.ts';
import { HOSTS, type Placed, sentences } from './lab.ts';
import { random } from './random.ts';

/** Ansible roles: tasks, defaults and mostly a README or handlers. */
export function roles(all: readonly Placed[]): Corpus {
  const corpus: Corpus = new Map();
  for (const [role = '', about = '', module = ''] of rows('role')) {
    const chance = random(`role ${role}`);
    const unit = role.replaceAll('_', '-');
    const task =
      module === 'apt'
        ? `    name: [${unit}]\n    state: present`
        : module === 'template'
          ? `    src: ${unit}.j2\n    dest: /etc/${unit}.conf\n    mode: "0644"`
          : '    name: item';
    const prefix = module === 'mount' ? 'ansible.posix' : 'ansible.builtin';
    corpus.set(
      `ansible/roles/${role}/tasks/main.yml`,
      `---\n- name: ${about}\n  ${prefix}.${module}:\n${task}\n  notify: restart ${unit}\n  tags: [${role}]\n`,
    );
    corpus.set(
      `ansible/roles/${role}/defaults/main.yml`,
      `---\n${role}_enabled: true\n${role}_interval: ${chance.int(5, 3600)}\n${role}_hosts: [${chance.some(HOSTS, 2).join(', ')}]\n`,
    );
    if (chance.chance(0.55))
      corpus.set(
        `ansible/roles/${role}/handlers/main.yml`,
        `---\n- name: restart ${unit}\n  ansible.builtin.service:\n    name: ${unit}\n    state: restarted\n`,
      );
    if (chance.chance(0.55))
      corpus.set(
        `ansible/roles/${role}/README.md`,
        `# ${role}\n\nThis role: ${about}.\n\n${sentences('rolenote', 2, chance, all).join(' ')}\n`,
      );
  }
  return corpus;
}

/** A program in the cluster: release, claim, ingress and kustomization. */
export function cluster(all: readonly Placed[]): Corpus {
  const corpus: Corpus = new Map();
  const apps = all.filter(
    ({ companions, port, category }) => companions.length === 0 && port !== 0 && !['network', 'games', 'backup'].includes(category),
  );
  for (const it of apps.slice(0, 44)) {
    const chance = random(`cluster ${it.key}`);
    const root = `kubernetes/apps/${it.category}/${it.key}`;
    const meta = (kind: string, api: string) =>
      `apiVersion: ${api}\nkind: ${kind}\nmetadata:\n  name: ${it.key}\n  namespace: ${it.category}\n`;
    const env = it.env.map((name) => `              ${name}: from-secret\n`).join('');
    corpus.set(
      `${root}/helmrelease.yaml`,
      `${meta('HelmRelease', 'helm.toolkit.fluxcd.io/v2')}spec:\n  interval: ${chance.pick(['30m', '1h', '12h'])}\n  chart:\n    spec: { chart: app-template, version: 3.7.3 }\n  values:\n    controllers:\n      ${it.key}:\n        containers:\n          app:\n            image: { repository: ${it.image}, tag: ${it.tag} }\n            env:\n              TZ: Europe/Berlin\n${env}            resources: { limits: { memory: ${chance.pick([128, 256, 512, 1024])}Mi } }\n    service: { app: { ports: { http: { port: ${it.port} } } } }\n`,
    );
    corpus.set(
      `${root}/pvc.yaml`,
      `${meta('PersistentVolumeClaim', 'v1')}spec:\n  accessModes: [ReadWriteOnce]\n  storageClassName: longhorn\n  resources: { requests: { storage: ${chance.int(1, 40)}Gi } }\n`,
    );
    corpus.set(
      `${root}/ingress.yaml`,
      `${meta('Ingress', 'networking.k8s.io/v1')}spec:\n  ingressClassName: internal\n  rules:\n    - host: ${it.key}.k3s.hearth.internal\n      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${it.key}, port: { number: ${it.port} } } } }] }\n`,
    );
    corpus.set(
      `${root}/kustomization.yaml`,
      `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: ${it.category}\nresources: [helmrelease.yaml, pvc.yaml, ingress.yaml]\n`,
    );
  }
  return corpus;
}

/** Sites of the front door, one file per program. */
export function sites(all: readonly Placed[]): Corpus {
  const login = 'forward_auth authentik:9000 { uri /outpost.goauthentik.io/auth/caddy }';
  return new Map(
    all
      .filter(({ port }) => port > 0)
      .slice(0, 95)
      .map((it) => {
        const chance = random(`site ${it.key}`);
        const gate = chance.chance(0.4) ? `\t${login}\n` : '';
        const body = chance.chance(0.2) ? `\trequest_body { max_size ${chance.int(1, 50)}GB }\n` : '';
        return [
          `proxy/sites/${it.key}.caddy`,
          `${it.key}.hearth.example.net {\n\timport common\n${gate}${body}\treverse_proxy ${it.host}.hearth.internal:${it.hostPort}\n}\n`,
        ];
      }),
  );
}

/** Scripts, timers, alert rules, dashboards, modules and plans. */
export function machinery(all: readonly Placed[]): Corpus {
  const corpus: Corpus = new Map();
  for (const [name = '', about = '', call = ''] of rows('script')) {
    const path = `scripts/${name}`;
    const limit = random(path).int(3, 90);
    if (name.endsWith('.py'))
      corpus.set(
        path,
        `#!/usr/bin/env python3\n"""${about[0]?.toUpperCase()}${about.slice(1)}."""\nimport sys\n\nLIMIT = ${limit}\n\n\ndef main() -> int:\n    # ${call}\n    return 0\n\n\nif __name__ == "__main__":\n    sys.exit(main())\n`,
      );
    else
      corpus.set(
        path,
        `#!/usr/bin/env bash\n# ${about}\nset -euo pipefail\nlimit="\${1:-${limit}}"\n${shellBody(random(`body ${name}`), call)}`,
      );
  }
  for (const [name = '', about = '', when = ''] of rows('timer')) {
    const host = random(`timer ${name}`).pick(HOSTS);
    corpus.set(
      `systemd/${host}/${name}.timer`,
      `[Unit]\nDescription=${about}\n\n[Timer]\nOnCalendar=${when}\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n`,
    );
    corpus.set(
      `systemd/${host}/${name}.service`,
      `[Unit]\nDescription=${about}\n\n[Service]\nType=oneshot\nExecStart=/usr/local/bin/${name}\nNice=10\n`,
    );
  }
  const groups = new Map<string, string[]>();
  for (const [group = '', alert = '', expr = '', wait = '', severity = '', about = ''] of rows('rule')) {
    const rule = `      - alert: ${alert}\n        expr: ${expr}\n        for: ${wait}\n        labels: { severity: ${severity} }\n        annotations: { summary: "${about}" }\n`;
    groups.set(group, [...(groups.get(group) ?? []), rule]);
  }
  for (const [group, rules] of groups)
    corpus.set(`monitoring/rules/${group}.yml`, `groups:\n  - name: ${group}\n    rules:\n${rules.join('')}`);
  for (const it of all.filter((_, at) => at % 3 === 0)) {
    corpus.set(
      `monitoring/dashboards/${it.key}.json`,
      `${JSON.stringify({ title: it.name, uid: it.key, panels: panels(it.key) }, null, 2)}\n`,
    );
    corpus.set(
      `monitoring/probes/${it.key}.yml`,
      `- targets: [https://${it.key}.hearth.example.net]\n  labels: { job: sites, host: ${it.host} }\n`,
    );
  }
  for (const it of all.filter((_, at) => at % 4 === 1))
    corpus.set(
      `nix/modules/${it.key}.nix`,
      `{ config, lib, ... }:\nlet cfg = config.hearth.${it.key}; in\n{\n  options.hearth.${it.key}.enable = lib.mkEnableOption "${it.name}";\n  config = lib.mkIf cfg.enable {\n    virtualisation.oci-containers.containers.${it.key} = {\n      image = "${it.image}:${it.tag}";\n      ports = [ "127.0.0.1:${it.hostPort}:${it.port}" ];\n      volumes = [ ${it.folders.map((folder) => `"${it.dir}:${folder}"`).join(' ')} ];\n    };\n  };\n}\n`,
    );
  for (const it of all.filter((_, at) => at % 6 === 2))
    corpus.set(
      `terraform/records/${it.key}.tf`,
      `resource "cloudflare_record" "${it.key}" {\n  zone_id = var.zone\n  name    = "${it.key}"\n  type    = "CNAME"\n  value   = "edge"\n  proxied = false\n}\n`,
    );
  for (const host of HOSTS) {
    const mine = all.filter((it) => it.host === host);
    corpus.set(
      `ansible/inventory/host_vars/${host}.yml`,
      `---\nstacks:\n${mine.map(({ key }) => `  - ${key}\n`).join('')}node_exporter_enabled: true\n`,
    );
    corpus.set(
      `docs/machines/${host}.md`,
      `# ${host}\n\n${sentences('journal', 3, random(`machine ${host}`), mine.length > 0 ? mine : all).join(' ')}\n\n## What runs here\n\n${mine.map((it) => `- ${it.name} (${it.hostPort})`).join('\n')}\n`,
    );
  }
  return corpus;
}
