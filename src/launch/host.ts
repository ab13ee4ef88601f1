import type { Host } from '../host/host.ts'
import type { HostResources } from '../host/resources.ts'
import type { SecretStore } from '../host/secrets.ts'
import { type MasterKey, sealWith } from '../host/secrets.ts'
import type { LaunchWish } from './plan.ts'

/** The first descriptor that a start hands to QEMU: after its standard streams. */
const firstDescriptor = 3

export interface LaunchHostOptions {
  readonly wish: LaunchWish
  /** The key of this start; its secrets are sealed with it. */
  readonly masterKey: MasterKey
}

/**
 * The host as a start without libvirt has it: every folder is below the start's own, QEMU opens sockets and files by
 * itself, and only what has no other way (a macvtap) is an open descriptor.
 */
export function launchHost(host: Host, { wish, masterKey }: LaunchHostOptions): Host {
  const { runtime, state } = wish
  const secrets: SecretStore = { find: (it) => host.secrets.find(it), seal: sealWith(masterKey) }
  return {
    ...host,
    privileged: wish.privileged,
    secrets,
    resources: ownResources(),
    tapName: undefined,
    config: {
      ...host.config,
      libDir: runtime,
      cacheDir: `${runtime}/cache`,
      channelTargetDir: `${runtime}/channel`,
      swtpmStateDir: runtime,
      swtpmLogDir: runtime,
      passtStateDir: runtime,
      dbusStateDir: runtime,
      slirpStateDir: runtime,
      nvramDir: `${state}/nvram`,
      varstoreDir: `${state}/varstore`,
      swtpmStorageDir: `${state}/tpm`,
      memoryBackingDir: `${state}/memory-${wish.tag}`,
      saveDir: `${state}/save`,
      snapshotDir: `${state}/snapshot`,
      checkpointDir: `${state}/checkpoint`,
      logDir: runtime,
    },
  }
}

/** Descriptors in the order in which they are asked for; each is asked for once in a start. */
function ownResources(): HostResources {
  let next = firstDescriptor
  const none = () => undefined
  return {
    taps: (kind, queues) => (kind === 'macvtap' ? Array.from({ length: queues }, () => next++) : undefined),
    vhostNet: none,
    vhostScsi: none,
    vhostVsock: none,
    vdpa: none,
    chardevUnixListen: none,
    chardevFile: none,
    chardevLog: none,
    vhostUserVideo: none,
    tpm: none,
  }
}
