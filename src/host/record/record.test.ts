import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import { afterEach, describe, expect, test } from 'vitest'
import { hostFileSchema } from '../file.ts'
import { recordHost } from './index.ts'
import { type TreeReader, treeReader } from './reader.ts'

const trees: string[] = []
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true })
})

/** Makes a tree; `-> NAME` stands for a symbolic link. */
function tree(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'domxml-host-'))
  trees.push(root)
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    if (content.startsWith('-> ')) symlinkSync(content.slice(3), file)
    else writeFileSync(file, `${content}\n`)
  }
  return root
}

const pci = 'sys/bus/pci/devices'

function device(address: string, files: Record<string, string>): Record<string, string> {
  const all: Record<string, string> = {
    vendor: '0x8086',
    device: '0x10FB',
    class: '0x020000',
    numa_node: '-1',
    ...files,
  }
  return Object.fromEntries(Object.entries(all).map(([name, content]) => [`${pci}/${address}/${name}`, content]))
}

const card = {
  ...device('0000:03:00.0', {
    driver: '-> ../../../../bus/pci/drivers/vfio-pci',
    driver_override: 'vfio-pci',
    iommu_group: '-> ../../../kernel/iommu_groups/17',
    numa_node: '1',
    max_link_speed: '8.0 GT/s PCIe',
    sriov_totalvfs: '63',
    sriov_offset: '128',
    sriov_stride: '2',
    virtfn0: '-> ../0000:03:10.0',
    virtfn1: '-> ../0000:03:10.2',
    virtfn10: '-> ../0000:03:11.4',
    virtfn2: '-> ../0000:03:10.4',
  }),
  ...device('0000:03:10.0', { driver_override: '(null)', physfn: '-> ../0000:03:00.0', max_link_speed: 'Unknown' }),
}

const record = (root: string) => recordHost(treeReader(root), 'x86_64')

describe('PCI', () => {
  test('a PF with all that sysfs says of it', () => {
    expect(record(tree(card)).facts.pci?.[0]).toEqual({
      address: '0000:03:00.0',
      vendor: '8086',
      device: '10fb',
      class: '020000',
      driver: 'vfio-pci',
      driverOverride: 'vfio-pci',
      iommuGroup: 17,
      numaNode: 1,
      physicalFunction: undefined,
      virtualFunctions: ['0000:03:10.0', '0000:03:10.2', '0000:03:10.4', '0000:03:11.4'],
      sriov: { totalVfs: 63, offset: 128, stride: 2 },
      pcie: true,
    })
  })

  test('a VF that no driver is bound to', () => {
    expect(record(tree(card)).facts.pci?.[1]).toEqual({
      address: '0000:03:10.0',
      vendor: '8086',
      device: '10fb',
      class: '020000',
      driver: '',
      driverOverride: undefined,
      iommuGroup: undefined,
      numaNode: undefined,
      physicalFunction: '0000:03:00.0',
      virtualFunctions: undefined,
      sriov: undefined,
      pcie: true,
    })
  })

  test('a device without the attributes of a link is not PCI Express', () => {
    const recorded = (size: number) =>
      record(tree(device('0000:00:1f.0', { config: 'x'.repeat(size - 1) }))).facts.pci?.[0]
    expect(record(tree(device('0000:00:1f.0', {}))).facts.pci?.[0]?.pcie).toBe(false)
    expect([recorded(256)?.pcie, recorded(4096)?.pcie]).toEqual([false, true])
  })

  /** A tree in which a device is gone after so many reads of its files. */
  function vanishing(root: string, address: string, reads: number): TreeReader {
    const whole = treeReader(root)
    let left = reads
    const there = (path: string) => !path.includes(address) || left-- > 0
    return {
      ...whole,
      text: (path) => (there(path) ? whole.text(path) : undefined),
      list: (path) => (there(path) ? whole.list(path) : undefined),
      linkName: (path) => (there(path) ? whole.linkName(path) : undefined),
    }
  }

  test('a device that vanishes, however late, costs that device', () => {
    const root = tree(card)
    let reads = 0
    for (;;) {
      const { facts, diagnostics } = recordHost(vanishing(root, '0000:03:10.0', reads), 'x86_64')
      if (facts.pci?.length === 2) break
      expect(facts.pci?.map(({ address }) => address)).toEqual(['0000:03:00.0'])
      expect(diagnostics).toMatchObject([{ code: 'host/device-vanished', severity: 'warning' }])
      expect(diagnostics[0]?.message).toContain('0000:03:10.0')
      reads += 1
    }
    expect(reads).toBeGreaterThan(10)
    expect(recordHost(vanishing(root, '0000:03:10.0', reads), 'x86_64').facts.pci).toHaveLength(2)
  })

  test('a tree without PCI is said to have none', () => {
    expect(record(tree({ 'proc/cpuinfo': '' })).diagnostics).toMatchObject([{ code: 'host/no-pci' }])
    expect(record(tree(card)).diagnostics).toEqual([])
  })
})

