import type { Context } from '../../context/context.ts'
import type { Shmem } from './element.ts'

export function checkShmem(device: Shmem, context: Context): void {
  const { model, server, msi, address } = device
  if (model?.type === 'ivshmem') {
    context.error({
      code: 'shmem/ivshmem',
      message: 'QEMU has no ivshmem any more.',
      hint: "Write <model type='ivshmem-plain'/>, or ivshmem-doorbell with a <server>.",
      at: model,
    })
  }
  if (msi && !server) {
    context.error({
      code: 'shmem/msi-without-server',
      message: 'Interrupts need a server that hands them out.',
      hint: 'Add <server>, or remove <msi>.',
      at: msi,
    })
  }
  if (model?.type === 'ivshmem-plain' && server) {
    context.error({
      code: 'shmem/plain-with-server',
      message: 'The model ivshmem-plain has no server.',
      hint: "Remove <server>, or write <model type='ivshmem-doorbell'/>.",
      at: server,
    })
  }
  if (model?.type === 'ivshmem-doorbell' && !server) {
    context.error({
      code: 'shmem/doorbell-without-server',
      message: 'The model ivshmem-doorbell needs a server.',
      hint: "Add <server/>, or write <model type='ivshmem-plain'/>.",
      at: device,
    })
  }
  if (address && address.type !== 'pci') {
    context.error({
      code: 'shmem/address',
      message: `Shared memory is a PCI device, its address cannot be of type ${address.type}.`,
      hint: 'Remove <address>.',
      at: address,
      when: 'start',
    })
  }
}
