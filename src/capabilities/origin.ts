import type { Origin } from '../origin/origin.ts'
import type { Flag } from './flags.ts'

/** QEMU has, or has not, what the flag says. */
export const capabilityFlag = (flag: Flag): Origin => ({ kind: 'capability', flag })
