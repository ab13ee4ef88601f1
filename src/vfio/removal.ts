import { answer, defineRules, logLine } from './rule.ts'
import { type FunctionState, type HostState, type Removal, type Step, withFunctions } from './state.ts'

/** What the kernel logs when it wants a function back from who has it open, with and without a way to tell them. */
export const relayed = 'Relaying device request to user (#0)'
export const unheard = 'No device request channel registered, blocked until released by user'

export const removalRules = defineRules({
  'removal/locked': {
    outcome: 'waits',
    why: 'a removal that waits for a user of the function, or of its VFs, holds it',
    todo: 'stop that user first',
  },
})

/**
 * The answer to who wants to change the driver or the VFs of a function that a removal holds. The model keeps one
 * removal at a time: another one that would have to wait is told to wait for the first.
 */
export function locked(state: HostState, device: FunctionState): Step | undefined {
  if (state.removal?.address !== device.address && !device.leaving) return undefined
  return { state, result: answer(removalRules['removal/locked'], device) }
}

/** Drivers that let their VFs stay when they are unbound from the PF; others that are known here take them along. */
const takesVfsAlong = (device: FunctionState) => device.vfToken !== undefined || device.driver === 'igb'

export interface Proceeded {
  readonly state: HostState
  /** The function that the removal waits for now. */
  readonly waitsFor: FunctionState | undefined
}

/** VFs go one after another, then the function itself; whoever is open stops the rest until it is closed. */
export function proceed(state: HostState, removal: Removal): Proceeded {
  const device = state.functions.get(removal.address)
  if (device === undefined) return { state: { ...state, removal: undefined }, waitsFor: undefined }
  const takesVfs = removal.kind === 'disable' || takesVfsAlong(device)
  const members = takesVfs ? device.virtualFunctions.flatMap((address) => state.functions.get(address) ?? []) : []
  const gone: string[] = []
  for (const member of members) {
    if (member.opened) return blocked(withFunctions(state, [], gone), member, removal)
    gone.push(member.address)
  }
  if (removal.kind === 'unbind' && device.opened) return blocked(withFunctions(state, [], gone), device, removal)
  const virtualFunctions = takesVfs ? [] : device.virtualFunctions
  const unbound = { driver: undefined, vfToken: undefined, leaving: false }
  const finished = { ...device, virtualFunctions, ...(removal.kind === 'unbind' && unbound) }
  return { state: { ...withFunctions(state, [finished], gone), removal: undefined }, waitsFor: undefined }
}

function blocked(state: HostState, member: FunctionState, removal: Removal): Proceeded {
  const leaving = withFunctions(state, member.leaving ? [] : [{ ...member, leaving: true }])
  return { state: { ...leaving, removal }, waitsFor: member }
}

/** The line that the kernel logs once for a function it waits for. */
export function waitLine(member: FunctionState): string {
  return logLine(member, member.opened?.channel ? relayed : unheard)
}

/** A descriptor was closed: a removal that waited for it goes on. */
export function resume({ state, result }: Step): Step {
  if (state.removal === undefined) return { state, result }
  const { state: next, waitsFor } = proceed(state, state.removal)
  const log = waitsFor === undefined || waitsFor.leaving ? result.log : [...result.log, waitLine(waitsFor)]
  return { state: next, result: { ...result, log } }
}
