/** A port that a container publishes, as its engine was told to (`HostConfig.PortBindings`), running or not. */
export interface ActualPort {
  /** Address it is bound to; absent for every address. */
  address?: string;
  /** Absent where the engine picks a free one. */
  published?: number;
  target: number;
  protocol: 'tcp' | 'udp';
}

/** A mount of a container (`Mounts` of its inspection); tmpfs need not be given. */
export interface ActualMount {
  kind: 'bind' | 'volume' | 'tmpfs' | 'other';
  /** Path on the host for a bind, name for a volume. */
  source: string;
  target: string;
  readOnly: boolean;
}

/** What Compose wrote into the labels `com.docker.compose.*`. */
export interface ActualCompose {
  project: string;
  service: string;
  /** Made by `compose run`: not part of what the file declares. */
  oneoff: boolean;
  workingDir?: string;
  configFiles?: readonly string[];
}

/** One container as its engine describes it. Values of its environment are fingerprints, made by the same function as `Comparison.fingerprint`. */
export interface ActualContainer {
  host: string;
  id: string;
  name: string;
  state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  /** Of the last run, where it is not running. */
  exitCode?: number;
  compose?: ActualCompose;
  /** As the container was made with (`Config.Image`). */
  image: string;
  /** `RepoDigests` of the image, `name@sha256:...`; empty for one that was built or loaded here. */
  imageDigests: readonly string[];
  /** Name to fingerprint of the value. */
  env: ReadonlyMap<string, string>;
  /** The same of the image (`Config.Env` of the image): subtracted before anything is compared. Absent where the image is gone. */
  imageEnv?: ReadonlyMap<string, string>;
  ports: readonly ActualPort[];
  mounts: readonly ActualMount[];
  restart: { name: string; most?: number };
  /** `HostConfig.NetworkMode`: bridge, host, none, a network's name or `container:ID`. */
  networkMode: string;
  /** Names of the networks it is in. */
  networks: readonly string[];
  pidMode?: string;
  privileged: boolean;
  capAdd: readonly string[];
  /** `set` where a check runs (the image's own counts), `disabled` for `NONE`. */
  healthcheck: 'set' | 'disabled' | 'none';
}

/** A compose file as it lies on a machine: its path below `deploy_root` (the same as in the repository) and `composeDigest` of its text. */
export interface OnHostFile {
  file: string;
  /** Absent where the file is not there. */
  digest?: string;
}

/** A machine as it answered, or why it did not. */
export interface ActualHost {
  name: string;
  state: 'answered' | 'asleep' | 'down';
  /** Why it was not compared, a sentence of ours. */
  why?: string;
  containers: readonly ActualContainer[];
  /** Absent where files on the machine cannot be read. */
  files?: readonly OnHostFile[];
}