describe('the machine', () => {
  const cpu = (number: number, socket: number, core: number) => ({
    [`sys/devices/system/cpu/cpu${number}/topology/physical_package_id`]: `${socket}`,
    [`sys/devices/system/cpu/cpu${number}/topology/core_id`]: `${core}`,
  })
  const machine = tree.bind(undefined, {
    ...card,
    'proc/sys/kernel/osrelease': '6.12.43+deb13-amd64',
    'proc/sys/kernel/arch': 'x86_64',
    'proc/cpuinfo': 'processor\t: 0\nvendor_id\t: GenuineIntel\naddress sizes\t: 46 bits physical, 48 bits virtual',
    'proc/self/smaps': '55d000-55e000 r--p\nSize:    4 kB\nKernelPageSize:        4 kB\nMMUPageSize:  4 kB',
    ...cpu(0, 0, 0),
    ...cpu(1, 0, 1),
    ...cpu(2, 1, 0),
    ...cpu(3, 1, 1),
    ...cpu(4, 0, 0),
    ...cpu(5, 0, 1),
    ...cpu(6, 1, 0),
    ...cpu(7, 1, 1),
    'sys/devices/system/cpu/cpu8/online': '0',
    'sys/devices/system/node/node0/cpulist': '0-1,4-5',
    'sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages': '512',
    'sys/devices/system/node/node0/hugepages/hugepages-2048kB/free_hugepages': '500',
    'sys/devices/system/node/node1/cpulist': '2-3,6-7',
    'sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages': '0',
    'sys/kernel/mm/hugepages/hugepages-1048576kB/free_hugepages': '0',
    'sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages': '512',
    'sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages': '500',
    'sys/kernel/mm/transparent_hugepage/hpage_pmd_size': '2097152',
    'sys/module/vfio_pci/parameters/enable_sriov': 'Y',
  })

  test('what it says of itself', () => {
    const { pci: _, ...facts } = record(machine()).facts
    expect(facts).toMatchObject({
      arch: 'x86_64',
      kernelVersion: '6.12.43+deb13-amd64',
      vfioEnableSriov: true,
      pageSizeBytes: 4096,
      thpSizeKiB: 2048,
      physicalAddressBits: 46,
      cpu: { arch: 'x86_64', vendor: 'Intel', sockets: 2, cores: 2, threads: 2, features: [] },
      numaNodes: [
        { id: 0, cpus: '0-1,4-5' },
        { id: 1, cpus: '2-3,6-7' },
      ],
      hugePages: [
        { sizeKiB: 2048, total: 512, free: 500 },
        { sizeKiB: 1048576, total: 0, free: 0 },
        { sizeKiB: 2048, total: 512, free: 500, node: 0 },
      ],
    })
  })

  test.each([
    ['N', false],
    ['0', false],
    ['1', true],
  ])('enable_sriov %s', (content, expected) => {
    const root = tree({ 'sys/module/vfio_pci/parameters/enable_sriov': content })
    expect(record(root).facts.vfioEnableSriov).toBe(expected)
  })

  test('what it does not say is left out', () => {
    const written = JSON.parse(JSON.stringify(record(tree({ 'proc/cpuinfo': '' })).facts))
    expect(written).toMatchObject({ arch: 'x86_64', hugePages: [], pci: [] })
    for (const key of [
      'cpu',
      'kernelVersion',
      'networks',
      'storagePools',
      'smbios',
      'emulators',
      'libvirt',
      'secrets',
    ]) {
      expect(written).not.toHaveProperty(key)
    }
  })

  test('a record is a host file', () => {
    const validate = new Ajv({ strict: false }).compile(hostFileSchema)
    const written: unknown = JSON.parse(JSON.stringify(record(machine()).facts))
    expect(validate(written), JSON.stringify(validate.errors)).toBe(true)
    expect(validate(JSON.parse(JSON.stringify(recordHost(treeReader('/'), 'x86_64').facts)))).toBe(true)
  })
})
