import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { SharedOptions } from '../../context/shared-options.ts'
import type { Timer } from './element.ts'

type Contribution = (timer: Timer, context: Context, shared: SharedOptions) => void

/** What each timer adds to shared options; a timer that is not here prints elsewhere or nothing. */
const contributions: { readonly [N in Timer['name']]?: Contribution } = {
  hpet: (timer, { capabilities }, { machine }) => {
    if (capabilities.has('machine-hpet')) machine.add('hpet', timer.present, of(timer, 'present'))
  },
  kvmclock: (timer, _context, { cpu }) => cpu.put('timers', 'kvmclock', timer.present, of(timer, 'present')),
  hypervclock: (timer, _context, { cpu }) => {
    if (timer.present) cpu.put('timers', 'hv-time', true, of(timer, 'present'))
  },
  tsc: (timer, _context, { cpu }) => {
    if (timer.frequency) cpu.put('timers', 'tsc-frequency', timer.frequency, of(timer, 'frequency'))
  },
  armvtimer: (timer, _context, { cpu }) => {
    if (timer.tickpolicy === 'delay' || timer.tickpolicy === 'discard') {
      cpu.put('timers', 'kvm-no-adjvtime', timer.tickpolicy === 'discard', of(timer, 'tickpolicy'))
    }
  },
}

export function contributeTimers(context: Context, shared: SharedOptions): void {
  for (const timer of context.definition.clock?.timer ?? []) contributions[timer.name]?.(timer, context, shared)
}

/** Timers that have an option of their own. */
export function printTimers({ definition, capabilities, machine }: Context, out: CommandLineBuilder): void {
  for (const timer of definition.clock?.timer ?? []) {
    // A timer that says nothing of missed ticks delays them (libvirt 11.3 and 12.8 asked).
    const policy = timer.tickpolicy ?? 'delay'
    if (timer.name === 'pit' && (policy === 'delay' || policy === 'discard')) {
      if (capabilities.has('kvm-pit-lost-tick-policy')) {
        const from = timer.tickpolicy === undefined ? of(timer, 'name') : of(timer, 'tickpolicy')
        out.text('-global', `kvm-pit.lost_tick_policy=${policy}`, from)
      }
    }
    if (timer.name === 'hpet' && timer.present === false && machine.pc && !capabilities.has('machine-hpet')) {
      out.flag('-no-hpet', of(timer, 'present'))
    }
  }
}
