/** Deterministic stand-ins for secrets: nothing here was ever valid anywhere. */
export function sentinels(seed: number) {
  let state = seed >>> 0 || 1;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const draw = (alphabet: string, length: number) => Array.from({ length }, () => alphabet[next(alphabet.length)]).join('');
  const lower = 'abcdefghijklmnopqrstuvwxyz';
  const digits = '0123456789';
  const alnum = lower + lower.toUpperCase() + digits;
  return {
    next,
    draw,
    word: () => `sentry${draw(lower, 7)}`,
    password: () => `Pw${draw(alnum, 8)}7`,
    signs: () => `q${draw(alnum, 4)}!${draw(alnum, 3)}%9@x`,
    random: () => `a1B2${draw(alnum, 28)}`,
    hex: () => `0e9${draw('0123456789abcdef', 29)}`,
    base64: () => `${draw(alnum, 42)}k=`,
    bcrypt: () => `$2y$10$${draw(alnum, 53)}`,
    jwt: () => `eyJ${draw(alnum, 20)}.eyJ${draw(alnum, 40)}.${draw(alnum, 43)}`,
    basic: (user: string) => Buffer.from(`${user}:${draw(alnum, 12)}`).toString('base64'),
    alnum: (length: number) => draw(alnum, length),
    pem: (indent = '', label = 'RSA PRIVATE') =>
      [
        `-----BEGIN ${label} KEY-----`,
        ...Array.from({ length: 4 }, () => draw(alnum, 64)),
        `${draw(alnum, 30)}==`,
        `-----END ${label} KEY-----`,
      ]
        .map((line) => indent + line)
        .join('\n'),
  };
}
