import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import type { Gate } from '../../context/unit.ts'
import type { Iommu } from './element.ts'

type Driver = NonNullable<Iommu['driver']>

const models: readonly (readonly [Iommu['model'], Flag, string])[] = [
  ['intel', 'intel-iommu', 'IOMMU of Intel'],
  ['smmuv3', 'machine.virt.iommu', 'IOMMU of ARM'],
  ['virtio', 'virtio-iommu-pci', 'virtio IOMMU'],
  ['virtio', 'virtio-iommu.boot-bypass', 'virtio IOMMU that lets the firmware through'],
]

const options: readonly (readonly [keyof Driver, Flag, string])[] = [
  ['intremap', 'intel-iommu.intremap', 'IOMMU that remaps interrupts'],
  ['caching_mode', 'intel-iommu.caching-mode', 'IOMMU with a caching mode'],
  ['eim', 'intel-iommu.eim', 'IOMMU for more than 255 processors'],
  ['iotlb', 'intel-iommu.device-iotlb', 'IOMMU whose devices keep translations'],
  ['aw_bits', 'intel-iommu.aw-bits', 'IOMMU with a chosen width of addresses'],
]

export const gates: readonly Gate<Iommu>[] = [
  ...models.map(
    ([model, needs, what]): Gate<Iommu> => ({
      path: '@model',
      needs,
      code: 'iommu/unsupported',
      what,
      hint: 'Use a newer QEMU, or remove <iommu>.',
      when: (device) => (device.model === model ? device : undefined),
    }),
  ),
  ...options.map(
    ([option, needs, what]): Gate<Iommu> => ({
      path: `driver/@${option}`,
      needs,
      code: 'iommu/option-unsupported',
      what,
      hint: `Use a newer QEMU, or remove ${option}.`,
      when: ({ driver }) => (driver?.[option] === undefined ? undefined : driver),
    }),
  ),
]

const boards: { readonly [M in Iommu['model']]: (context: Context) => boolean } = {
  intel: ({ machine }) => machine.intelIommu === true,
  smmuv3: ({ machine }) => machine.armVirtual === true,
  virtio: ({ machine }) => machine.intelIommu === true || machine.armVirtual === true,
}

const boardNames = { intel: 'q35', smmuv3: "ARM's virt", virtio: "q35 or ARM's virt" } as const

export function checkIommu(device: Iommu, context: Context): void {
  const refuse = (code: string, message: string, hint: string, at: object = device) =>
    context.error({ code, message, hint, at })
  const { model, driver, address } = device
  if (!boards[model](context)) {
    refuse('iommu/machine', `An IOMMU of model ${model} needs a machine of type ${boardNames[model]}.`, 'Remove it.')
    return
  }
  if (model !== 'intel' && driver !== undefined) {
    refuse('iommu/driver', `An IOMMU of model ${model} has no options.`, 'Remove <driver>.', driver)
  }
  if (model === 'virtio') checkVirtio(device, context, refuse)
  else if (address !== undefined) {
    refuse('iommu/address', `An IOMMU of model ${model} has no address.`, 'Remove <address>.', address)
  }
  if (driver) checkInterrupts(driver, context, refuse)
}

type Refuse = (code: string, message: string, hint: string, at?: object) => void

function checkVirtio({ address }: Iommu, { definition }: Context, refuse: Refuse): void {
  if (definition.features?.acpi !== true) {
    refuse('iommu/needs-acpi', 'A virtio IOMMU is described by ACPI tables.', 'Add <acpi/> to <features>.')
  }
  if (address !== undefined && address.type !== 'pci') {
    refuse('iommu/address', 'A virtio IOMMU is a PCI device.', "Write <address type='pci'/>, or remove it.", address)
  }
}

function checkInterrupts(driver: Driver, { definition }: Context, refuse: Refuse): void {
  if (driver.intremap === true && definition.features?.ioapic?.driver !== 'qemu') {
    refuse(
      'iommu/intremap-needs-split-apic',
      'Interrupts can be remapped only where the I/O APIC is in QEMU.',
      "Add <ioapic driver='qemu'/> to <features>.",
      driver,
    )
  }
  if (driver.eim === true && driver.intremap !== true) {
    refuse('iommu/eim-needs-intremap', 'eim needs intremap.', "Add intremap='on'.", driver)
  }
}
