import type { Claim } from '../../context/claim.ts'
import { pciName } from '../../fragments/pci-address.ts'
import type { Hostdev } from './element.ts'

/** A device of the host is in one running guest at a time. */
export function* hostdevClaims(device: Hostdev): Iterable<Claim> {
  const hint = 'Give each guest a device of its own; guests that never run together are no fleet.'
  if (device.type === 'pci') {
    const name = pciName(device.source.address)
    yield {
      code: 'fleet/hostdev',
      key: `pci ${name}`,
      what: `The host device ${name}`,
      hint,
      at: device.source.address,
    }
  } else if (device.type === 'mdev') {
    const { uuid } = device.source.address
    const what = `The mediated device ${uuid}`
    yield { code: 'fleet/hostdev', key: `mdev ${uuid}`, what, hint, at: device.source.address }
  }
}
