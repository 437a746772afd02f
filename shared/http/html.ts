/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | undefined | false | readonly Value[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

function written(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(written).join('');
  // SECURITY: whatever is not HTML of ours is text, in elements and in quoted attributes alike.
  return String(value).replace(/[&<>"'`]/g, (sign) => ENTITIES[sign] as string);
}

/** HTML in which every value is escaped, other HTML excepted; undefined and false leave nothing. Attributes are quoted. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.map((part, at) => part + (at < values.length ? written(values[at]) : '')).join(''));
}
