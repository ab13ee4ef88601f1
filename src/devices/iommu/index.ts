import { of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { deviceAddress } from '../../fragments/device-address.ts'
import { emitDevice } from '../../fragments/emit-device.ts'
import type { Iommu } from './element.ts'
import { remappingDefaults } from './split-apic.ts'
import { checkIommu, gates } from './validate.ts'

const onOff = (value: boolean | undefined) => (value === undefined ? undefined : value ? 'on' : 'off')

function intelProperties(device: Iommu, context: Context): Properties {
  const { driver } = device
  const properties = new Properties().put('driver', 'intel-iommu', of(device, 'model')).id(device, context)
  if (driver === undefined) return properties
  return properties
    .put('intremap', onOff(driver.intremap), of(driver, 'intremap'))
    .field('caching-mode', driver, 'caching_mode')
    .put('eim', onOff(driver.eim), of(driver, 'eim'))
    .field('device-iotlb', driver, 'iotlb')
    .field('aw-bits', driver, 'aw_bits')
    .field('dma-translation', driver, 'dma_translation')
}

export const iommuKind = {
  pci: (device, { machine }) =>
    device.model === 'virtio' && machine.pci.root === 'pcie-root' ? { plug: 'pcie', integrated: true } : undefined,
  implicit: remappingDefaults,
  alias: (_device, index) => `iommu${index}`,
  gates,
  validate: (context) => {
    const [, second] = context.devices.iommu
    if (second === undefined) return
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
      if (device.model === 'smmuv3') machine.put('iommu', 'smmuv3', of(device, 'model'))
    }
  },
  argv: {
    device: (context, out) => {
      for (const device of context.devices.iommu) {
        if (device.model === 'intel') out.device(intelProperties(device, context))
        else if (device.model === 'virtio') {
          const properties = new Properties().put('driver', 'virtio-iommu', of(device, 'model')).id(device, context)
          emitDevice(device, properties.append(deviceAddress(device, context)), context, out)
        }
      }
    },
  },
} satisfies DeviceKind<Iommu>
