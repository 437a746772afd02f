import { nameRisk } from './name-risk.ts';

/** What stands for a redacted value, with or without the mark that tells equal values apart from different ones. */
export const PLACEHOLDER = /\[redacted(?: hmac:[0-9a-f]{4})?\]/y;

/** True where a placeholder stands at `at`. */
export function isRedacted(text: string, at: number): boolean {
  PLACEHOLDER.lastIndex = at;
  return PLACEHOLDER.test(text);
}

const WORDS = new Set(
  `true false yes no on off null none nil undefined ~ - n/a na void enabled disabled inherit include omit same-origin string str number int integer
  boolean bool any unknown object bytes text uuid secret bigint never todo tbd required optional`.split(/\s+/),
);
/** Words that tell about a password where a sentence or a `:` field could hold one. */
const STATES = new Set(
  `required optional missing expired invalid wrong unset set ok redacted hidden masked unchanged generated auto automatic empty sops vault vaultwarden
  bitwarden 1password keepass keychain prompt ask stdin env file files basic bearer oauth oauth2 oidc sso saml ldap key keys password token default
  below above here see rejected accepted refused denied changed rotated reset protected encrypted hashed plain private public manual read write`.split(
    /\s+/,
  ),
);
const FUNCTION_WORDS =
  /(?:^|\s)(?:the|in|is|of|see|from|to|for|with|by|and|or|a|an|not|never|are|be|must|should|at|on|via|stored|use|your|enter|it|its|that|this|when|if|as|was|were|has|have|can|cannot|will|only|per|each|into|than|then|which|who|where|we|you|they)(?=\s|[.,;:!?)]|$)/i;
const WHOLE = [
  /^\$[A-Z_][A-Z0-9_]*$/,
  /^%[A-Za-z_]\w*%$/,
  /^\$env:\w+$/i,
  /^<[^<>]{1,80}>$/,
  /^(?:[*.•…x]{3,}|X{3,}|_{3,})$/,
  /^[A-Za-z][A-Za-z0-9]{0,9}[_-](?:\.{3}|…)$/,
  /^[[<(*]{0,4}(?:redacted|censored|masked|hidden|removed|filtered)[\])>*]{0,4}$/i,
  /^\[<[^<>]{1,80}>\]?$|^<[^<>]{1,80}>\]$/,
  /^ENC\[/,
  /^\$ANSIBLE_VAULT/,
  /^(?:vault|op|sops|secret|secrets|keyring|bitwarden|doppler|infisical|ref\+\w+|env|file|awsssm|ssm|azkv|gcpsm|systemd|keychain):[^\s]/i,
  /^!(?:secret|vault|env|env_var|include|reference|input|sub|ref|getatt)\b/i,
  /^\*[\w-]+$/,
  /^sha(?:1|256|384|512):[0-9a-f]{6,128}/i,
  /^SHA256:[A-Za-z0-9+/]{20,43}=?$/,
  /^MD5:(?:[0-9a-f]{2}:){15}[0-9a-f]{2}$/i,
  /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-[\w-]+|sk-(?:ssh|ecdsa)-[\w@.-]+) AAAA/,
  /^age1[0-9a-z]{58}$/,
  /^-----BEGIN (?:[A-Z0-9 ]{0,30}PUBLIC KEY|CERTIFICATE|AGE ENCRYPTED FILE)/,
  /^(?:your|insert|enter|replace)[-_ ](?:your[-_ ])?[\w -]{0,60}(?:here|key|token|password|secret|value|pass)$/i,
  /^YOUR_[A-Z0-9_]+$/,
  /^`[a-z]+ [^`]*`$/,
];
const CODE = [
  /^(?:var|local|data|config|cfg|self|this|args?|settings|process|os|env|opts|options|params|secrets|module|each|inputs?|ctx|req|request|res|response|user|props|state|values|pkgs|lib|builtins|steps|github|vars|matrix|item|row|entry|body|event|context|app|client|credentials?|auth|vault|conf|secrets_manager|random_\w+|aws_\w+)(?:\.[A-Za-z_]\w*|\[[^\]]{1,60}\])+!?$/,
  /^(?:await|new|typeof|function|async|lambda|not|return|yield) /,
  /^[A-Za-z_$][\w$.]*(?:::[\w$]+)*!?[([](?:.*[)\]][;,)}\]]*)?$/,
  /^\(.*\)? ?(?:=>|->)/,
  /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*\s*(?:\?\?|\|\||&&|===?|\?)\s/,
];
const PATH = /^(?:\.{1,2}|~|[A-Za-z]:|\$\{?\w+\}?)?[\\/][\w.@\\/ ~${}()-]*$/;
const TEMPLATE = /\$\{[^{}]*\}|\{\{[^{}]*\}\}|\$\([^()]*(?:\([^()]*\)[^()]*)*\)|<%[^%]*%>|#\{[^{}]*\}|\$\{\{[^{}]*\}\}/g;

/** True for a path of plain segments: a place where a secret may lie, not the secret. */
function isPath(value: string): boolean {
  return PATH.test(value) && !value.split(/[\\/]/).some((segment) => segment.length >= 24 && looksRandom(segment));
}

function isVariable(value: string): boolean {
  return /^\$[a-z_]\w*(?:[.:]\w+)*$/i.test(value) && nameRisk(value.slice(1)) !== 'none';
}

/** True where a value is made of templates and what is left around them is too short to be a secret. */
function isTemplate(value: string): boolean {
  const rest = value.replace(TEMPLATE, '');
  return rest !== value && !weakSecret(rest.trim()) && !/:-|:=/.test(value);
}

/** True for a value that names, points to or describes a secret without being one: variables, paths, tags, placeholders, digests, public keys. */
export function isReference(value: string): boolean {
  if (value === '' || WORDS.has(value.toLowerCase())) return true;
  if (value.length > 2_000) return false;
  return WHOLE.some((pattern) => pattern.test(value)) || isPath(value) || isVariable(value) || isTemplate(value);
}

/** True for an expression of a program or a configuration language, which fetches a value instead of spelling it out. */
export function isCode(value: string): boolean {
  if (value.length > 2_000) return false;
  const field = /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+$/.test(value) && nameRisk(value.slice(value.lastIndexOf('.') + 1)) !== 'none';
  return field || CODE.some((pattern) => pattern.test(value));
}

/** True for words about a secret ("stored in the vault", "required", "db_password"), as a document or a contract has them after a colon. */
export function isProse(value: string): boolean {
  const bare = value.replace(/[.,;:!?)*_`]+$/, '');
  if (STATES.has(bare.toLowerCase())) return true;
  if (/\s/.test(bare)) return FUNCTION_WORDS.test(bare) || /\s(?:--?[a-z]|\S*\/\S*\.\w{1,4}(?:\s|$))/.test(bare);
  return /^[A-Za-z]+(?:[_-][A-Za-z]+)+$/.test(bare) && !/^my[_-]/i.test(bare) && nameRisk(bare) === 'secret';
}

