import { isX86 } from '../../capabilities/table.ts'
import type { Context } from '../../context/context.ts'
import type { Timer } from './element.ts'
import { tracked } from './rtc.ts'

type Policy = NonNullable<Timer['tickpolicy']>

/** The policies for missed ticks that QEMU has for a timer; any where it is not listed. */
const policies: { readonly [N in Timer['name']]?: readonly Policy[] } = {
  rtc: ['delay', 'catchup'],
  pit: ['delay', 'catchup', 'discard'],
  armvtimer: ['delay', 'discard'],
}

/** A PIT that no machine has is none that could catch up (libvirt 11.3 and 12.8 asked). */
const otherPit: readonly Policy[] = ['delay', 'discard']

/** Timers of PCs only. */
const x86Only: ReadonlySet<Timer['name']> = new Set(['hpet', 'tsc', 'kvmclock', 'hypervclock'])

/** Attributes that only some timers have (formatdomain, "Time keeping"). */
const ownAttributes: readonly (readonly [attribute: keyof Timer, owners: readonly Timer['name'][]])[] = [
  ['track', ['rtc', 'platform']],
  ['frequency', ['tsc']],
  ['mode', ['tsc']],
  ['tickpolicy', ['rtc', 'pit', 'hpet', 'tsc', 'platform', 'armvtimer']],
]

function checkAttributes(timer: Timer, context: Context): void {
  for (const [attribute, owners] of ownAttributes) {
    if (timer[attribute] === undefined || owners.includes(timer.name)) continue
    context.error({
      code: 'clock/timer-attribute',
      message: `The timer ${timer.name} has no ${attribute}.`,
      hint: `Remove it: only ${owners.join(' and ')} can have one.`,
      at: timer,
      field: attribute,
    })
  }
}

export function checkTimers(context: Context): void {
  for (const timer of context.definition.clock?.timer ?? []) {
    checkAttributes(timer, context)
    checkName(timer, context)
    checkPolicy(timer, context)
    if (timer.name === 'rtc' && timer.track !== undefined && tracked[timer.track] === undefined) {
      context.error({
        code: 'clock/rtc-track',
        message: `QEMU's rtc cannot follow the time since ${timer.track}.`,
        hint: 'Write guest, wall or realtime.',
        at: timer,
        field: 'track',
      })
    }
  }
}

function checkName(timer: Timer, context: Context): void {
  const refuse = (why: string, hint: string) =>
    context.error({
      code: 'clock/timer-unsupported',
      message: `The timer ${timer.name} ${why}.`,
      hint,
      at: timer,
      field: 'name',
    })
  const { arch, machine } = context
  if (timer.name === 'platform') refuse('is unknown to QEMU', 'Remove it.')
  if (x86Only.has(timer.name) && timer.present === true && !isX86(context.arch)) {
    refuse(`is a timer of PCs, and this guest is ${arch}`, 'Remove it.')
  }
  if (timer.name === 'armvtimer') {
    if (!machine.armVirtual || context.accelerator !== 'kvm') {
      refuse("is ARM's, on a machine of type virt with KVM", 'Remove it.')
    } else if (!context.capabilities.has('cpu.kvm-no-adjvtime')) {
      refuse('cannot be tuned in this QEMU (capability cpu.kvm-no-adjvtime)', 'Use QEMU 5.0 or later.')
    }
  }
}

function checkPolicy(timer: Timer, context: Context): void {
  const { tickpolicy } = timer
  const isOtherPit = timer.name === 'pit' && !isX86(context.arch)
  const known = isOtherPit ? otherPit : policies[timer.name]
  if (tickpolicy === undefined || known === undefined) return
  const missing =
    timer.name === 'pit' &&
    !isOtherPit &&
    tickpolicy === 'discard' &&
    !context.capabilities.has('kvm-pit-lost-tick-policy')
  if (known.includes(tickpolicy) && !missing) return
  context.error({
    code: 'clock/tickpolicy-unsupported',
    message: `QEMU's ${timer.name} cannot ${tickpolicy} missed ticks.`,
    hint: `It knows ${known.join(', ')}.`,
    at: timer,
    field: 'tickpolicy',
  })
}
