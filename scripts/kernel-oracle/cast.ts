import { virtualFunctionAddresses } from '../../src/vfio/sriov.ts'
import type { Beginning, RecordedFunction } from '../../tests/vfio/operation.ts'
import type { Performer } from './perform.ts'

/** The functions of the machine (`machine.ts`) by the part they play. */
export const cast = {
  /** The card under test. */
  pf: '0000:01:00.0',
  vf1: '0000:01:10.0',
  vf2: '0000:01:10.2',
  vf3: '0000:01:10.4',
  /** Another card, left to its driver. */
  otherPf: '0000:02:00.0',
  otherVf: '0000:02:10.0',
  /** Two functions of one IOMMU group. */
  left: '0000:03:01.0',
  right: '0000:03:02.0',
  /** Neither PF nor VF, alone in its group; no driver of the host knows it. */
  plain: '0000:00:06.0',
  absent: '0000:09:00.0',
} as const

const kernelDrivers: Readonly<Record<string, readonly string[]>> = {
  [cast.pf]: ['igb'],
  [cast.otherPf]: ['igb'],
  [cast.left]: ['e1000'],
  [cast.right]: ['e1000'],
  [cast.plain]: [],
}

async function recorded(performer: Performer, address: string): Promise<RecordedFunction> {
  const driver = await performer.look('link', address, 'driver')
  const total = await performer.look('read', address, 'sriov_totalvfs')
  const bare = total === undefined || driver === undefined ? undefined : await totalWithout(performer, address, driver)
  const number = async (file: string) => Number(await performer.look('read', address, file))
  return {
    address,
    ...(driver !== undefined && { driver }),
    kernelDrivers: kernelDrivers[address] ?? [],
    iommuGroup: Number(await performer.look('link', address, 'iommu_group')),
    bridge: (await performer.look('read', address, 'class'))?.startsWith('0x06') ?? false,
    ...(total !== undefined && {
      sriov: {
        totalVfs: Number(bare ?? total),
        ...(bare !== undefined && bare !== total && { driverLimit: { driver: driver ?? '', totalVfs: Number(total) } }),
        offset: await number('sriov_offset'),
        stride: await number('sriov_stride'),
        vfDriver: 'igbvf',
      },
    }),
  }
}

/** `sriov_totalvfs` while no driver is bound. */
async function totalWithout(performer: Performer, address: string, driver: string): Promise<string | undefined> {
  await performer.perform({ op: 'unbind', address, driver })
  const total = await performer.look('read', address, 'sriov_totalvfs')
  await performer.perform({ op: 'bind', address, driver })
  return total
}

/** The functions as they are after boot. */
export async function beginning(performer: Performer, kernelVersion: string): Promise<Beginning> {
  const functions: RecordedFunction[] = []
  for (const address of [cast.pf, cast.otherPf, cast.left, cast.right, cast.plain]) {
    functions.push(await recorded(performer, address))
  }
  return { kernelVersion, functions }
}

/** Where the VFs of a PF are born. */
export function born(function_: RecordedFunction, count: number): string[] {
  if (function_.sriov === undefined) return []
  return virtualFunctionAddresses({ address: function_.address, sriov: function_.sriov }, count)
}
