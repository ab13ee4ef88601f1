/**
 * virtio-mmio transports have no numbers: what matters is who uses them, and how many there are.
 * Source: formatdomain (Device Addresses, virtio-mmio); QEMU's virt machine has 32 transports.
 */
import { type AddressRequest, type AddressResult, addressError, emptyResult, nameOf } from './problem.ts'

/**
 * Where a virtio device goes that has no address: PCI, unless the machine has none, or unless one device has been
 * given a virtio-mmio address, which then holds for all further ones.
 */
export function virtioTransport(machine: {
  readonly hasPci: boolean
  readonly hasMmio: boolean
  readonly someGivenMmio: boolean
}): 'pci' | 'virtio-mmio' | undefined {
  if (machine.hasMmio && (machine.someGivenMmio || !machine.hasPci)) return 'virtio-mmio'
  return machine.hasPci ? 'pci' : undefined
}

/** Problems: `address/virtio-mmio-exhausted`. */
export function assignVirtioMmio(
  transports: number,
  requests: readonly AddressRequest[],
): AddressResult<'virtio-mmio'> {
  const result = emptyResult<'virtio-mmio'>()
  requests.forEach((request, position) => {
    if (position >= transports) {
      const message = `${nameOf(request)}: the machine has ${transports} virtio-mmio transports, all in use`
      result.problems.push(addressError('virtio-mmio-exhausted', message, [request.id]))
      return
    }
    result.addresses.set(request.id, 'virtio-mmio')
    result.trace.push({ subject: request.id, rule: 'virtio-mmio/transport' })
  })
  return result
}
