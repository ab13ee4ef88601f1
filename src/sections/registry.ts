import type { Section } from '../context/unit.ts'
import { blkiotuneSection } from './blkiotune/index.ts'
import { clockSection } from './clock/index.ts'
import { cpuSection } from './cpu/index.ts'
import { cputuneSection } from './cputune/index.ts'
import { featuresSection } from './features/index.ts'
import { identitySection } from './identity/index.ts'
import { iothreadsSection } from './iothreads/index.ts'
import { keywrapSection } from './keywrap/index.ts'
import { launchSecuritySection } from './launch-security/index.ts'
import { lifecycleSection } from './lifecycle/index.ts'
import { memorySection } from './memory/index.ts'
import { memoryBackingSection } from './memory-backing/index.ts'
import { memtuneSection } from './memtune/index.ts'
import { numaSection } from './numa/index.ts'
import { numatuneSection } from './numatune/index.ts'
import { firmwareSection } from './os/firmware/index.ts'
import { osSection } from './os/index.ts'
import { processSection } from './process/index.ts'
import { seclabelSection } from './seclabel/index.ts'
import { sysinfoSection } from './sysinfo/index.ts'
import { throttlegroupsSection } from './throttlegroups/index.ts'
import { vcpuSection } from './vcpu/index.ts'

/** The behaviour of every section of the domain. */
export const sections = {
  identity: identitySection,
  'guest-memory': memorySection,
  'memory-backing': memoryBackingSection,
  memtune: memtuneSection,
  numatune: numatuneSection,
  numa: numaSection,
  vcpu: vcpuSection,
  cpu: cpuSection,
  cputune: cputuneSection,
  os: osSection,
  firmware: firmwareSection,
  features: featuresSection,
  blkiotune: blkiotuneSection,
  clock: clockSection,
  iothreads: iothreadsSection,
  throttlegroups: throttlegroupsSection,
  keywrap: keywrapSection,
  launchSecurity: launchSecuritySection,
  lifecycle: lifecycleSection,
  seclabel: seclabelSection,
  sysinfo: sysinfoSection,
  process: processSection,
} satisfies { readonly [name: string]: Section }
