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

/** Where the clock starts, as `-rtc base=` takes it. */
function base(clock: Clock, { unixTime, utcOffsetSeconds }: Context['host']['clock']): string {
  switch (clock.offset) {
    case 'localtime':
    case 'timezone':
      return 'localtime'
    case 'variable': {
      const basis = BigInt(unixTime) + (clock.basis === 'localtime' ? BigInt(utcOffsetSeconds) : 0n)
      return dateTime(basis + (clock.adjustment === 'reset' ? 0n : (clock.adjustment ?? 0n)))
    }
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
  for (const timer of clock.timer) {
    if (timer.name !== 'rtc') continue
    if (timer.track !== undefined) properties.put('clock', tracked[timer.track], of(timer, 'track'))
    if (timer.tickpolicy === 'catchup') properties.put('driftfix', 'slew', of(timer, 'tickpolicy'))
  }
  out.keyValue('-rtc', properties)
}
