import type { Context } from '../../context/context.ts'
import { checkDevice } from './check-device.ts'
import { checkDriver } from './check-driver.ts'
import { checkIothreads } from './check-iothreads.ts'
import { checkIotune } from './check-iotune.ts'
import { checkPlace } from './check-place.ts'
import { checkDiskSource } from './check-source.ts'
import { checkStatistics } from './check-statistics.ts'
import { checkSdSource, checkTarget } from './check-target.ts'
import { checkThrottle } from './check-throttle.ts'
import { checkVhostUser } from './check-vhost-user.ts'
import type { Disk } from './element.ts'

export function checkDisk(disk: Disk, context: Context): void {
  const { target } = disk
  if (target === undefined) {
    context.error({
      code: 'disk/missing-target',
      message: 'The disk has no target.',
      hint: "Add <target dev='vda' bus='virtio'/>.",
      at: disk,
    })
    return
  }
  checkTarget(disk, target, context)
  checkSdSource(disk, context)
  checkDiskSource(disk, context)
  checkDriver(disk, context)
  checkDevice(disk, context)
  checkPlace(disk, context)
  checkIothreads(disk, context)
  checkIotune(disk, context)
  checkThrottle(disk, context)
  checkStatistics(disk, context)
  checkVhostUser(disk, context)
}
