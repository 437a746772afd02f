import { hexOf } from '../../../shared/lab/random.ts';
import { stamp } from './container-json.ts';
import type { SimulatedEngine } from './simulated-engine.ts';

/** Versions of a machine's engine. */
export interface EngineVersion {
  engine: string;
  api: string;
  least: string;
}

const VERSIONS: Record<string, EngineVersion> = {
  rpi: { engine: '28.1.1', api: '1.49', least: '1.24' },
  'gaming-pc': { engine: '28.5.1', api: '1.51', least: '1.24' },
  nas: { engine: '27.1.2', api: '1.46', least: '1.24' },
};

export function versionOf({ machine }: SimulatedEngine): EngineVersion {
  return VERSIONS[machine.name] ?? { engine: '28.1.1', api: '1.49', least: '1.24' };
}

/** The answer of `GET /version`. */
export function versionJson(engine: SimulatedEngine): Record<string, unknown> {
  const { engine: version, api, least } = versionOf(engine);
  return {
    Platform: { Name: 'Docker Engine (simulator)' },
    Version: version,
    ApiVersion: api,
    MinAPIVersion: least,
    Os: 'linux',
    Arch: engine.machine.host.arch ?? 'amd64',
    KernelVersion: kernelOf(engine),
    GoVersion: 'go1.24.2',
    GitCommit: 'simulator',
    BuildTime: stamp(engine.lab.story.beginning),
    Components: [{ Name: 'Engine', Version: version, Details: { ApiVersion: api, MinAPIVersion: least } }],
  };
}

/** The answer of `GET /info`. */
export function infoJson(engine: SimulatedEngine): Record<string, unknown> {
  const { machine } = engine;
  const containers = engine.containers();
  const count = (state: string) => containers.filter(({ life }) => life.state === state).length;
  const { name = machine.host.os.family, version = '' } = machine.host.os;
  return {
    ID: hexOf(`engine ${machine.name}`, 32),
    Containers: containers.length,
    ContainersRunning: count('running') + count('restarting'),
    ContainersPaused: count('paused'),
    ContainersStopped: count('exited'),
    Images: engine.images().length,
    Driver: 'overlay2',
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: machine.name === 'nas' ? '1' : '2',
    NCPU: machine.cores,
    MemTotal: machine.memoryBytes,
    OperatingSystem: `${machine.host.os.family === 'windows' ? 'Docker Desktop' : `${name} ${version}`.trim()} (simulator)`,
    OSType: 'linux',
    Architecture: machine.habits.machine,
    KernelVersion: kernelOf(engine),
    Name: machine.name,
    ServerVersion: versionOf(engine).engine,
    DockerRootDir: '/var/lib/docker',
    SystemTime: stamp(engine.now()),
    Labels: ['simulator=true'],
    Warnings: null,
  };
}

const kernelOf = ({ machine }: SimulatedEngine): string =>
  machine.host.os.family === 'windows' ? '6.6.87.2-microsoft-standard-WSL2' : machine.habits.kernel;
