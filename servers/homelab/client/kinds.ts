import type { Kind } from './document.ts';

const PROSE = /\.(md|markdown|mdx|rst|adoc|txt)$|(^|\/)(readme|todo|changelog)$/i;
const YAML = /\.ya?ml(\.(j2|jinja2?|tmpl|tpl))?$/i;
const DECISION_FOLDER = /(^|\/)(decisions?|adrs?|decision-records?|architecture-decisions?)\//i;
const DECISION_NAME = /(^|\/)(adr-?)?\d{4}-(?!\d\d-\d\d)[^/]+\.(md|markdown|rst|adoc)$/i;
const RUNBOOK_PATH = /(^|\/)runbooks?\/|runbook[^/]*$/i;
const RUNBOOK_FRONT = /^(alerts\s*:|(type|kind)\s*:\s*["']?runbook\b)/im;
const SERVICE_PATH = /(^|\/)(service\.ya?ml|infrastructure\/services\/[^/]+\.ya?ml)$/i;
const SERVICE_FOLDER = /(^|\/)services\/[^/]+\/[^/]+$/i;
const CONTRACT = /^apiVersion:\s*["']?homelab\//m;
const COMPOSE_NAME = /(^|\/)(docker-|podman-)?compose([.-][^/]*)?\.ya?ml(\.(j2|jinja2?|tmpl|tpl))?$/i;
const COMPOSE_TEXT = /^services:\s*(#.*)?\n(?:(?:[ \t].*|#.*|)\n)*?[ \t]+(image|build):/m;

/** The kind of a file by its path, and where that does not tell, by its text. */
export function kindOf(path: string, text: string): Kind {
  if (PROSE.test(path)) {
    if (DECISION_FOLDER.test(path) || DECISION_NAME.test(path)) return 'decision';
    if (RUNBOOK_PATH.test(path) || RUNBOOK_FRONT.test(frontMatter(text))) return 'runbook';
    return SERVICE_FOLDER.test(path) ? 'service' : 'doc';
  }
  if (!YAML.test(path)) return 'config';
  if (COMPOSE_NAME.test(path)) return 'compose';
  if (SERVICE_PATH.test(path) || CONTRACT.test(text.slice(0, 2000))) return 'service';
  if (COMPOSE_TEXT.test(text)) return 'compose';
  return SERVICE_FOLDER.test(path) ? 'service' : 'config';
}

function frontMatter(text: string): string {
  if (!text.startsWith('---\n')) return '';
  const end = text.indexOf('\n---', 4);
  return end < 0 ? '' : text.slice(4, end);
}
