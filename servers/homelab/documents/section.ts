/** A part of a file as it was cut at its headings or keys; parts of one long section share their anchor. */
export interface Part {
  anchor: string;
  title: string;
  trail: readonly string[];
  /** 1-based, inclusive. */
  startLine: number;
  endLine: number;
}

/** A heading or key with everything below it. */
export interface Section {
  anchor: string;
  title: string;
  trail: readonly string[];
  /** 1-based, inclusive; sections below it are inside. */
  from: number;
  to: number;
  /** 0 for the outermost. */
  depth: number;
}

/** The sections that parts make up, in the order of the file. */
export function sectionsOf(parts: readonly Part[]): Section[] {
  return parts.flatMap((part, at) => {
    const before = parts[at - 1];
    if (before && before.anchor === part.anchor && before.title === part.title) return [];
    const depth = part.trail.length;
    let to = part.endLine;
    for (let later = at + 1; later < parts.length; later++) {
      const next = parts[later] as Part;
      const same = next.anchor === part.anchor && next.title === part.title;
      if (!same && !(next.trail.length > depth && next.trail[depth] === part.title)) break;
      to = next.endLine;
    }
    return [{ anchor: part.anchor, title: part.title, trail: part.trail, from: part.startLine, to, depth }];
  });
}

/** The section that an anchor, a heading's text or the last words of either names; an exact anchor wins. */
export function findSection(sections: readonly Section[], wanted: string): Section | undefined {
  const anchor = wanted.replace(/^#+\s*/, '').trim();
  const key = keyOf(anchor);
  if (key === '') return undefined;
  return (
    sections.find((section) => section.anchor === anchor) ??
    sections.find((section) => keyOf(section.title) === key) ??
    sections.find((section) => keyOf([...section.trail, section.title].join(' ')) === key) ??
    only(sections.filter((section) => keyOf(section.title).includes(key)))
  );
}

/** `Immich > Backup > Restore`: the headings above and the title, a document's title and first heading that say the same told once. */
export function trailOf({ title, trail }: { title: string; trail: readonly string[] }): string {
  const bare = (text: string | undefined) => keyOf(text ?? '').replace(/^\d+/, '');
  return [...trail, title].filter((text, at, all) => at === all.length - 1 || bare(text) !== bare(all[at + 1])).join(' > ');
}

/** Letters and digits only, in lower case: what is left when punctuation and dashes do not count. */
export function keyOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
