import { expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'
import type { Host } from '../host/host.ts'

const functions = (...buses: number[]) =>
  buses.map(
    (bus) => `<hostdev mode='subsystem' type='pci' managed='yes'>
    <source><address domain='0' bus='${bus}' slot='0' function='0'/></source></hostdev>`,
  )

/** The buses of the guest that functions of the host get on pseries, where groups are kept apart. */
async function buses(groups: readonly (number | undefined)[]) {
  const pci = groups.map((iommuGroup, bus) => ({ address: `0000:0${bus}:00.0`, iommuGroup })) as unknown as Host['pci']
  const { devices } = await guest(functions(...groups.keys()).join(''), {
    arch: 'ppc64',
    machine: 'pseries',
    host: { pci },
  })
  return devices(/vfio-pci/).map((line) => /"bus":"pci\.(\d+)/.exec(line)?.[1])
}

test('each IOMMU group has a host bridge of its own, group 0 as well', async () => {
  expect(await buses([0])).toEqual(['1'])
  expect(await buses([0, 1, 0])).toEqual(['1', '2', '1'])
  expect(await buses([undefined])).toEqual(['0'])
})
