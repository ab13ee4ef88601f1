import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'

/** What QEMU does with deprecated input, by libvirt's word (qemu.conf, deprecation_behavior). */
const inputs = { omit: undefined, reject: 'reject', crash: 'crash' } as const

/** `-compat`: the guest's own choice, or that of the driver's configuration. */
export function printDeprecation({ capabilities, definition, host }: Context, out: CommandLineBuilder): void {
  const { deprecation } = definition
  const behavior = deprecation?.behavior ?? host.config.deprecationBehavior
  if (behavior === 'none' || !capabilities.has('compat-deprecated')) return
  const from = deprecation ? of(deprecation, 'behavior') : rule('process/deprecation')
  out.json(
    '-compat',
    new Properties().put('deprecated-output', 'hide', from).put('deprecated-input', inputs[behavior], from),
  )
}
