import type { Context } from '../context/context.ts'
import type { Gate } from '../context/unit.ts'
import type { HostPciDevice } from './host-pci.ts'

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
export const vfTokenGate: Gate<HostPciDevice> = {
  path: 'source/address/vf-token',
  needs: 'vfio-pci.vf-token',
  code: 'hostdev/vf-token-unsupported',
  what: 'VF token',
  hint: `Use QEMU ${firstQemu} or later, or remove <vf-token> and unbind the PF from vfio-pci.`,
  when: (device) => device.source.address['vf-token'],
}

/** Whether this driver and this token go together. Diagnostics never show the token. */
export function checkVfToken(device: HostPciDevice, context: Context): void {
  const token = device.source.address['vf-token']
  if (token === undefined) return
  if (device.driver?.name !== undefined && device.driver.name !== 'vfio') {
    context.error({
      code: 'hostdev/vf-token-driver',
      message: `A VF token needs the driver vfio, this device has ${device.driver.name}.`,
      hint: "Write <driver name='vfio'/> or remove the token.",
      at: device.driver,
      field: 'name',
    })
  }
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
