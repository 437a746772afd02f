const DEEPEST = 500;

/**
 * True for YAML that opens far more brackets than it closes. The parser takes half a minute for a megabyte of those, so it is not asked.
 * Text in quotes is counted too: nobody has five hundred brackets open in prose either.
 */
export function nestsTooDeeply(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) depth += 1;
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
