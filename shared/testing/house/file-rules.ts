import { type Source, sourceFacts } from './source-facts.ts';

const LONGEST = 250;
const BANNED = /^(utils?|helpers?|common|types|index)\b/;
const INDEX = /^(servers\/[^/]+|bench)\/index\.ts$/;
const SKIPS_FOR_A_REASON = 'shared/testing/engines.ts';
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/;

/** Length, name, exports and skipped tests of every TypeScript file, one line per breach. */
export function fileBreaches(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const { path, text } = source;
    const name = path.split('/').at(-1) ?? path;
    const lines = text.split('\n').length - 1;
    const found: string[] = [];
    if (lines > LONGEST) found.push(`${path}: ${lines} lines, ${LONGEST} is the end of a file`);
    if (BANNED.test(name) && !INDEX.test(path)) found.push(`${path}: the name says nothing; name the file for what it exports`);
    if (!KEBAB.test(name)) found.push(`${path}: file names are kebab-case`);
    const { defaultExports, skips } = sourceFacts(source);
    if (path !== 'vitest.config.ts') found.push(...defaultExports.map((line) => `${path}:${line}: default export; export by name`));
    if (path !== SKIPS_FOR_A_REASON)
      found.push(...skips.map((line) => `${path}:${line}: skipped or chosen by hand; describeWith(engines) or context.skip(reason)`));
    return found;
  });
}

/** Where a path is one inside a container, or made-up data. */
const CONTAINER_PATHS = /\.ya?ml$|(^|\/)(Dockerfile|fixtures\/|corpus\/)/;
const MACHINE = 'names a folder of one machine';

// Written so that no pattern matches this file.
const WORDS: readonly [pattern: RegExp, rule: string][] = [
  [/(?<![\w.$}~-])\/(?:work|root)[/]/, MACHINE],
  [/(?<![\w.$}~-])\/tmp[/]\w/, `${MACHINE}; take os.tmpdir() or a setting`],
  [/\b(?:TOD[O]|FIXM[E]|XX[X])\b/, 'unfinished; finish it or write it down as an open question'],
  [/registry\.[n]pm|[n]pmjs\.|[y]arnpkg\.|[n]pmmirror\.|[p]ypi\.org|[p]ythonhosted\.org|proxy\.[g]olang/, 'names a package host'],
  [/"resolved": "https?:/, 'the lockfile names a package host; npm config omit-lockfile-registry-resolved'],
];

/** Words that must not stand in any file of the project, as `file:line: rule`. */
export function wordBreaches(files: readonly Source[]): string[] {
  return files.flatMap(({ path, text }) =>
    WORDS.flatMap(([pattern, rule]) => {
      if (!pattern.test(text) || (rule.startsWith(MACHINE) && CONTAINER_PATHS.test(path))) return [];
      return text
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${rule}: ${line.trim().slice(0, 100)}`] : []));
    }),
  );
}
