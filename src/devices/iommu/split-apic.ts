import type { Context } from '../../context/context.ts'
import type { DomainRule } from '../../context/unit.ts'
import { mostWithoutRemapping } from '../../fragments/interrupt-remapping.ts'
import { implicitRule } from '../../origin/origin.ts'
import { iommu, iommuDriver } from './element.ts'

const remapping = implicitRule('iommu/remapping')
const splitApic = implicitRule('features/ioapic')

const isCrowded = ({ definition, machine, options }: Context) =>
  machine.intelIommu === true && options.abiUpdate && (definition.vcpu?.value ?? 1) > mostWithoutRemapping

/** A new guest with many CPUs has an IOMMU of Intel's that remaps their interrupts; what the user wrote stays. */
function remapInterrupts(context: Context): void {
  const { devices } = context
  if (!isCrowded(context)) return
  if (devices.iommu.length === 0) context.insert(devices.iommu, iommu.create({ model: 'intel' }), remapping)
  for (const device of devices.iommu) {
    if (device.model !== 'intel') continue
    if (device.driver === undefined) context.set(device, 'driver', iommuDriver.create({}), remapping)
    const driver = device.driver!
    if (driver.intremap === undefined) context.set(driver, 'intremap', true, remapping)
    if (driver.eim === undefined) context.set(driver, 'eim', true, remapping)
  }
}

/** Where interrupts are remapped the I/O APIC is in QEMU, unless the user wrote where it is. */
function splitWhereRemapped(context: Context): void {
  const { definition, devices } = context
  const remaps = devices.iommu.some(({ driver }) => driver?.intremap === true)
  const needed = remaps || (isCrowded(context) && devices.iommu.length > 0)
  if (!needed || definition.features?.ioapic !== undefined) return
  if (definition.features === undefined)
    context.set(definition, 'features', context.createSection('features'), splitApic)
  context.set(definition.features!, 'ioapic', { driver: 'qemu' }, splitApic)
}

/** Source: libvirt 11.3 and 12.8, asked with 288 CPUs and with IOMMUs that remap, beside each word for the I/O APIC. */
export const remappingDefaults: readonly DomainRule[] = [
  {
    name: 'iommu/remapping',
    doc: 'A new guest with more than 255 CPUs has an IOMMU that remaps their interrupts.',
    since: '11.3',
    apply: remapInterrupts,
  },
  {
    name: 'features/ioapic',
    doc: 'Where an IOMMU remaps interrupts, the I/O APIC is in QEMU.',
    since: '11.3',
    apply: splitWhereRemapped,
  },
]
