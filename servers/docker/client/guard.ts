import { Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import type { Fleet, Guard } from './fleet.ts';

const LONGEST_MS = 3_000;

/** Asks the guard's DNS server, page or port; a guard over a metric is never known to hold here. */
export const askGuard: Fleet['guardHolds'] = async (guard, signal) => {
  try {
    return await asked(guard, AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]));
  } catch {
    return false;
  }
};

async function asked({ type, server, question, url, expect }: Guard, signal: AbortSignal): Promise<boolean> {
  if (type === 'dns' && server && question) return answersDns(server, question, expect, signal);
  if (type === 'http' && url) return answersHttp(url, expect, signal);
  if (type === 'tcp' && server) return opens(server, signal);
  return false;
}

async function answersDns(server: string, question: string, expect: string | undefined, signal: AbortSignal): Promise<boolean> {
  const resolver = new Resolver({ timeout: 1_500, tries: 1 });
  resolver.setServers([server]);
  const stop = (): void => resolver.cancel();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const addresses = await resolver.resolve4(question);
    return expect === undefined || expect === 'any' ? addresses.length > 0 : addresses.includes(expect);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function answersHttp(url: string, expect: string | undefined, signal: AbortSignal): Promise<boolean> {
  const answer = await fetch(url, { signal, redirect: 'manual' });
  await answer.body?.cancel();
  return expect === undefined || expect === 'any' ? answer.status < 400 : String(answer.status) === expect;
}

function opens(server: string, signal: AbortSignal): Promise<boolean> {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(server) ?? [];
  if (host === '') return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), signal });
    const end = (holds: boolean): void => {
      socket.destroy();
      resolve(holds);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
