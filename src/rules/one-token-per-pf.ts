import type { Context } from '../context/context.ts'
import { pciName } from '../fragments/pci-address.ts'
import type { HostPciDevice } from '../parts/host-pci.ts'

/**
 * A PF has one VF token, so VFs of one PF with different tokens cannot all be opened. Told where the host's inventory
 * knows the PF. The tokens themselves are never shown.
 */
export function oneTokenPerPf(context: Context): void {
  const first = new Map<string, { device: HostPciDevice; token: string }>()
  for (const device of hostFunctions(context)) {
    const token = device.source.address['vf-token']
    const name = pciName(device.source.address)
    const pf = context.host.pci.find((it) => it.address === name)?.physicalFunction
    if (token === undefined || pf === undefined) continue
    const earlier = first.get(pf)
    if (earlier === undefined) first.set(pf, { device, token: token.uuid })
    else if (earlier.token !== token.uuid) {
      const place = context.origins.of(earlier.device.source.address)
      context.warn({
        code: 'hostdev/vf-token-differs',
        message: `${name} and ${pciName(earlier.device.source.address)} are VFs of ${pf}, but their VF tokens differ.`,
        hint: 'A PF has one token: give all its VFs the same.',
        at: token,
        field: 'uuid',
        related: place?.kind === 'xml' ? [{ message: 'the other VF', span: place.span }] : [],
      })
    }
  }
}

function* hostFunctions(context: Context): Iterable<HostPciDevice> {
  yield* context.hostdevInterfaces
  for (const device of context.devices.hostdev) if (device.type === 'pci') yield device
}
