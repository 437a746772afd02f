import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { zoned } from '@homelab/shared/render/time.ts';
import { z } from 'zod';
import { everywhere, notTheCopyAlone } from '../client/everywhere.ts';
import type { Fleet } from '../client/fleet.ts';
import { seenOnWire } from '../client/pause.ts';
import { readTables } from '../client/reading.ts';
import { ruleId } from '../client/watch.ts';
import { removeRule, type WantedRule, writeRule } from '../client/writing.ts';
import { PiholeName } from '../naming/params.ts';
import { groupIds, RuleAction, RuleKind, ruleOf } from '../naming/rule.ts';

/** Allows or blocks names, everywhere. */
export const dnsRuleSet = defineTool({
  name: 'dns_rule_set',
  title: 'Allow or block domains',
  description:
    'Makes an allow or block rule on every Pi-hole, for good or for some minutes, and proves it over DNS. `*.x` or kind subdomains takes all below too. dns_why says what decides now.',
  safety: 'write',
  idempotent: true,
  look: 'dns_rules',
  deadline: 120_000,
  input: z.strictObject({
    domains: z.array(z.string().min(1).max(300)).min(1).max(50),
    action: RuleAction,
    kind: RuleKind.default('exact'),
    groups: z.array(z.string().max(60)).max(20).optional().describe('Names; Default for a new rule'),
    comment: z.string().max(200).optional(),
    minutes: z.int().min(1).max(43_200).optional().describe('Removes it again then'),
    pihole: PiholeName,
  }),
  output: z.object({
    rules: z.array(z.object({ rule: z.string(), done: z.boolean(), piholes: z.array(z.string()), note: z.string().optional() })),
    action: z.string(),
    until: z.string().optional(),
    undo: z.string(),
  }),
  async effect({ domains, action, kind, pihole }, fleet: Fleet) {
    const nodes = fleet.chosen(pihole);
    notTheCopyAlone(nodes, fleet.nodes, fleet.options.sync);
    const rules = domains.map((domain) => ruleOf(domain, action, kind));
    return {
      targets: nodes.flatMap(({ name }) => rules.map(({ domain }) => `${name} ${domain}`)),
      service: 'pihole',
      preview: `${action} ${rules.map(({ shown }) => shown).join(', ')} on ${nodes.map(({ name }) => name).join(', ')}.`,
    };
  },
  async handler({ domains, action, kind, groups, comment, minutes, pihole }, fleet: Fleet, { signal, progress }) {
    const nodes = fleet.chosen(pihole);
    notTheCopyAlone(nodes, fleet.nodes, fleet.options.sync);
    const wanted = domains.map((domain) => ruleOf(domain, action, kind));
    const until = minutes === undefined ? undefined : Date.now() + minutes * 60_000;
    // Groups and other rules of each before the first change: an unknown group would leave a rule in none.
    const known = new Map<string, Awaited<ReturnType<typeof readTables>>>();
    for (const node of nodes) known.set(node.name, await readTables(node, signal));
    const ids = new Map([...known].map(([name, tables]) => [name, groups && groupIds(groups, tables.groups)]));
    const rules = [];
    for (const [index, { shown, probe, ...rule }] of wanted.entries()) {
      const { all, each } = await everywhere(
        nodes,
        async (node) => {
          const want: WantedRule = { ...rule, groups: ids.get(node.name), comment };
          const made = await writeRule(node, want, signal);
          if (until !== undefined && !made.before)
            fleet.watch.add([
              { id: ruleId(node.name, rule.type, rule.kind, rule.domain), node: node.name, kind: 'rule', until, about: { ...rule } },
            ]);
          return made;
        },
        async (node, { before }) => {
          fleet.watch.drop([ruleId(node.name, rule.type, rule.kind, rule.domain)]);
          if (!before) return removeRule(node, rule, signal);
          return writeRule(node, { ...rule, groups: before.groups, comment: before.comment }, signal);
        },
      );
      const opposite =
        rule.type === 'deny'
          ? [...known.values()]
              .flatMap((tables) => tables.rules)
              .find((one) => one.type === 'allow' && one.enabled && one.domain === rule.domain)
          : undefined;
      const defaultGroup = (ids.get(nodes[0]?.name ?? '') ?? [0]).includes(0);
      const piholes = [];
      for (const { name, value, trouble, back } of each) {
        const [node] = fleet.chosen(name);
        const seen =
          all && probe && node && defaultGroup && !opposite
            ? await seenOnWire(fleet, node, probe, rule.type === 'deny', signal)
            : undefined;
        const wire = seen === true ? ', seen over DNS' : seen === false ? ', NOT seen over DNS' : '';
        piholes.push(`${name} ${trouble ? `FAILED: ${trouble}` : (back ?? (value?.before ? 'set anew' : 'made'))}${wire}`);
      }
      const stays = until !== undefined && each.some(({ value }) => value?.before);
      const note = opposite
        ? 'an allow rule for it exists and wins: dns_rule_remove it'
        : stays
          ? 'was there before, so it does not end by itself'
          : undefined;
      rules.push({ rule: plain(shown, 200), done: all, piholes, ...(note ? { note } : {}) });
      progress(index + 1, wanted.length);
    }
    const first = wanted[0];
    const undo = { domain: domains[0], action, ...(kind === 'exact' ? {} : { kind }) };
    return {
      rules,
      action,
      ...(until && first ? { until: zoned(new Date(until), fleet.options.zone) } : {}),
      undo: plain(`dns_rule_remove ${JSON.stringify(undo)}`, 300),
    };
  },
  render({ rules, action, until, undo }) {
    return [
      ...rules.map(
        ({ rule, done, piholes, note }) =>
          `${done ? `${action}: ${rule}` : `NOT DONE everywhere: ${action} ${rule}`} · ${piholes.join(' · ')}${note ? ` · ${note}` : ''}`,
      ),
      ...(until ? [`until ${until}`] : []),
      `undo: ${undo}`,
    ].join('\n');
  },
});
