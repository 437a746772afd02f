import { posix } from 'node:path';
import type { ComposeFile, ComposeService } from '@homelab/shared/inventory/compose.ts';
import type { Located } from '@homelab/shared/inventory/inventory.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';
import { nearest } from '@homelab/shared/render/nearest.ts';
import { type Finding, finding, placeText } from './finding.ts';
import type { Prepared } from './subject.ts';

type Contract = Located<Service>;

/** Where contracts and compose files do not say the same. What hangs on a variable without a default is undetermined, never a fault. */
export function composeMatch(subject: Prepared): Finding[] {
  const { inventory, stacks } = subject;
  const contracts = inventory.services.filter(({ value }) => value.runtime.type === 'compose');
  return [
    ...broken(stacks),
    ...missingFiles(subject, contracts),
    ...contracts.flatMap((contract) => oneContract(contract, stacks)),
    ...withoutContract(subject, contracts),
    ...unresolved(subject, contracts),
  ];
}

function broken(stacks: Prepared['stacks']): Finding[] {
  return [...stacks.values()].flatMap(({ file, problems }) =>
    problems
      .slice(0, 1)
      .map(({ line, column, message }) =>
        finding('schema', { file, line, column }, `the compose file is broken: ${message}`, 'Mend its YAML.'),
      ),
  );
}

/** A stack whose machine has no folder yet is planned; one that is missing among its neighbours is a mistake. */
function missingFiles({ exists, files }: Prepared, contracts: readonly Contract[]): Finding[] {
  const planned = new Map<string, Contract[]>();
  const dangling = contracts.flatMap((contract) => {
    const { file } = contract.value.runtime;
    if (file === undefined || exists(file)) return [];
    const folder = posix.dirname(posix.dirname(file));
    if (folder !== '.' && !exists(folder)) {
      planned.set(folder, [...(planned.get(folder) ?? []), contract]);
      return [];
    }
    const near = nearest(
      file,
      files.filter(({ kind }) => kind === 'compose').map(({ path }) => path),
    );
    return [
      finding(
        'dangling-compose-file',
        contract.at(['runtime', 'file']),
        `the compose file ${file} does not exist`,
        near ? `Did you mean ${near}?` : 'Correct the path.',
      ),
    ];
  });
  const ahead = [...planned].map(([folder, list]) => {
    const one = list.length === 1 ? 'a contract names a file' : `${list.length} contracts name files`;
    return finding(
      'planned',
      list[0]?.at(['runtime', 'file']),
      `${one} below ${folder}/, which is not there yet: ports, images and names are not compared`,
      'Add the stacks, or correct the paths.',
    );
  });
  return [...dangling, ...ahead];
}

function oneContract({ value: service, at }: Contract, stacks: Prepared['stacks']): Finding[] {
  const { file, services } = service.runtime;
  if (file === undefined || services.length === 0) {
    return [
      finding(
        'contract-without-compose',
        at(['runtime']),
        `${service.name} is a compose service of no compose file`,
        'Name runtime.file and runtime.services.',
      ),
    ];
  }
  const stack = stacks.get(file);
  if (!stack || stack.problems.length > 0) return [];
  return services.flatMap((name, index) => {
    const running = stack.services.find((one) => one.name === name);
    if (running) return [...portDifferences(service, at, running), ...floating(service, running)];
    const near = nearest(
      name,
      stack.services.map((one) => one.name),
    );
    return [
      finding(
        'dangling-compose-service',
        at(['runtime', 'services', index]),
        `${file} has no service ${name}`,
        near ? `Did you mean ${near}?` : 'Name one of its services.',
      ),
    ];
  });
}

