import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { z } from 'zod';
import { ContainerName, HostName } from '../answer/params.ts';
import { nameText, stateText } from '../answer/short.ts';
import { contractOf, type Fleet } from '../client/fleet.ts';
import { powerEffect } from '../power/power-effect.ts';
import { switchContainer } from '../power/switch-container.ts';
import { Switch, switchText } from '../power/switch-text.ts';
import { findTarget } from '../target/find-target.ts';

/** Starts a container that is down. */
export const dockerStart = defineTool({
  name: 'docker_start',
  title: 'Start a container',
  description: 'Starts a container that is stopped or was never started. Undo with docker_power stop.',
  safety: 'write',
  idempotent: true,
  look: 'docker_inspect',
  input: z.strictObject({ name: ContainerName, host: HostName, reason: z.string().max(300).optional() }),
  output: Switch,
  async effect({ name, host }, fleet: Fleet, { signal }) {
    const target = await findTarget(fleet, { name, host }, { signal });
    const one = await target.host.inspect(target.container.id, { signal });
    return powerEffect('start', one, { fleet, contract: contractOf(fleet.inventory(), one), state: stateText(one), signal });
  },
  async handler({ name, host }, fleet: Fleet, { signal }) {
    const { host: engine, container } = await findTarget(fleet, { name, host }, { signal });
    const before = stateText(await engine.inspect(container.id, { signal }));
    const { changed, after } = await fleet.alone(engine.name, () => switchContainer(engine, container.id, 'start', signal));
    return {
      host: engine.name,
      container: nameText(container.name),
      changed,
      before,
      after: stateText(after),
      failed: after.state !== 'running',
    };
  },
  render: (done) => switchText(done, 'start'),
});
