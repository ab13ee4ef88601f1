import type { Context } from '../context/context.ts'
import type { Addressable } from '../fragments/device-info.ts'

/**
 * A user's alias names one device. The console that is another name of the serial port has the port's (formatdomain,
 * "Devices").
 */
export function uniqueAlias(context: Context): void {
  const { console: consoles, serial, memballoon, ...others } = context.devices
  const [port] = serial
  const [first, ...rest] = consoles
  const own = first?.alias?.name === port?.alias?.name ? rest : consoles
  const seen = new Set<string>()
  const balloons = memballoon.filter(({ model }) => model !== 'none')
  for (const list of [serial, own, balloons, ...Object.values(others)]) {
    if (!Array.isArray(list)) continue
    for (const { alias } of list as readonly Addressable[]) {
      if (alias?.name === undefined) continue
      if (seen.has(alias.name)) {
        context.error({
          code: 'device/alias-twice',
          message: `Two devices have the alias ${alias.name}.`,
          hint: 'Give each a name of its own, or leave one out.',
          at: alias,
          field: 'name',
        })
      }
      seen.add(alias.name)
    }
  }
}
