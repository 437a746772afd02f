/** Folders that hold other people's or generated files; never entered. */
const VENDORED = new Set(
  '.git .hg .svn node_modules bower_components vendor .venv venv site-packages __pycache__ dist target .terraform .direnv .cache .next .tox .mypy_cache .pytest_cache .idea'.split(
    ' ',
  ),
);

const LOCK_FILES = new Set(
  'package-lock.json npm-shrinkwrap.json pnpm-lock.yaml yarn.lock poetry.lock uv.lock go.sum packages.lock.json .terraform.lock.hcl'.split(
    ' ',
  ),
);

const EXTENSIONS = new Set(
  (
    'md markdown mdx rst adoc txt yaml yml json jsonc json5 toml ini cfg conf cnf config properties nix tf hcl sh bash zsh fish py ps1 psm1 caddy rules ' +
    'service timer socket mount automount path network netdev container volume pod kube build nft example sample template dist'
  ).split(' '),
);

const NAMES =
  /^(readme|todo|changelog|(.*\.)?(caddyfile|dockerfile|containerfile|corefile|makefile|justfile|vagrantfile)(\..*)?|crontab|hosts|inventory|exports|fstab)$/i;
const ENVIRONMENT = /^(\.env(\..*)?|\.envrc|.*\.env|.*\.tfvars(\.json)?)$/i;
const SAMPLE = /(^|[._-])(example|sample|template|dist|default|defaults)([._-]|$)/i;
const TEMPLATED = /\.(j2|jinja2?|tmpl|tpl|gotmpl|erb)$/i;

/** True for a folder name that is never entered. */
export function isVendored(folder: string): boolean {
  return VENDORED.has(folder);
}

/**
 * True for a relative path whose name says text about the lab: documents, configuration, scripts.
 * Environment files, lock files and vendored folders are not; examples of environment files are.
 */
export function isWanted(path: string): boolean {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  if (parts.some(isVendored) || LOCK_FILES.has(name) || name.endsWith('.lock')) return false;
  // SECURITY: environment files hold live passwords in every notation; without this line one that no rule knows would be shown.
  if (ENVIRONMENT.test(name)) return SAMPLE.test(name);
  const plain = name.replace(TEMPLATED, '');
  if (NAMES.test(plain)) return true;
  const dot = plain.lastIndexOf('.');
  return dot > 0 || (dot === 0 && plain.length > 1) ? EXTENSIONS.has(plain.slice(dot + 1).toLowerCase()) : false;
}
