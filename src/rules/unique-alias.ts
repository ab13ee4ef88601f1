import type { Context, KindName } from '../context/context.ts'
import type { Addressable } from '../fragments/device-info.ts'

const checkedFirst: ReadonlySet<KindName> = new Set(['serial', 'console', 'memballoon'])

/**
 * A user's alias names one device. The console that is another name of the serial port has the port's (formatdomain,
 * "Devices").
 */
export function uniqueAlias(context: Context): void {
  const { console: consoles, serial, memballoon } = context.devices
  const [port] = serial
  const [first, ...rest] = consoles
  const own = first?.alias?.name === port?.alias?.name ? rest : consoles
  const seen = new Set<string>()
  const check = ({ alias }: Addressable) => {
    if (alias?.name === undefined) return
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
  serial.forEach(check)
  own.forEach(check)
  for (const balloon of memballoon) if (balloon.model !== 'none') check(balloon)
  context.eachKind((devices, name) => {
    if (!checkedFirst.has(name)) devices.forEach(check)
  })
}
