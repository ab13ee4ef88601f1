import type { Context } from '../context/context.ts'
import type { Gate } from '../context/unit.ts'
import { type HostPciDevice, throughIommufd } from './host-pci.ts'

/** Tokens that some page or program publishes as an example or default: no secret. */
const published: ReadonlySet<string> = new Set([
  '02bddbbf-bbb0-4d79-886b-91bad3fbb510',
  'bd8d9d2b-5a5f-4f5a-a211-f591514ba1f3',
  '2ab74924-c335-45f4-9b16-8569e5b08258',
  '00112233-4455-6677-8899-aabbccddeeff',
])

/** The first QEMU whose vfio-pci has the property `vf-token`. */
const firstQemu = '8.1'

/** QEMU's vfio-pci has the property `vf-token` since 8.1. */
export const vfTokenGate = {
  path: 'source/address/vf-token',
  needs: 'vfio-pci.vf-token',
  code: 'hostdev/vf-token-unsupported',
  what: 'VF token',
  hint: `Use QEMU ${firstQemu} or later, or remove <vf-token> and unbind the PF from vfio-pci.`,
  when: (device: HostPciDevice) => device.source.address['vf-token'],
} as const satisfies Gate<HostPciDevice>

/** A token that everybody knows protects nothing. Diagnostics never show it. */
export function checkVfToken(device: HostPciDevice, context: Context): void {
  const token = device.source.address['vf-token']
  if (token === undefined) return
  if (published.has(token.uuid)) {
    context.warn({
      code: 'hostdev/vf-token-published',
      message: 'This VF token is published as an example or default: everybody knows it.',
      hint: 'Make a random one: `domxml vfio token new`.',
      at: token,
      field: 'uuid',
    })
  }
}

/** Only vfio hands a host function to QEMU, and only vfio takes a token. */
export function checkHostDriver(device: HostPciDevice, context: Context): void {
  const { driver, source } = device
  checkIommufd(device, context)
  if (driver?.name === undefined || driver.name === 'vfio') return
  const token = source.address['vf-token'] !== undefined
  context.error({
    code: token ? 'hostdev/vf-token-driver' : 'hostdev/driver',
    message: token
      ? `A VF token needs the driver vfio, this device has ${driver.name}.`
      : `QEMU cannot use the host driver ${driver.name}.`,
    hint: `Write <driver name='vfio'/>${token ? ' or remove the token' : ''}.`,
    at: driver,
    field: 'name',
    ...(!token && { when: 'start' as const }),
  })
}

/** Descriptors of an iommufd are handed over at a start, by names that no answer has shown. */
function checkIommufd(device: HostPciDevice, context: Context): void {
  if (!throughIommufd(device, context)) return
  const at = device.driver?.iommufd === undefined ? (context.definition.iommufd ?? device) : device.driver
  if (!context.capabilities.has('iommufd')) {
    context.error({
      code: 'hostdev/iommufd-unsupported',
      message: 'This QEMU opens no device through an iommufd (capability iommufd).',
      hint: "Use QEMU 9.0 or later, or write iommufd='no'.",
      at,
    })
  } else if (!context.options.native) {
    context.error({
      code: 'hostdev/iommufd-start',
      message:
        'At a start libvirt hands QEMU the descriptors of the iommufd and of the device; how it calls them is not known here.',
      hint: 'Convert as domxml-to-native does, or start the guest by libvirt.',
      at,
      when: 'start',
    })
  }
  const token = device.source.address['vf-token']
  if (token === undefined) return
  context.warn({
    code: 'hostdev/vf-token-iommufd',
    message: 'QEMU passes no token to a function that it opens through an iommufd: kernels that ask for one refuse it.',
    hint: "Write <driver iommufd='no'/> in the device, or remove the token.",
    at: token,
  })
}
