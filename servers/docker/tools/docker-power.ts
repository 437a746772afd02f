import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { z } from 'zod';
import { ContainerName, HostName } from '../answer/params.ts';
import { nameText, stateText } from '../answer/short.ts';
import { contractOf, type Fleet } from '../client/fleet.ts';
import { powerEffect } from '../power/power-effect.ts';
import { POWERS } from '../power/rules.ts';
import { switchContainer } from '../power/switch-container.ts';
import { Switch, switchText } from '../power/switch-text.ts';
import { findTarget } from '../target/find-target.ts';

/** Stops, restarts, pauses, resumes or kills a container. */
export const dockerPower = defineTool({
  name: 'docker_power',
  title: 'Stop, restart, pause or kill a container',
  description:
    'Stops, restarts, pauses, unpauses or kills one container; who depends on it is shown to the person who approves. docker_diagnose first.',
  safety: { least: 'write', most: 'disruptive', of: ({ action }) => (action === 'unpause' ? 'write' : 'disruptive') },
  look: 'docker_inspect',
  input: z.strictObject({ action: z.enum(POWERS), name: ContainerName, host: HostName, reason: z.string().max(300).optional() }),
  output: Switch,
  async effect({ action, name, host }, fleet: Fleet, { signal }) {
    const target = await findTarget(fleet, { name, host }, { signal });
    const one = await target.host.inspect(target.container.id, { signal });
    return powerEffect(action, one, { fleet, contract: contractOf(fleet.inventory(), one), state: stateText(one), signal });
  },
  async handler({ action, name, host }, fleet: Fleet, { signal }) {
    const { host: engine, container } = await findTarget(fleet, { name, host }, { signal });
    const before = stateText(await engine.inspect(container.id, { signal }));
    const { changed, after } = await fleet.alone(engine.name, () => switchContainer(engine, container.id, action, signal));
    return {
      host: engine.name,
      container: nameText(container.name),
      changed,
      before,
      after: stateText(after),
      failed: (action === 'restart' || action === 'unpause') && after.state !== 'running',
    };
  },
  render: (done, { action }) => switchText(done, action),
});
