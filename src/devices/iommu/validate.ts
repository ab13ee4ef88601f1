import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import type { Gate } from '../../context/unit.ts'
import { type Dated, dated } from '../../release/dated.ts'
import type { Iommu, IommuDriver } from './element.ts'
import { granules } from './granule.ts'

type Driver = IommuDriver
type Option = keyof Driver & string

/** The function of an AMD IOMMU, and a virtio one, sit on the root bus. */
export const isPciDevice = ({ model }: Iommu): boolean => model === 'virtio' || model === 'amd'

/** Which options a model has. Source: libvirt 12.8, each option asked beside each model. */
const optionsOf: { readonly [M in Iommu['model']]: Dated<readonly Option[]> } = {
  intel: dated(['intremap', 'caching_mode', 'eim', 'iotlb', 'aw_bits', 'dma_translation']),
  amd: dated(['intremap', 'iotlb', 'passthrough', 'xtsup']),
  virtio: dated<readonly Option[]>([], ['12.1', ['aw_bits', 'granule']]),
  smmuv3: dated(['pciBus', 'accel', 'cmdqv', 'ats', 'ril', 'ssidsize', 'oas']),
}

/** Options of an SMMUv3 that ask for the host's own. */
const accelerated = ['cmdqv', 'ats', 'ril', 'ssidsize', 'oas'] as const satisfies readonly Option[]

const models: readonly (readonly [Iommu['model'], Flag, string])[] = [
  ['intel', 'intel-iommu', 'IOMMU of Intel'],
  ['amd', 'amd-iommu', 'IOMMU of AMD'],
  ['amd', 'amd-iommu.pci-id', 'IOMMU of AMD with a PCI function of its own'],
  ['smmuv3', 'machine.virt.iommu', 'IOMMU of ARM'],
  ['virtio', 'virtio-iommu-pci', 'virtio IOMMU'],
  ['virtio', 'virtio-iommu.boot-bypass', 'virtio IOMMU that lets the firmware through'],
]

const options: readonly (readonly [Exclude<Option, 'granule'>, Flag, string, Iommu['model']])[] = [
  ['intremap', 'intel-iommu.intremap', 'IOMMU that remaps interrupts', 'intel'],
  ['caching_mode', 'intel-iommu.caching-mode', 'IOMMU with a caching mode', 'intel'],
  ['eim', 'intel-iommu.eim', 'IOMMU for more than 255 processors', 'intel'],
  ['iotlb', 'intel-iommu.device-iotlb', 'IOMMU whose devices keep translations', 'intel'],
  ['aw_bits', 'intel-iommu.aw-bits', 'IOMMU with a chosen width of addresses', 'intel'],
  ['aw_bits', 'virtio-iommu.aw-bits', 'virtio IOMMU with a chosen width of addresses', 'virtio'],
  ['xtsup', 'amd-iommu.xtsup', 'IOMMU of AMD with x2APIC', 'amd'],
  ['pciBus', 'arm-smmuv3', 'IOMMU of ARM for one PCI bus', 'smmuv3'],
  ['accel', 'arm-smmuv3.accel', "IOMMU of ARM accelerated by the host's", 'smmuv3'],
  ['cmdqv', 'arm-smmuv3.cmdqv', 'IOMMU of ARM with command queues of the host', 'smmuv3'],
]

export const gates: readonly Gate<Iommu>[] = [
  ...models.map(
    ([model, needs, what]): Gate<Iommu> => ({
      path: '@model',
      needs,
      code: 'iommu/unsupported',
      what,
      hint: 'Use a newer QEMU, or remove <iommu>.',
      is: model,
    }),
  ),
  ...options.map(
    ([option, needs, what, only]): Gate<Iommu> => ({
      path: `driver/@${option}`,
      needs,
      code: 'iommu/option-unsupported',
      what,
      hint: `Use a newer QEMU, or remove ${option}.`,
      when: ({ driver, model }) => (driver?.[option] === undefined || model !== only ? undefined : driver),
    }),
  ),
]

const boards: { readonly [M in Iommu['model']]: (context: Context) => boolean } = {
  intel: ({ machine }) => machine.intelIommu === true,
  amd: ({ machine }) => machine.intelIommu === true,
  smmuv3: ({ machine }) => machine.armVirtual === true,
  virtio: ({ machine }) => machine.intelIommu === true || machine.armVirtual === true,
}

const boardNames = { intel: 'q35', amd: 'q35', smmuv3: "ARM's virt", virtio: "q35 or ARM's virt" } as const

export function checkIommu(device: Iommu, context: Context): void {
  const refuse = (code: string, message: string, hint: string, at: object = device) =>
    context.error({ code, message, hint, at })
  const { model, driver, address } = device
  if (!boards[model](context)) {
    refuse('iommu/machine', `An IOMMU of model ${model} needs a machine of type ${boardNames[model]}.`, 'Remove it.')
    return
  }
  if (driver) checkOptions(device, driver, context, refuse)
  if (model === 'virtio') checkAcpi(context, refuse)
  if (isPciDevice(device)) checkPlace(device, refuse)
  else if (address !== undefined) {
    refuse('iommu/address', `An IOMMU of model ${model} has no address.`, 'Remove <address>.', address)
  }
  if (driver && model === 'intel') checkInterrupts(driver, context, refuse)
}

type Refuse = (code: string, message: string, hint: string, at?: object) => void

function checkOptions({ model }: Iommu, driver: Driver, context: Context, refuse: Refuse): void {
  const known = context.plan.at(optionsOf[model])
  const given = (Object.keys(driver) as Option[]).filter((option) => driver[option] !== undefined)
  for (const option of given.filter((it) => !known.includes(it))) {
    const hint = known.length === 0 ? 'Remove <driver>.' : `Remove it; this model has ${known.join(', ')}.`
    refuse('iommu/driver', `An IOMMU of model ${model} has no option ${option}.`, hint, driver)
  }
  const host = accelerated.find((option) => driver[option] !== undefined)
  if (model === 'smmuv3' && host !== undefined && driver.accel !== true) {
    refuse('iommu/needs-accel', `${host} needs accel.`, "Add accel='on'.", driver)
  }
  if (driver.pciBus !== undefined && !context.controllers('pci').some(({ index }) => index === driver.pciBus)) {
    context.error({
      code: 'iommu/unknown-bus',
      when: 'start',
      message: `No PCI controller of the guest has index ${driver.pciBus}.`,
      hint: 'Write the index of one.',
      at: driver,
      field: 'pciBus',
    })
  }
  const size = driver.granule?.size
  if (size !== undefined && !granules.includes(size)) {
    refuse('iommu/granule', 'A granule is of 4, 8, 16 or 64 KiB.', 'Choose one of them.', driver.granule)
  }
}

function checkAcpi({ definition }: Context, refuse: Refuse): void {
  if (definition.features?.acpi !== true) {
    refuse('iommu/needs-acpi', 'A virtio IOMMU is described by ACPI tables.', 'Add <acpi/> to <features>.')
  }
}

function checkPlace({ model, address }: Iommu, refuse: Refuse): void {
  if (address !== undefined && address.type !== 'pci') {
    const message = `An IOMMU of model ${model} is a PCI device.`
    refuse('iommu/address', message, "Write <address type='pci'/>, or remove it.", address)
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
