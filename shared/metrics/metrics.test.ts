import { expect, test } from 'vitest';
import { metrics } from './metrics.ts';

async function samples(of: ReturnType<typeof metrics>): Promise<string[]> {
  return (await of.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

test('counts calls by tool, outcome and client, with duration and size', async () => {
  const of = metrics('mcp-dns', ['dns_status']);
  of.call({ tool: 'dns_status', outcome: 'ok', client: 'claude-code', ms: 40, bytes: 900, tokens: 210 });
  of.call({ tool: 'dns_status', outcome: 'timeout', client: 'Claude-Code', ms: 2000 });
  const lines = await samples(of);
  expect(lines).toContain('mcp_calls_total{tool="dns_status",outcome="ok",client="claude-code",server="mcp-dns"} 1');
  expect(lines).toContain('mcp_calls_total{tool="dns_status",outcome="timeout",client="claude-code",server="mcp-dns"} 1');
  expect(lines).toContain('mcp_call_seconds_bucket{le="0.05",server="mcp-dns",tool="dns_status"} 1');
  expect(lines).toContain('mcp_call_seconds_sum{server="mcp-dns",tool="dns_status"} 2.04');
  expect(lines).toContain('mcp_reply_bytes_sum{server="mcp-dns",tool="dns_status"} 900');
  expect(lines).toContain('mcp_reply_tokens_estimated_count{server="mcp-dns",tool="dns_status"} 1');
});

test('a thousand invented tools and clients make one series', async () => {
  const of = metrics('mcp-dns', ['dns_status']);
  for (let i = 0; i < 1000; i++) of.call({ tool: `evil_${i}`, outcome: 'not_found', client: `bot ${i}`, ms: 1 });
  const calls = (await samples(of)).filter((line) => line.startsWith('mcp_calls_total'));
  expect(calls).toEqual(['mcp_calls_total{tool="unknown",outcome="not_found",client="other",server="mcp-dns"} 1000']);
});

test('counts upstream failures apart from their durations, and a cancelled request is no failure', async () => {
  const of = metrics('mcp-dns', []);
  of.upstream({ upstream: 'primary', ms: 10, outcome: 'ok' });
  of.upstream({ upstream: 'primary', ms: 10, outcome: 'cancelled' });
  of.upstream({ upstream: 'primary', ms: 10, outcome: 'timeout' });
  const lines = await samples(of);
  expect(lines).toContain('mcp_upstream_seconds_count{server="mcp-dns",upstream="primary"} 3');
  expect(lines.filter((line) => line.startsWith('mcp_upstream_errors_total'))).toEqual([
    'mcp_upstream_errors_total{upstream="primary",outcome="timeout",server="mcp-dns"} 1',
  ]);
});

test('servers in one process count apart, and each page shows the process', async () => {
  const [dns, docker] = [metrics('mcp-dns', []), metrics('mcp-docker', [])];
  dns.authRejected('missing');
  dns.sessions(3);
  expect((await samples(dns)).join('\n')).toContain('mcp_sessions{server="mcp-dns"} 3');
  expect((await samples(docker)).join('\n')).not.toContain('mcp_auth_rejected_total{');
  expect(docker.contentType).toContain('text/plain');
  const value = async (name: string) => Number((await samples(docker)).find((line) => line.startsWith(name))?.split(' ')[1]);
  expect(await value('process_resident_memory_bytes')).toBeGreaterThan(1e6);
  const before = await value('process_cpu_seconds_total');
  // Scraping twice must not count the same CPU time twice.
  const real = process.cpuUsage();
  expect(await value('process_cpu_seconds_total')).toBeLessThanOrEqual((real.user + real.system) / 1e6 + 0.5);
  expect(before).toBeGreaterThan(0);
});
