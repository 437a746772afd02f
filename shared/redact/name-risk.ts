/** How much a name says about its value: `secret` always hides it, `maybe` hides it when the value looks random, `none` says nothing. */
export type NameRisk = 'secret' | 'maybe' | 'none';

const words = (list: string) => new Set(list.trim().split(/\s+/));

const SECRET =
  words(`pass passwd password passwords passphrase passcode passwort kennwort pwd pwhash secret token credential psk apikey apikeys
  apitoken authkey authtoken accesskey secretkey privatekey presharedkey sharedkey appkey masterkey signingkey requirepass masterauth rootpw
  mnemonic pepper clientsecret`);
const SECRET_ENDINGS =
  /(?:password|passwd|passphrase|passwort|secret|apikey|privatekey|secretkey|authkey|accesskey|encryptionkey|token|(?:db|admin|user|root|smtp|mail|my|sql|ftp|sudo|auth|wifi|rcon|mqtt|http)pass)$/;
const MAYBE =
  words(`auth authorization cookie cookies dsn jwt salt webhook webhooks hook credentials creds secrets tokens keys signature sig bearer
  pat otp totp basicauth nonce`);

/** Last words that turn a secret's name into the name of something about it. */
const ABOUT =
  words(`file files path paths dir directory folder name names id ids ref refs type types kind length len size algorithm alg algo policy
  expiry expires expiration expire ttl timeout age max min count enabled enable required require disabled disable env format header headers prefix
  suffix field fields manager store provider providers endpoint class method methods mode version hint rotation interval lifetime limit limits usage
  budget cost rule rules reset generator mount source label labels from command cmd protected set exists status valid validity server host port user
  username domain realm issuer audience scope scopes bucket url uri strength quality check checks checking checker validator validation error errors
  message title description text help page button input prompt placeholder regex pattern scanner store backend engine rotated created updated changed
  at date time last owner location example examples template family usage encoding hasher hashing index vault entry entries group groups role roles
  list bytes chars characters estimate estimated estimator per saver authentication auth_method comment note notes warning minutes hours days seconds
  secure httponly samesite same_site same site only exists exchange request response handler middleware helper middlewares option options flag flags
  md txt yaml yml json ts js py sh conf toml ini pem html`);
/** First words that ask about a secret instead of holding it. */
const ASKS =
  words(`max min num total count has is use uses using enable enabled require required requires no without allow disable disabled show hide
  reset forgot change validate verify generate rotate need needs input output prompt completion missing invalid expired wrong bad empty skip check
  checks reply used remaining left estimated`);
const PLAIN_TOKENS = words(
  'page next cursor continuation continue pagination stop eos bos pad unk sep cls mask special cancellation cancel progress sync',
);
const PLAIN_PASSES = words(
  'proxy first second third multi single band low high all must boarding fastcgi uwsgi scgi grpc by render fail test sky',
);
const PLAIN_KEYS =
  words(`public pub primary foreign sort partition cache group host map object row unique index config label dict hash registry hot shift
  lookup route routing translation json yaml env tag node topology known authorized idempotency dedup trace metric path file name bucket composite
  natural surrogate search shortcut function arrow any press enter escape data sorting query param meta attribute property item order range selector
  recv receive gpg pgp apt trusted imported exported`);
const SECRET_KEYS =
  words(`api access secret private priv encryption encrypt encrypted signing sign master app application account auth service admin session
  root license licence shared preshared pre aes hmac jwt cookie crypto cipher wg wireguard deploy bot security token vault unseal recovery unlock join
  rsa ed25519 ecdsa symmetric cryptographic zigbee network subscription integration webhook storage ingest`);
const TAILS = words(
  'base base64 b64 hex raw value plain plaintext cleartext hash digest old new current previous prod dev staging test default',
);

function split(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]{2,})([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((token) => token !== '' && !/^\d+$/.test(token));
}

function judge(name: string): NameRisk {
  const tokens = split(name).map((token) => token.replace(/(?<=[a-z]{3})\d{1,2}$/, ''));
  const secret = tokens.findIndex((token) => SECRET.has(token) || SECRET_ENDINGS.test(token));
  const last = tokens.at(-1) ?? '';
  if (secret === -1) return judgeWeak(tokens);
  // The vault's `secret_id` is half of a login; every other `*_id` is a name.
  if (tokens.join('_').endsWith('secret_id')) return 'maybe';
  if (ABOUT.has(last) && secret < tokens.length - 1) return 'none';
  const word = tokens[secret] as string;
  const before = tokens[secret - 1] ?? '';
  if (word === 'token' && PLAIN_TOKENS.has(before)) return 'none';
  if (word === 'pass' && PLAIN_PASSES.has(before)) return 'none';
  if (tokens.includes('public') && tokens.includes('key')) return 'none';
  if (ASKS.has(tokens[0] as string) && secret > 0) return 'maybe';
  return 'secret';
}

function judgeWeak(tokens: string[]): NameRisk {
  let end = tokens.length - 1;
  while (end > 0 && TAILS.has(tokens[end] as string)) end--;
  const last = tokens[end] ?? '';
  const before = tokens[end - 1] ?? '';
  if (last === 'key') {
    if (end === 0) return 'maybe';
    if (PLAIN_KEYS.has(before) || tokens.includes('public')) return 'none';
    return SECRET_KEYS.has(before) ? 'secret' : 'maybe';
  }
  if (last === 'keys' && (PLAIN_KEYS.has(before) || tokens.includes('public'))) return 'none';
  if ((last === 'keys' || last === 'tokens') && SECRET_KEYS.has(before)) return 'secret';
  if (last === 'salt' && end > 0) return 'secret';
  if (MAYBE.has(last)) return 'maybe';
  return tokens.includes('webhook') || tokens.includes('dsn') ? 'maybe' : 'none';
}

const known = new Map<string, NameRisk>();

/** Judges the name of a setting, header, field or flag by its words, split on `_ - . space` and camelCase. */
export function nameRisk(name: string): NameRisk {
  if (name.length > 128) return 'none';
  const before = known.get(name);
  if (before) return before;
  const risk = judge(name);
  if (known.size > 4_000) known.clear();
  known.set(name, risk);
  return risk;
}
