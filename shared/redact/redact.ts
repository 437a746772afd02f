// Provisional: the room that owns this file replaces it.
export const redact = (text: string): string => text;
export const redactDeep = (value: unknown): unknown => value;
