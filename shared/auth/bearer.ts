const LONGEST = 512;

/** The token of an `Authorization: Bearer ...` header; nothing for another scheme, a malformed or an oversized one. */
export function bearerOf(header: string | undefined): string | undefined {
  if (header === undefined || header.length > LONGEST) return undefined;
  return /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header)?.[1];
}
