const SIGNALS: Record<number, string> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
};

const MEANINGS: Record<number, string> = {
  0: 'the program reported success',
  1: 'the program reported an error of its own',
  2: 'the program refused its arguments or configuration',
  125: 'Docker itself could not run it',
  126: 'its command is there but cannot be executed',
  127: 'its command was not found in the image',
  134: 'the program aborted itself (SIGABRT)',
  137: 'it was killed with SIGKILL: for memory, by `docker kill`, or because it did not stop in time',
  139: 'the program crashed (SIGSEGV, invalid memory access)',
  143: 'it was asked to stop (SIGTERM) and did',
  255: 'the program ended with an error it did not number',
};

/** What an exit code says, in a few words. */
export function exitMeaning(code: number): string {
  const known = MEANINGS[code];
  if (known) return known;
  const signal = code > 128 && code < 128 + 65 ? (SIGNALS[code - 128] ?? `signal ${code - 128}`) : undefined;
  return signal ? `it was ended by ${signal}` : 'a code of the program itself; its documentation or log says what it means';
}
