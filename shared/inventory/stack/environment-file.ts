/** Names and values of an environment file as Compose reads it: comments, `export`, quotes. Variables inside are left as they are. */
export function environmentFile(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, written = ''] = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) continue;
    const [, quote, quoted = ''] = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(written) ?? [];
    found.set(name, quote ? quoted : written.replace(/\s+#.*$/, ''));
  }
  return found;
}
