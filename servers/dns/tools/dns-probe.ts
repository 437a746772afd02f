import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { duration } from '@homelab/shared/render/quantity.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import { domainName } from '../naming/domain.ts';
import { DomainText } from '../naming/params.ts';

/** The same question to every resolver of the house. */
export const dnsProbe = defineTool({
  name: 'dns_probe',
  title: 'Ask over DNS',
  description:
    'Asks every Pi-hole, the shared address and the upstream over DNS and compares: answer, blocked or not, code, time. What devices really get.',
  safety: 'read',
  input: z.strictObject({ name: DomainText, type: z.enum(['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'NS', 'SRV', 'PTR']).default('A') }),
  output: z.object({
    name: z.string(),
    type: z.string(),
    answers: z.array(z.object({ server: z.string(), said: z.string(), ms: z.number() })),
    differ: z.boolean(),
  }),
  async handler({ name: given, type }, fleet: Fleet, { signal }) {
    const name = type === 'PTR' ? given.trim() : domainName(given).name;
    const { vip, upstreams = [] } = fleet.options;
    const own = [...fleet.nodes.map(({ resolver }) => resolver), ...(vip ? [{ name: `shared address ${vip.address}`, ...vip.dns }] : [])];
    const asked = await Promise.all([...own, ...upstreams].map((server) => fleet.question(server, name, type, signal)));
    const answers = asked.map(({ server, trouble, rcode, answers: all, blocked, ede, ms }) => ({
      server,
      said: trouble
        ? `NO ANSWER (${trouble})`
        : plain(
            `${blocked ? 'blocked' : all.length > 0 ? all.map(({ data }) => data).join(' ') : rcode}${ede === undefined ? '' : ` EDE ${ede}`}`,
            160,
          ),
      ms,
    }));
    // Round robin turns the order, not the answer.
    const ours = answers.slice(0, own.length).map(({ said }) => said.split(' ').sort().join(' '));
    return { name, type, answers, differ: new Set(ours).size > 1 };
  },
  render({ name, type, answers, differ }) {
    return [
      `${name} ${type}: ${differ ? 'THEY DIFFER' : 'all of the house say the same'}`,
      ...answers.map(({ server, said, ms }) => `${server}: ${said} · ${duration(ms)}`),
      'asked from this server, so as its own groups are filtered',
    ].join('\n');
  },
});
