/** How a text is stored: what an edit must keep and nobody wants to see as a difference. */
export interface Stored {
  /** With LF only, without a byte order mark. */
  text: string;
  /** The text as it is to be stored again. */
  restore: (text: string) => string;
}

/** Takes line ends and the byte order mark off a text. One with both kinds of line ends keeps them as they are. */
export function stored(raw: string): Stored {
  const mark = raw.startsWith('\ufeff') ? '\ufeff' : '';
  const bare = raw.slice(mark.length);
  const windows = bare.includes('\r\n') && !/(?<!\r)\n/.test(bare);
  return {
    text: windows ? bare.replaceAll('\r\n', '\n') : bare,
    restore: (text) => mark + (windows ? text.replaceAll('\n', '\r\n') : text),
  };
}
