import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { named, of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { deviceAddress, pciBusName } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import type { Iommu } from './element.ts'

const word = (value: boolean | undefined) => (value === undefined ? undefined : value ? 'on' : 'off')

function intel(device: Iommu, context: Context, out: CommandLineBuilder): void {
  const { driver } = device
  const properties = new Properties().put('driver', 'intel-iommu', of(device, 'model')).id(device, context)
  if (driver) {
    properties
      .put('intremap', word(driver.intremap), of(driver, 'intremap'))
      .field('caching-mode', driver, 'caching_mode')
      .put('eim', word(driver.eim), of(driver, 'eim'))
      .field('device-iotlb', driver, 'iotlb')
      .field('aw-bits', driver, 'aw_bits')
      .field('dma-translation', driver, 'dma_translation')
  }
  out.device(properties)
}

/** A PCI function, and beside it the IOMMU that names it. */
function amd(device: Iommu, context: Context, out: CommandLineBuilder): void {
  const { driver } = device
  const pci = new Properties().put('driver', 'AMDVI-PCI', of(device, 'model')).id(device, context)
  emitDevice(device, pci.append(deviceAddress(device, context)), context, out)
  const properties = new Properties()
    .put('driver', 'amd-iommu', of(device, 'model'))
    .put('pci-id', context.alias(device), named(device))
  if (driver) {
    properties
      .put('intremap', word(driver.intremap), of(driver, 'intremap'))
      .field('pt', driver, 'passthrough')
      .field('xtsup', driver, 'xtsup')
      .field('device-iotlb', driver, 'iotlb')
  }
  out.device(properties)
}

function virtio(device: Iommu, context: Context, out: CommandLineBuilder): void {
  const { driver } = device
  const properties = new Properties().put('driver', 'virtio-iommu', of(device, 'model')).id(device, context)
  if (driver) properties.field('aw-bits', driver, 'aw_bits')
  const granule = driver?.granule
  if (granule?.size !== undefined) properties.put('granule', `${granule.size}k`, of(granule, 'size'))
  else if (granule) properties.field('granule', granule, 'mode')
  emitDevice(device, properties.append(deviceAddress(device, context)), context, out)
}

/** Without a bus it is the machine's own (`-machine iommu=smmuv3`). */
function smmuv3(device: Iommu, context: Context, out: CommandLineBuilder): void {
  const { driver } = device
  if (driver?.pciBus === undefined) return
  out.device(
    new Properties()
      .put('driver', 'arm-smmuv3', of(device, 'model'))
      .put('primary-bus', pciBusName(driver.pciBus, context), of(driver, 'pciBus'))
      .id(device, context)
      .field('accel', driver, 'accel')
      .put('ats', word(driver.ats), of(driver, 'ats'))
      .put('ril', word(driver.ril), of(driver, 'ril'))
      .field('ssidsize', driver, 'ssidsize')
      .field('oas', driver, 'oas')
      .put('cmdqv', word(driver.cmdqv), of(driver, 'cmdqv')),
  )
}

const printers = { intel, amd, virtio, smmuv3 } satisfies {
  readonly [M in Iommu['model']]: (device: Iommu, context: Context, out: CommandLineBuilder) => void
}

export function printIommu(device: Iommu, context: Context, out: CommandLineBuilder): void {
  printers[device.model](device, context, out)
}
