import { DAY } from '../../../shared/lab/clock.ts';
import type { ImageFact } from '../../../shared/lab/images.ts';
import { between, hexOf, seedOf } from '../../../shared/lab/random.ts';
import { stamp, volumeName } from './container-json.ts';
import type { Simulated, SimulatedEngine } from './simulated-engine.ts';

/** One entry of `GET /images/json`. */
export function imageJson(image: ImageFact, engine: SimulatedEngine): Record<string, unknown> {
  const tagged = `${image.name}:${image.tag}`;
  return {
    Id: image.id,
    ParentId: '',
    RepoTags: [tagged],
    RepoDigests: image.digest ? [`${image.name}@${image.digest}`] : [],
    Created: Math.floor((engine.lab.now - between(20, 90, seedOf(tagged), 1) * DAY) / 1_000),
    Size: image.bytes,
    SharedSize: -1,
    Labels: {},
    Containers: -1,
  };
}

/** The answer of `GET /images/{name}/json`. */
export function imageDetailsJson(image: ImageFact, engine: SimulatedEngine): Record<string, unknown> {
  const { Id, RepoTags, RepoDigests, Created, Size } = imageJson(image, engine);
  return {
    Id,
    RepoTags,
    RepoDigests,
    Created: stamp(Number(Created) * 1_000),
    Size,
    Architecture: engine.machine.host.arch ?? 'amd64',
    Os: 'linux',
    Config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: null, Labels: {} },
    RootFS: { Type: 'layers', Layers: [`sha256:${hexOf(`layer ${Id}`, 64)}`] },
  };
}

interface SimulatedVolume {
  name: string;
  project: string;
  users: Simulated[];
  share?: string;
}

export function volumesOf(engine: SimulatedEngine): SimulatedVolume[] {
  const found = new Map<string, SimulatedVolume>();
  for (const one of engine.containers()) {
    for (const { kind, source } of one.fact.mounts) {
      if (kind === 'bind' || kind === 'tmpfs') continue;
      const name = kind === 'volume' ? source : volumeName(one.fact, source);
      const volume = found.get(name) ?? { name, project: one.fact.project, users: [], ...(kind === 'volume' ? {} : { share: source }) };
      volume.users.push(one);
      found.set(name, volume);
    }
  }
  return [...found.values()];
}

/** One entry of `GET /volumes`. */
export function volumeJson({ name, project, share }: SimulatedVolume, engine: SimulatedEngine): Record<string, unknown> {
  return {
    CreatedAt: `${stamp(engine.lab.story.beginning - 40 * DAY).slice(0, 19)}Z`,
    Driver: 'local',
    Labels: { 'com.docker.compose.project': project, 'com.docker.compose.volume': name },
    Mountpoint: `/var/lib/docker/volumes/${name}/_data`,
    Name: name,
    Options: share ? { type: 'cifs', device: share, o: 'username=lab,password=sim-not-a-real-one' } : null,
    Scope: 'local',
  };
}

/** The answer of `GET /networks`. */
export function networksJson(engine: SimulatedEngine, detailed = false): Record<string, unknown>[] {
  const containers = engine.containers();
  const made = new Set(containers.map(({ fact }) => fact.networkMode));
  return [...new Set(['bridge', 'host', 'none', ...made])].map((name) => {
    const users = containers.filter(({ fact, life }) => fact.networkMode === name && life.state !== 'exited');
    const project = containers.find(({ fact }) => fact.networkMode === name && name === `${fact.project}_default`)?.fact.project;
    const part = users[0]?.fact.address?.split('.')[1];
    return {
      Name: name,
      Id: hexOf(`network ${engine.machine.name} ${name}`, 64),
      Created: stamp(engine.machine.booted),
      Scope: 'local',
      Driver: name === 'host' || name === 'none' ? (name === 'none' ? 'null' : 'host') : 'bridge',
      Internal: false,
      IPAM: { Driver: 'default', Config: part ? [{ Subnet: `172.${part}.0.0/16` }] : [] },
      Labels: project ? { 'com.docker.compose.project': project, 'com.docker.compose.network': 'default' } : {},
      Containers: detailed
        ? Object.fromEntries(users.map(({ fact }) => [fact.id, { Name: fact.name, IPv4Address: fact.address ? `${fact.address}/16` : '' }]))
        : {},
    };
  });
}

/** The answer of `GET /system/df`. */
export function diskJson(engine: SimulatedEngine): Record<string, unknown> {
  const containers = engine.containers();
  const images = engine.images();
  const size = (name: string): number => between(2, 900, seedOf(`size ${engine.machine.name} ${name}`), 1) * 1e6;
  return {
    LayersSize: images.reduce((sum, { bytes }) => sum + bytes, 0),
    Images: images.map((image) => ({
      ...imageJson(image, engine),
      SharedSize: 0,
      Containers: containers.filter(({ fact }) => fact.image === `${image.name}:${image.tag}`).length,
    })),
    Containers: containers.map(({ fact, life }) => ({
      Id: fact.id,
      Names: [`/${fact.name}`],
      Image: fact.image,
      State: life.state,
      SizeRw: size(fact.name) / 20,
      SizeRootFs: images.find(({ name, tag }) => `${name}:${tag}` === fact.image)?.bytes ?? 0,
    })),
    Volumes: volumesOf(engine).map((volume) => ({
      ...volumeJson(volume, engine),
      UsageData: { Size: volume.share ? -1 : size(volume.name) * 4, RefCount: volume.users.length },
    })),
    BuildCache: engine.machine.name === 'gaming-pc' ? buildCache(engine) : [],
  };
}

function buildCache(engine: SimulatedEngine): Record<string, unknown>[] {
  return [1, 2, 3].map((number) => ({
    ID: hexOf(`cache ${number}`, 25),
    Type: 'regular',
    Description: `mount / from exec /bin/sh -c step ${number}`,
    InUse: false,
    Shared: false,
    Size: number * 310e6,
    CreatedAt: stamp(engine.lab.now - number * 9 * DAY),
    LastUsedAt: stamp(engine.lab.now - number * 8 * DAY),
    UsageCount: number,
  }));
}
