import { HOUSEHOLD } from './catalogue-household.ts';
import { OPERATIONS } from './catalogue-operations.ts';

const categories = new Map<string, string>();
for (const line of `${HOUSEHOLD}\n${OPERATIONS}`.split('\n')) {
  if (line.startsWith(' ')) {
    const category = categories.get('') ?? '';
    for (const name of (line.split(':')[0] ?? '').split(',')) if (!categories.has(name.trim())) categories.set(name.trim(), category);
  } else if (line.trim() !== '') categories.set('', line.split(',', 3).join(',').trim());
}

/** What a product is for in two or three of the catalogue's words, such as `photo, picture, image gallery`; undefined for an unknown one. */
export function describeProduct(name: string): string | undefined {
  return name === '' ? undefined : categories.get(name.toLowerCase());
}
