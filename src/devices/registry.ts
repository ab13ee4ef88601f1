import type { DeviceOf, KindName } from '../context/context.ts'
import type { DeviceKind } from '../context/unit.ts'
import { audioKind } from './audio/index.ts'
import { channelKind } from './channel/index.ts'
import { consoleKind } from './console/index.ts'
import { controllerKind } from './controller/index.ts'
import { cryptoKind } from './crypto/index.ts'
import { diskKind } from './disk/index.ts'
import { filesystemKind } from './filesystem/index.ts'
import { graphicsKind } from './graphics/index.ts'
import { hostdevKind } from './hostdev/index.ts'
import { hubKind } from './hub/index.ts'
import { inputKind } from './input/index.ts'
import { interfaceKind } from './interface/index.ts'
import { iommuKind } from './iommu/index.ts'
import { leaseKind } from './lease/index.ts'
import { memballoonKind } from './memballoon/index.ts'
import { memoryKind } from './memory/index.ts'
import { nvramKind } from './nvram/index.ts'
import { panicKind } from './panic/index.ts'
import { parallelKind } from './parallel/index.ts'
import { pstoreKind } from './pstore/index.ts'
import { redirdevKind } from './redirdev/index.ts'
import { redirfilterKind } from './redirfilter/index.ts'
import { rngKind } from './rng/index.ts'
import { serialKind } from './serial/index.ts'
import { shmemKind } from './shmem/index.ts'
import { smartcardKind } from './smartcard/index.ts'
import { soundKind } from './sound/index.ts'
import { tpmKind } from './tpm/index.ts'
import { videoKind } from './video/index.ts'
import { vsockKind } from './vsock/index.ts'
import { watchdogKind } from './watchdog/index.ts'

/** The behaviour of every device kind; a kind without one does not compile. */
export const kinds = {
  smartcard: smartcardKind,
  tpm: tpmKind,
  redirdev: redirdevKind,
  redirfilter: redirfilterKind,
  shmem: shmemKind,
  vsock: vsockKind,
  pstore: pstoreKind,
  crypto: cryptoKind,
  serial: serialKind,
  parallel: parallelKind,
  console: consoleKind,
  channel: channelKind,
  rng: rngKind,
  controller: controllerKind,
  disk: diskKind,
  watchdog: watchdogKind,
  panic: panicKind,
  memory: memoryKind,
  input: inputKind,
  graphics: graphicsKind,
  audio: audioKind,
  hub: hubKind,
  video: videoKind,
  sound: soundKind,
  filesystem: filesystemKind,
  hostdev: hostdevKind,
  lease: leaseKind,
  interface: interfaceKind,
  iommu: iommuKind,
  memballoon: memballoonKind,
  nvram: nvramKind,
} satisfies { readonly [K in KindName]: DeviceKind<DeviceOf<K>> }
