import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import { everywhere, notTheCopyAlone } from '../client/everywhere.ts';
import type { Fleet } from '../client/fleet.ts';
import { readTables } from '../client/reading.ts';
import { ruleId } from '../client/watch.ts';
import { removeRule, writeRule } from '../client/writing.ts';
import { DomainText, PiholeName } from '../naming/params.ts';
import { RuleAction, RuleKind, ruleOf } from '../naming/rule.ts';

/** Takes a rule away, everywhere. */
export const dnsRuleRemove = defineTool({
  name: 'dns_rule_remove',
  title: 'Remove a rule',
  description:
    'Removes an allow or block rule from every Pi-hole; the reply has the call that makes it again. dns_rules lists what there is.',
  safety: 'write',
  idempotent: true,
  look: 'dns_rules',
  input: z.strictObject({ domain: DomainText, action: RuleAction, kind: RuleKind.default('exact'), pihole: PiholeName }),
  output: z.object({ rule: z.string(), all: z.boolean(), piholes: z.array(z.string()), undo: z.string().optional() }),
  async effect({ domain, action, kind, pihole }, fleet: Fleet) {
    const nodes = fleet.chosen(pihole);
    notTheCopyAlone(nodes, fleet.nodes, fleet.options.sync);
    const rule = ruleOf(domain, action, kind);
    return {
      targets: nodes.map(({ name }) => `${name} ${rule.domain}`),
      service: 'pihole',
      preview: `Remove the ${action} rule for ${rule.shown} on ${nodes.map(({ name }) => name).join(', ')}.`,
    };
  },
  async handler({ domain, action, kind, pihole }, fleet: Fleet, { signal }) {
    const nodes = fleet.chosen(pihole);
    notTheCopyAlone(nodes, fleet.nodes, fleet.options.sync);
    const { shown, probe: _, ...rule } = ruleOf(domain, action, kind);
    const { all, each } = await everywhere(
      nodes,
      async (node) => {
        const before = await removeRule(node, rule, signal);
        fleet.watch.drop([ruleId(node.name, rule.type, rule.kind, rule.domain)]);
        return { before };
      },
      async (node, { before }) => before && writeRule(node, { ...rule, groups: before.groups, comment: before.comment }, signal),
    );
    const before = each.find(({ value }) => value?.before)?.value?.before;
    const [first] = nodes;
    const groups =
      before && first
        ? (await readTables(first, signal)).groups.filter(({ id }) => before.groups.includes(id)).map(({ name }) => name)
        : [];
    const undo = {
      domains: [domain],
      action,
      ...(kind === 'exact' ? {} : { kind }),
      groups,
      ...(before?.comment ? { comment: before.comment } : {}),
    };
    return {
      rule: plain(shown, 200),
      all,
      piholes: each.map(
        ({ name, value, trouble, back }) =>
          `${name} ${trouble ? `FAILED: ${trouble}` : (back ?? (value?.before ? 'removed' : 'had none'))}`,
      ),
      ...(before ? { undo: plain(`dns_rule_set ${JSON.stringify(undo)}`, 400) } : {}),
    };
  },
  render({ rule, all, piholes, undo }, { action }) {
    return [`${all ? '' : 'NOT DONE everywhere: '}remove ${action} ${rule}`, ...piholes, ...(undo ? [`undo: ${undo}`] : [])].join('\n');
  },
});
