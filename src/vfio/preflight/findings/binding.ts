import { isVfioDriver } from '../../state.ts'
import { atDevice, type PreflightRule, refusedBy } from './finding.ts'

/** What the kernel says of a function that is not bound; of a group also where a neighbour is at fault. */
const unboundRules = ['open/not-bound', 'open/not-bound-in-group', 'open/group-not-viable', 'iommufd/no-file'] as const

const driverWords = (driver: string | undefined) => (driver === undefined ? 'no driver' : driver)

/** A device that is not bound to vfio-pci, and that nobody will bind. */
export const notBound: PreflightRule = {
  codes: ['vfio/not-bound'],
  find: (preflight) =>
    refusedBy(preflight, ...unboundRules)
      .filter(({ outcome: { before } }) => !isVfioDriver(before?.driver))
      .map(({ domain, outcome: { device, before, result } }) =>
        atDevice(
          domain,
          device,
          {
            code: 'vfio/not-bound',
            severity: 'error',
            message: `${device.address} is bound to ${driverWords(before?.driver)}, not to ${device.driver}, and managed is "no".`,
            hint: `Bind it to ${device.driver} before the start, or write managed='yes' so that libvirt does.`,
          },
          result,
        ),
      ),
}

/** A device that libvirt takes from its driver for the time of the domain. */
export const willBeBound: PreflightRule = {
  codes: ['vfio/will-be-bound'],
  find: ({ outcomes }) =>
    outcomes.flatMap(({ domain, devices }) =>
      devices
        .filter(({ detachedFrom }) => detachedFrom !== undefined)
        .map(({ device, detachedFrom }) =>
          atDevice(domain, device, {
            code: 'vfio/will-be-bound',
            severity: 'info',
            message: `${device.address} is bound to ${driverWords(detachedFrom?.driver)}; libvirt binds it to ${device.driver} at the start, and gives it back at the stop.`,
          }),
        ),
    ),
}

/** A PF that has VFs of a driver of the host cannot change to vfio-pci. */
export const pfHasVfs: PreflightRule = {
  codes: ['vfio/pf-has-vfs'],
  find: (preflight) =>
    refusedBy(preflight, 'bind/pf-with-vfs').map(({ domain, outcome: { device, before, result } }) =>
      atDevice(
        domain,
        device,
        {
          code: 'vfio/pf-has-vfs',
          severity: 'error',
          message: `${device.address} has VFs that its driver ${driverWords(before?.driver)} created: vfio-pci does not take it with them, and a driver that removes them takes them from their users.`,
          hint: 'Write 0 into its sriov_numvfs, bind it to vfio-pci, and create the VFs again with enable_sriov switched on.',
        },
        result,
      ),
    ),
}

/** A device that cannot be taken from its driver. */
export const notDetached: PreflightRule = {
  codes: ['vfio/not-detached'],
  find: (preflight) =>
    refusedBy(preflight, 'unbind/in-use', 'unbind/in-use-unheard', 'bind/group-in-use').map(
      ({ domain, outcome: { device, result } }) =>
        atDevice(
          domain,
          device,
          {
            code: 'vfio/not-detached',
            severity: 'error',
            message: `${device.address} cannot change its driver: ${result.rule.why}.`,
            hint: 'Stop who uses it first.',
          },
          result,
        ),
    ),
}
