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

interface Word {
  pattern: RegExp;
  rule: string;
  /** Files in which the word means something else. */
  except?: RegExp;
}

const MADE_UP = '(^|/)(fixtures|corpus)/';
// The lab's own pages and manifests name paths on its machines and in its containers.
const INSIDE_CONTAINERS = new RegExp(`\\.ya?ml$|(^|/)Dockerfile|^(runbooks|decisions|infrastructure|compose|docker)/|${MADE_UP}`);

// Written so that no pattern matches this file.
const WORDS: readonly Word[] = [
  { pattern: /(?<![\w.$}~-])\/(?:work|root)[/]/, rule: 'names a folder of one machine', except: INSIDE_CONTAINERS },
  { pattern: /(?<![\w.$}~-])\/tmp[/]\w/, rule: 'names a folder of one machine; take os.tmpdir() or a setting', except: INSIDE_CONTAINERS },
  {
    pattern: /\b(?:TOD[O]|FIXM[E]|XX[X])\b/,
    rule: 'unfinished; finish it or write it down as an open question',
    except: new RegExp(MADE_UP),
  },
  {
    pattern: /registry\.[n]pm|[n]pmjs\.|[y]arnpkg\.|[n]pmmirror\.|[p]ypi\.org|[p]ythonhosted\.org|proxy\.[g]olang/,
    rule: 'names a package host',
  },
  { pattern: /"resolved": "https?:/, rule: 'the lockfile names a package host; npm config omit-lockfile-registry-resolved' },
];

/** Words that must not stand in any file of the project, as `file:line: rule`. */
export function wordBreaches(files: readonly Source[]): string[] {
  return files.flatMap(({ path, text }) =>
    WORDS.flatMap(({ pattern, rule, except }) => {
      if (except?.test(path) || !pattern.test(text)) return [];
      return text
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${rule}: ${line.trim().slice(0, 100)}`] : []));
    }),
  );
}
