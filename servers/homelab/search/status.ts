const GONE = /superseded|deprecated|obsolete|archived|retired|withdrawn|outdated|replaced|rejected|decommissioned/i;
const GONE_PATH =
  /(?:^|[/._-])(?:archived?|old|deprecated|obsolete|attic|legacy|retired|withdrawn|unused|graveyard|superseded|decommissioned)(?=$|[/._-])/i;
const HEAD = 25;

/** The status a document states in a `Status:` line or section near its head; undefined when it states none. */
export function statedStatus(lines: readonly string[]): string | undefined {
  const head = lines.slice(0, HEAD);
  for (const [at, line] of head.entries()) {
    const stated = /^[\s>*_|-]*(?:#+\s*)?\**status\**\s*(?:\|\s*|:\s*\**\s*|\**:\s*)(.+?)[*_|\s]*$/i.exec(line)?.[1];
    if (stated) return stated.slice(0, 80);
    if (/^#+\s*status\s*$/i.test(line))
      return head
        .slice(at + 1)
        .find((next) => next.trim() !== '')
        ?.trim()
        .slice(0, 80);
    if (/^[^\p{L}[]*(?:\[!\w+\]\s*)?(?:superseded|deprecated|obsolete|archived|outdated|replaced)\b/iu.test(line))
      return line.replace(/^[^\p{L}[]*(?:\[!\w+\]\s*)?|[*_]+|\s+$/gu, '').slice(0, 80);
  }
  return undefined;
}

/** How an outdated file is labelled; undefined for a current one. */
export function outdated(path: string, status: string | undefined): string | undefined {
  if (status && GONE.test(status)) return status;
  return GONE_PATH.test(path) ? (status ?? 'archived') : undefined;
}
