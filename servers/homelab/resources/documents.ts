import { Fault } from '@homelab/shared/faults.ts';
import { defineResource } from '@homelab/shared/mcp/resource.ts';
import { plain, plainLines } from '@homelab/shared/render/plain.ts';
import type { Kind } from '../client/document.ts';
import type { Homelab } from '../client/homelab.ts';
import { insidePath } from '../client/inside.ts';
import { sourceLine, sourceOf } from '../documents/source.ts';

const LISTED = 20;
const FIRST: readonly Kind[] = ['decision', 'runbook', 'doc', 'service', 'compose', 'config'];

/** Every readable file of the repository by its path; the README, decisions and runbooks are listed first. */
export const documents = defineResource<Homelab>({
  name: 'documents',
  title: 'Documents of the homelab repository',
  description: 'A file of the homelab repository by its path, secrets redacted.',
  mimeType: 'text/plain',
  template: 'homelab://docs/{+path}',
  async list({ repository, outline }) {
    const rank = ({ path, kind }: { path: string; kind: Kind }) => (/^readme\.md$/i.test(path) ? -1 : FIRST.indexOf(kind));
    return repository
      .files()
      .toSorted((a, b) => rank(a) - rank(b))
      .slice(0, LISTED)
      .map((file) => ({ uri: uriOf(file.path), name: plain(file.path), title: plain(outline(file).title), mimeType: 'text/plain' }));
  },
  complete: {
    async path(value, { repository }) {
      const wanted = value.toLowerCase();
      const paths = repository.files().map(({ path }) => path);
      const starting = paths.filter((path) => path.toLowerCase().startsWith(wanted));
      const holding = paths.filter((path) => !path.toLowerCase().startsWith(wanted) && path.toLowerCase().includes(wanted));
      return [...starting, ...holding].slice(0, 100);
    },
  },
  async read(_uri, { path = '' }, { repository }) {
    const file = repository.file(insidePath(path));
    if (!file)
      throw new Fault('not_found', 'No readable file of the repository has that path.', { hint: 'docs_outline lists what there is.' });
    return `${plainLines(file.text, file.text.length)}${file.text.endsWith('\n') ? '' : '\n'}\n${sourceLine(sourceOf(repository.provenance()))}\n`;
  },
});

function uriOf(path: string): string {
  return `homelab://docs/${path.split('/').map(encodeURIComponent).join('/')}`;
}
