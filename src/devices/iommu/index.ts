import { of } from '../../argv/piece.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { dated } from '../../release/dated.ts'
import { printIommu } from './argv.ts'
import type { Iommu } from './element.ts'
import { remappingDefaults } from './split-apic.ts'
import { checkIommu, gates, isPciDevice } from './validate.ts'

/** Several IOMMUs: before 11.10 none had more than one; since then those of ARM's. Source: libvirt 11.3 and 12.8. */
const severalOfArm = dated(false, ['11.10', true])

export const iommuKind = {
  pci: (device, { machine }) =>
    isPciDevice(device) && machine.pci.root === 'pcie-root' ? { plug: 'pcie', integrated: true } : undefined,
  implicit: remappingDefaults,
  alias: (_device, index) => `iommu${index}`,
  gates,
  validate: (context) => {
    const [, second] = context.devices.iommu
    const isOfArm = context.devices.iommu.every(({ model }) => model === 'smmuv3')
    if (second === undefined || (isOfArm && context.plan.at(severalOfArm))) return
    context.error({
      code: 'iommu/several',
      message: 'A guest has one IOMMU.',
      hint: 'Remove the others.',
      at: second,
    })
  },
  check: checkIommu,
  contribute: ({ devices }, { machine }) => {
    for (const device of devices.iommu) {
      if (device.model !== 'smmuv3' || device.driver?.pciBus !== undefined) continue
      machine.put('iommu', 'smmuv3', of(device, 'model'))
      return
    }
  },
  argv: {
    device: (context, out) => {
      for (const device of context.devices.iommu) printIommu(device, context, out)
    },
  },
} satisfies DeviceKind<Iommu>
