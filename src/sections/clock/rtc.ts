import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { Clock, Timer } from './element.ts'

/** QEMU's names of what the rtc follows (QEMU: -rtc clock=); it has none for the time since boot. */
export const tracked: { readonly [T in NonNullable<Timer['track']>]: string | undefined } = {
  boot: undefined,
  guest: 'vm',
  wall: 'host',
  realtime: 'rt',
}

/** `2009-02-14T00:01:30`: QEMU takes a point in time without a zone. */
function dateTime(unixSeconds: bigint): string {
  return new Date(Number(unixSeconds) * 1000).toISOString().slice(0, 19)
}

/** The last second of the year 9999, with which QEMU's notation of a time ends. */
const lastSecond = 253402300799n

/** When a variable clock starts, in seconds since 1970. */
function variableStart(clock: Clock, { unixTime, utcOffsetSeconds }: Context['host']['clock']): bigint {
  const basis = BigInt(unixTime) + (clock.basis === 'localtime' ? BigInt(utcOffsetSeconds) : 0n)
  return basis + (clock.adjustment === 'reset' ? 0n : (clock.adjustment ?? 0n))
}

/** The time at which the clock starts must be one that can be written. */
export function checkStart(context: Context): void {
  const { clock } = context.definition
  if (clock?.offset === 'absolute' && (clock.start ?? 0n) > lastSecond) {
    context.error({
      code: 'clock/start-too-late',
      message: `A clock cannot start ${clock.start} seconds after 1970.`,
      hint: `${lastSecond}, the end of the year 9999, is the last. The unit is the second.`,
      at: clock,
      field: 'start',
    })
  }
  if (clock?.offset !== 'variable') return
  const start = variableStart(clock, context.host.clock)
  if (start >= 0n && start <= lastSecond) return
  context.error({
    code: 'clock/adjustment-range',
    message: `With an adjustment of ${clock.adjustment} seconds the clock starts outside the years 1970 to 9999.`,
    hint: 'The unit is the second.',
    at: clock,
    field: 'adjustment',
    when: 'start',
  })
}

/** Where the clock starts, as `-rtc base=` takes it. */
function base(clock: Clock, now: Context['host']['clock']): string {
  switch (clock.offset) {
    case 'localtime':
    case 'timezone':
      return 'localtime'
    case 'variable':
      return dateTime(variableStart(clock, now))
    case 'absolute':
      return dateTime(clock.start ?? 0n)
    case 'utc':
      return 'utc'
  }
}

/** `-rtc`: the start of the clock, and what the rtc timer says on how it runs on. */
export function printRtc(context: Context, out: CommandLineBuilder): void {
  const { clock } = context.definition
  if (clock === undefined) return
  const properties = new Properties().put('base', base(clock, context.host.clock), of(clock, 'offset'))
  // Of several the first counts that says something.
  const timers = clock.timer.filter(({ name }) => name === 'rtc')
  const following = timers.find(({ track }) => track !== undefined)
  if (following?.track) properties.put('clock', tracked[following.track], of(following, 'track'))
  const catching = timers.find(({ tickpolicy }) => tickpolicy !== undefined)
  if (catching?.tickpolicy === 'catchup') properties.put('driftfix', 'slew', of(catching, 'tickpolicy'))
  out.keyValue('-rtc', properties)
}
