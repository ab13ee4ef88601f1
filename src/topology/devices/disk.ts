import type { Show } from './device.ts'
import { addChain } from './images.ts'

export const showDisk: Show<'disk'> = (disk) => ({
  name: disk.target?.dev,
  facts: [
    disk.device === 'disk' ? undefined : disk.device,
    disk.target?.bus,
    disk.readonly ? 'read-only' : undefined,
    disk.driver?.iothread === undefined ? undefined : `iothread ${disk.driver.iothread}`,
  ],
  driveBus: disk.target?.bus,
  leads: (plan, id) => addChain(plan, id, { by: disk, format: disk.driver?.type, below: disk.backingStore }),
})