const ORDINARY =
  /^(?:v?\d+(?:\.\d+)+(?:[-+][\w.]+)?|\d{4}-\d{2}-\d{2}\S*|[\d.]+(?:ms|s|m|h|d|w|y|[kmgt]i?b?|%)|[\d.:/]+|sha\d+\S*|ed25519|x25519|oauth2?|utf-?\d+|base64|aes-?\d+\S*|rs256|hs256|es256|http\/?\d\S*|ipv[46]|[a-z]+\d?:\d+|[\w.-]+\.(?:ya?ml|json|md|ts|js|py|sh|env|conf|txt|local|lan|home|arpa|internal|com|org|net|io|dev)\S*)$/i;

/** True for one word that a person would take for a password in a sentence: letters mixed with digits or signs, not a version, date or host. */
export function weakSecret(value: string): boolean {
  if (value.length < 6 || value.length > 512 || /\s/.test(value) || ORDINARY.test(value)) return false;
  if (/^[[({<]|[\])}>]$|:\/\//.test(value) || value.includes('](')) return false;
  return /[A-Za-z]/.test(value) && /\d|[!@#$%^&*+=]/.test(value);
}

/** True for text that only a generator writes: hex, base64 or mixed letters and digits, 16 characters or more. */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || !/^[A-Za-z0-9+/=_.~:-]+$/.test(value.slice(0, 512)) || ORDINARY.test(value.slice(0, 128))) return false;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)) return false;
  if (/^[0-9a-f]{24,}$/i.test(value)) return true;
  const sample = value.slice(0, 128);
  const letters = sample.match(/[A-Za-z]/g)?.length ?? 0;
  const borders = sample.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  const cases = sample.match(/[a-z](?=[A-Z])|[A-Z]{2}(?=[a-z])/g)?.length ?? 0;
  const pieces = sample.split(/[-_./:=+]/);
  const longest = Math.max(...pieces.map((piece) => piece.length));
  return letters >= 2 && longest >= 8 && (borders >= 3 || (cases >= 4 && (borders >= 1 || /[=+/]/.test(sample))));
}

/** True for base64 of `user:password`, as Docker's `auth` and HTTP Basic carry it. */
export function isBasicBlob(value: string): boolean {
  if (value.length < 8 || value.length > 1_024 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return false;
  return /^[\x20-\x7e]+:[\x20-\x7e]*$/.test(Buffer.from(value, 'base64').toString('latin1'));
}
