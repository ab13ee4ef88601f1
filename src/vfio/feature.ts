import type { KernelBehaviour } from './kernel.ts'
import { answer, defineRules, type Rule } from './rule.ts'
import { type FunctionState, type HostState, type Step, withFunctions } from './state.ts'

/** Bits of `struct vfio_device_feature.flags` (linux/vfio.h). */
export const featureFlags = { mask: 0xffff, get: 1 << 16, set: 1 << 17, probe: 1 << 18 } as const

/** The feature number of the PCI VF token. */
export const pciVfTokenFeature = 0

/** Bytes of `argsz` and `flags`, and of the token that follows them. */
export const featureHeaderSize = 8
export const featureTokenSize = 16

export const featureRules = defineRules({
  'feature/not-open': { outcome: 'refused', errno: 'EBADF', why: 'the function is not open' },
  'feature/header-too-small': {
    outcome: 'refused',
    errno: 'EINVAL',
    why: 'argsz is smaller than argsz and flags together (8 bytes)',
  },
  'feature/unknown-flags': { outcome: 'refused', errno: 'EINVAL', why: 'a flag is set that the kernel does not know' },
  'feature/get-and-set': { outcome: 'refused', errno: 'EINVAL', why: 'GET and SET together go only with PROBE' },
  'feature/other': {
    outcome: 'done',
    why: 'another feature that the device has: low power, which is set; on newer kernels a DMA buffer, which is read',
  },
  'feature/set-unsupported': { outcome: 'refused', errno: 'EINVAL', why: 'the feature can be read, never set' },
  'feature/other-unusable': {
    outcome: 'refused',
    errno: 'EINVAL',
    why: 'the kernel knows the feature, and the device cannot use it',
  },
  'feature/unknown': {
    outcome: 'refused',
    errno: 'ENOTTY',
    why: 'the device does not have the feature of this number',
  },
  'feature/not-a-pf': { outcome: 'refused', errno: 'ENOTTY', why: 'only a PF has a VF token' },
  'feature/get-unsupported': { outcome: 'refused', errno: 'EINVAL', why: 'the feature can be set, never read' },
  'feature/no-operation': { outcome: 'refused', errno: 'EINVAL', why: 'none of GET, SET and PROBE is asked for' },
  'feature/token-too-small': {
    outcome: 'refused',
    errno: 'EINVAL',
    why: 'argsz leaves no room for the 16 bytes of the token',
  },
  'feature/probed': { outcome: 'done', why: 'the feature can be used so; nothing is changed' },
  'feature/token-set': { outcome: 'done', why: 'the token of the PF is the given one from now on, VFs in use or not' },
})

/** `VFIO_DEVICE_FEATURE`: size and flags as handed over, and the 16 bytes that follow them, as a UUID. */
export interface FeatureRequest {
  readonly argsz: number
  readonly flags: number
  readonly token?: string
}

/** What can be done with a feature that is not the token's. */
interface OtherFeature {
  readonly get?: boolean
  readonly set?: boolean
}

/** Entry to and exit from low power. */
const everywhere: Readonly<Record<number, OtherFeature>> = { 3: { set: true }, 4: { set: true }, 5: { set: true } }
/** A region as a DMA buffer, and a feature of migration, which the functions of the oracle cannot. */
const newer: Readonly<Record<number, OtherFeature>> = { ...everywhere, 11: { get: true }, 12: {} }

/** The rule for a feature that is not the token's. */
function decideOther(kernel: KernelBehaviour, number: number, gets: boolean, sets: boolean, probes: boolean): Rule {
  const feature = (kernel.moreFeatures ? newer : everywhere)[number]
  if (feature === undefined) return featureRules['feature/unknown']
  const { get = false, set = false } = feature
  if (!get && !set) return featureRules['feature/other-unusable']
  if (gets && !get) return featureRules['feature/get-unsupported']
  if (sets && !set) return featureRules['feature/set-unsupported']
  return probes || sets || gets ? featureRules['feature/other'] : featureRules['feature/no-operation']
}

/** The rule for a request, in the kernel's order of looking. */
function decide(kernel: KernelBehaviour, device: FunctionState, { argsz, flags, token }: FeatureRequest): Rule {
  const { mask, get, set, probe } = featureFlags
  const [gets, sets, probes] = [(flags & get) !== 0, (flags & set) !== 0, (flags & probe) !== 0]
  if (device.opened === undefined) return featureRules['feature/not-open']
  if (argsz < featureHeaderSize) return featureRules['feature/header-too-small']
  if ((flags & ~(mask | get | set | probe)) !== 0) return featureRules['feature/unknown-flags']
  if (!probes && gets && sets) return featureRules['feature/get-and-set']
  if ((flags & mask) !== pciVfTokenFeature) return decideOther(kernel, flags & mask, gets, sets, probes)
  if (device.vfToken === undefined) return featureRules['feature/not-a-pf']
  if (gets) return featureRules['feature/get-unsupported']
  if (probes) return featureRules['feature/probed']
  if (!sets) return featureRules['feature/no-operation']
  if (argsz - featureHeaderSize < featureTokenSize || token === undefined) {
    return featureRules['feature/token-too-small']
  }
  return featureRules['feature/token-set']
}

/** `VFIO_DEVICE_FEATURE` on an open function, where the VF token is concerned. */
export function deviceFeature(state: HostState, address: string, request: FeatureRequest): Step {
  const device = state.functions.get(address)
  if (device === undefined) {
    return { state, result: answer(featureRules['feature/not-open'], { address, driver: undefined }) }
  }
  const rule = decide(state.kernel, device, request)
  const result = answer(rule, device)
  if (rule !== featureRules['feature/token-set'] || device.vfToken === undefined) return { state, result }
  const vfToken = { ...device.vfToken, uuid: request.token }
  return { state: withFunctions(state, [{ ...device, vfToken }]), result }
}
