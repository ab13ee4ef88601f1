import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Section } from '../../context/unit.ts'
import { bytesOfUnit } from '../../fragments/size.ts'
import { acpiCheck, forgottenAcpi } from './acpi.ts'
import { gicDefault } from './gic.ts'
import { hypervChecks } from './hyperv-needs.ts'
import { contributeToMachine, withoutAcpi } from './machine.ts'
import { contributeToProcessor } from './processor.ts'
import { checkFeatures } from './validate.ts'

export const featuresSection = {
  basic: [gicDefault, forgottenAcpi],
  checks: [acpiCheck, ...hypervChecks],
  validate: checkFeatures,
  contribute: (context, { machine, cpu }) => {
    contributeToMachine(context, machine)
    contributeToProcessor(context, cpu)
  },
  argv: {
    tseg: ({ definition }, out) => {
      const tseg = definition.features?.smm?.tseg
      if (tseg?.value === undefined) return
      const mebibytes = (tseg.value * (bytesOfUnit(tseg.unit) ?? 1n)) / 1024n ** 2n
      out.text('-global', `mch.extended-tseg-mbytes=${mebibytes}`, of(tseg, 'value'))
    },
    'no-acpi': (context, out) => {
      if (withoutAcpi(context)) out.flag('-no-acpi', rule('features/no-acpi'))
    },
    vmcoreinfo: ({ definition }, out) => {
      const vmcoreinfo = definition.features?.vmcoreinfo
      if (vmcoreinfo?.state) out.device(new Properties().put('driver', 'vmcoreinfo', of(vmcoreinfo, 'state')))
    },
    teardown: ({ definition }, out) => {
      const teardown = definition.features?.['async-teardown']
      if (teardown === undefined) return
      out.keyValue('-run-with', new Properties().put('async-teardown', teardown.enabled, of(teardown, 'enabled')))
    },
  },
} satisfies Section