function portDifferences(service: Service, at: Contract['at'], running: ComposeService): Finding[] {
  // On the host's own network nothing is published, and ports that are not known cannot be missing.
  if (running.networkMode !== undefined || running.partial) return [];
  const only = service.runtime.services.length === 1;
  const declared = service.exposure.flatMap((one, index) => {
    const mine = one.container === running.name || (one.container === undefined && only);
    return mine && one.port !== undefined && one.scope !== 'container' && !one.route_of
      ? [{ port: one.port, udp: one.protocol === 'udp', index }]
      : [];
  });
  const undeclared = running.ports.flatMap(({ port: { published, count, protocol }, place }) => {
    if (published === undefined) return [];
    const known = declared.some(({ port, udp }) => udp === (protocol === 'udp') && port >= published && port < published + count);
    const shown = count > 1 ? `${published}-${published + count - 1}` : `${published}`;
    return known
      ? []
      : [
          finding(
            'port-undeclared',
            place,
            `${running.name} publishes ${shown}/${protocol}, which the contract ${service.name} does not name`,
            `Add it to ${placeText(at(['exposure']))}.`,
          ),
        ];
  });
  if (running.unresolved.length > 0) return undeclared;
  const unpublished = declared.flatMap(({ port, udp, index }) => {
    const known = running.ports.some(
      (one) =>
        one.port.published !== undefined &&
        udp === (one.port.protocol === 'udp') &&
        port >= one.port.published &&
        port < one.port.published + one.port.count,
    );
    return known
      ? []
      : [
          finding(
            'port-unpublished',
            at(['exposure', index]),
            `${service.name} names port ${port}, which ${placeText(running.place)} does not publish`,
            'Publish it, or give the exposure the scope container.',
          ),
        ];
  });
  return [...undeclared, ...unpublished];
}

const MOVING = /^(latest|stable|main|master|edge|nightly|dev|develop|release|rolling|beta|canary)$/;

function floating(service: Service, running: ComposeService): Finding[] {
  const dear = service.ops.criticality === 'high' || service.ops.criticality === 'irreplaceable';
  const { image } = running;
  if (!dear || image === undefined || image.includes('@') || image.includes('$')) return [];
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  if (tag !== undefined && !MOVING.test(tag)) return [];
  return [
    finding(
      'floating-tag',
      running.at(['image']),
      `${service.name} matters much and its image ${tag === undefined ? 'has no tag' : `is ${tag}`}`,
      'Pin a version.',
    ),
  ];
}

function withoutContract({ inventory, stacks, unread }: Prepared, contracts: readonly Contract[]): Finding[] {
  if (inventory.services.length === 0) return [];
  const claimed = new Set(contracts.flatMap(({ value }) => value.runtime.services.map((name) => `${value.runtime.file} ${name}`)));
  const folders = new Set(contracts.map(({ value }) => posix.dirname(value.runtime.file ?? '')));
  return [...stacks.values()].flatMap(({ file, services }) =>
    services.flatMap(({ name, place }) => {
      // A second file beside a claimed one changes the same services.
      const overlay =
        folders.has(posix.dirname(file)) &&
        contracts.some(
          ({ value }) => value.runtime.services.includes(name) && posix.dirname(value.runtime.file ?? '') === posix.dirname(file),
        );
      if (claimed.has(`${file} ${name}`) || overlay || unread.has(name)) return [];
      return [
        finding(
          'compose-without-contract',
          place,
          `the compose service ${name} has no contract`,
          'Write one: npm run inventory -- init makes a first version.',
        ),
      ];
    }),
  );
}

function unresolved({ stacks }: Prepared, contracts: readonly Contract[]): Finding[] {
  const named = new Set(contracts.map(({ value }) => value.runtime.file));
  return [...stacks.values()].flatMap((stack: ComposeFile) => {
    if (!named.has(stack.file)) return [];
    return stack.services.flatMap(({ name, image, unresolved: ports, partial, place, at }) => [
      ...ports.map((one) =>
        finding(
          'variable',
          one.place,
          `a port of ${name} hangs on ${one.variables.join(', ')}, which no file here sets`,
          'Give it a default to have it compared.',
        ),
      ),
      ...(image?.includes('$')
        ? [
            finding(
              'variable',
              at(['image']),
              `the image of ${name} hangs on a variable that no file here sets`,
              'Give it a default to have it compared.',
            ),
          ]
        : []),
      ...(partial
        ? [finding('unreadable', place, `${name} takes parts from another file; its ports are not compared`, 'Look at it by hand.')]
        : []),
    ]);
  });
}
