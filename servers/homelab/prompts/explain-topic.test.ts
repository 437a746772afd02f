import { expect, test } from 'vitest';
import { type LabServer, labServer } from '../tests/lab-server.ts';
import { SMALL_LAB } from '../tests/small-lab.ts';

async function explain({ client }: LabServer, topic: string): Promise<string> {
  const { messages } = await client.raw.getPrompt({ name: 'explain_topic', arguments: { topic } });
  return messages.map(({ content }) => (content.type === 'text' ? content.text : '')).join('\n');
}

test('the sections are in the question, with path and lines, and the source at the end', async () => {
  const text = await explain(await labServer(SMALL_LAB), 'restore photos');
  expect(text).toMatch(/^Explain "restore photos"/);
  expect(text).toMatch(/### docs\/services\/immich\.md L9-\d+\n<text [0-9a-f]{8}>\n### Restore\n/);
  expect(text).toContain('restore the dump into `database`');
  expect(text.split('\n').at(-1)).toMatch(/^src: /);
});

test('a topic that nothing answers says so instead of quoting the next best', async () => {
  const text = await explain(await labServer(SMALL_LAB), 'kubernetes ingress quota');
  expect(text).toMatch(/^The homelab repository has no document that answers/);
  expect(text).not.toContain('<text');
});

test('long sections are cut with the ref of the rest; outdated ones are marked', async () => {
  const server = await labServer({
    ...SMALL_LAB,
    'docs/zigbee.md': `# Zigbee stick\n\n${'The zigbee stick moved to the other port.\n'.repeat(200)}`,
  });
  const text = await explain(server, 'zigbee stick');
  expect(text).toMatch(/\[lines \d+-\d+ of \d+-\d+; docs_read docs\/zigbee\.md:L\d+-\d+ gives the rest\]/);
  expect(text.length).toBeLessThan(16_000);
  expect(await explain(server, 'VLAN cameras')).toMatch(/old-network\.md.* · OUTDATED: superseded/);
});
