import { describe, expect, it } from 'vitest'
import { argumentText } from '../../argv/command-line.ts'
import { capabilitiesOf } from '../../capabilities/capabilities.ts'
import type { Flag } from '../../capabilities/flags.ts'
import { convert } from '../../convert.ts'
import { genericHost } from '../../host/generic.ts'
import type { Host, Incoming } from '../../host/host.ts'
import { Release } from '../../release/release.ts'

const model = { name: 'qemu64', type: 'qemu64-x86_64-cpu', usable: 'yes', blockers: [], deprecated: false } as const

const machine = {
  name: 'pc-q35-9.0',
  maxCpus: 288,
  hotplugCpus: true,
  isDefault: true,
  defaultCpu: model.type,
  numaMemSupported: false,
  defaultRamId: 'pc.ram',
  deprecated: false,
  acpi: 'yes',
} as const

const flags: Flag[] = [
  'device.json+hotplug',
  'object.qapified',
  'numa.hmat',
  'pc-dimm',
  'nvdimm',
  'nvdimm.unarmed',
  'virtio-mem-pci',
  'virtio-mem-pci.prealloc',
  'virtio-pmem-pci',
  'memory-backend-memfd',
  'memory-backend-memfd.hugetlb',
  'memory-backend-file.reserve',
  'memory-backend-file.pmem',
  'memory-backend-file.prealloc-threads',
  'thread-context',
  'pcie-root-port',
]

interface Setting {
  readonly numaMemSupported?: boolean
  readonly defaultRamId?: string | undefined
  readonly host?: Partial<Host>
  readonly incoming?: Incoming
  readonly abiUpdate?: boolean
}

const twoCells = '<cpu><numa><cell cpus="0-1" memory="1000000"/><cell cpus="2-3" memory="1000000"/></numa></cpu>'
const nodes = [
  { id: 0, cpus: '0-3' },
  { id: 1, cpus: '4-7' },
]

/** The parts of the domain that speak of memory, and what comes of them. */
function run(parts: string, devices = '', setting: Setting = {}) {
  const { host, incoming, abiUpdate = false, ...machineFacts } = setting
  const { defaultRamId, ...rest } = { ...machine, ...machineFacts }
  const machines = [{ ...rest, ...(defaultRamId !== undefined && { defaultRamId }) }]
  const accelerator = { machines, cpuModels: [model] }
  const capabilities = capabilitiesOf({
    label: 'test',
    version: { major: 9, minor: 0, micro: 0 },
    package: '',
    arch: 'x86_64',
    flags,
    accelerators: { tcg: accelerator, kvm: accelerator },
    gic: [],
    recordedOn: 'host',
  })
  const xml = `<domain type='qemu'><name>a</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>${parts}
    <os><type machine='pc-q35-9.0'>hvm</type></os><devices><memballoon model='none'/>${devices}</devices></domain>`
  const result = convert(xml, {
    release: Release.of('10.1'),
    capabilities,
    host: { ...genericHost('x86_64'), numaNodes: nodes, ...host },
    incoming,
    abiUpdate,
  })
  const args = result.argv?.args.map((argument) => argumentText(argument)) ?? []
  const all = (option: string) => args.filter((_, index) => args[index - 1] === option)
  const objects = all('-object').filter((text) => text.includes('memory-backend') || text.includes('thread-context'))
  return {
    codes: result.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    xml: result.xml ?? '',
    size: all('-m')[0],
    numa: all('-numa'),
    objects: objects.map((text) => JSON.parse(text) as Record<string, unknown>),
    devices: all('-device')
      .filter((text) => text.includes('"memdev"'))
      .map((text) => JSON.parse(text) as Record<string, unknown>),
    args,
  }
}

describe('memory of cells', () => {
  it('rounds cells up at a start, and keeps the sizes of a guest that comes in', () => {
    const cells = `<memory>2000000</memory><vcpu>4</vcpu>${twoCells}`
    expect(run(cells).size).toBe('size=2000896k')
    expect(run(cells).objects[0]?.size).toBe(977 * 1024 * 1024)
    const moved = run(cells, '', { incoming: { uri: 'tcp:[::]:1', fd: 0 } })
    expect(moved.size).toBe('size=1999872k')
    expect(moved.objects[0]?.size).toBe(1000000 * 1024)
  })

  it('sums up what has no total', () => {
    const device = '<memory model="dimm"><target><size>2048</size><node>0</node></target></memory>'
    const { xml } = run(`<maxMemory slots="1" unit="GiB">8</maxMemory><vcpu>4</vcpu>${twoCells}`, device)
    expect(xml).toContain("<memory unit='KiB'>2002048</memory>")
    expect(xml).toContain("<currentMemory unit='KiB'>2002048</currentMemory>")
  })

  it('prints plain sizes for old machines until a cell needs more', () => {
    const old = { numaMemSupported: true }
    expect(run(`<memory>2000000</memory><vcpu>4</vcpu>${twoCells}`, '', old).numa).toEqual([
      'node,nodeid=0,cpus=0-1,mem=977',
      'node,nodeid=1,cpus=2-3,mem=977',
    ])
    const one = twoCells.replace('"/></numa>', '" memAccess="shared"/></numa>')
    expect(run(`<memory>2000000</memory><vcpu>4</vcpu>${one}`, '', old).numa).toEqual([
      'node,nodeid=0,cpus=0-1,memdev=ram-node0',
      'node,nodeid=1,cpus=2-3,memdev=ram-node1',
    ])
  })

  it('gives the first cell the CPUs that no cell has, and fills distances both ways', () => {
    const { xml, numa } = run(
      `<memory>1</memory><vcpu>4</vcpu><cpu><numa><cell cpus="1" memory="1"><distances><sibling id="1" value="30"/>
       </distances></cell><cell cpus="2" memory="1"/></numa></cpu>`,
    )
    expect(xml).toContain("cpus='0-1,3'")
    expect(numa.slice(2)).toEqual([
      'dist,src=0,dst=0,val=10',
      'dist,src=0,dst=1,val=30',
      'dist,src=1,dst=0,val=30',
      'dist,src=1,dst=1,val=10',
    ])
  })

  it('tells no distances where all are written and all are what a guest assumes', () => {
    const told = (first: string) =>
      run(`<memory>2</memory><vcpu>2</vcpu><cpu><numa><cell cpus="0" memory="1"><distances>${first}</distances></cell>
        <cell cpus="1" memory="1"/></numa></cpu>`).numa.slice(2)
    expect(told('<sibling id="1" value="20"/>')).toEqual([])
    expect(told('<sibling id="1" value="21"/>')).toHaveLength(4)
    // that between the cells is left open
    expect(told('<sibling id="0" value="10"/>')).toHaveLength(4)
  })

  it('refuses cells that do not fit together', () => {
    const cpu = (cells: string) => run(`<vcpu>2</vcpu><cpu><numa>${cells}</numa></cpu>`).codes
    expect(cpu('<cell id="1" memory="1"/>')).toEqual(['numa/cell-ids'])
    expect(cpu('<cell cpus="0" memory="1"/><cell cpus="0-1" memory="1"/>')).toEqual(['numa/cpu-twice'])
    expect(cpu('<cell cpus="0-2" memory="1"/>')).toEqual(['numa/no-such-cpu'])
    expect(cpu('<cell memory="1"><distances><sibling id="3" value="20"/></distances></cell>')).toEqual([
      'numa/distance-target',
    ])
  })
})

describe('memory back-ends', () => {
  const cell = (more = '') => `<memory>4096</memory>${more}<vcpu>4</vcpu>`
  const tune = '<numatune><memory mode="interleave" nodeset="1"/></numatune>'

  it('puts huge pages, memfd and files behind the memory of the machine', () => {
    const huge = run(cell('<memoryBacking><hugepages/></memoryBacking>')).objects[0]
    expect(huge).toMatchObject({ 'mem-path': '/dev/hugepages/libvirt/qemu/-1-a', prealloc: true })
    const memfd = run(cell('<memoryBacking><hugepages/><source type="memfd"/></memoryBacking>')).objects[0]
    expect(memfd).toMatchObject({ 'qom-type': 'memory-backend-memfd', hugetlb: true, hugetlbsize: 2097152 })
    const file = run(cell('<memoryBacking><source type="file"/></memoryBacking>')).objects[0]
    expect(file).toMatchObject({ 'mem-path': '/var/lib/libvirt/qemu/ram/-1-a/pc.ram' })
  })

  it('goes without back-end where the machine takes none', () => {
    const { args, objects } = run(cell('<memoryBacking><hugepages/></memoryBacking>'), '', { defaultRamId: undefined })
    expect(objects).toEqual([])
    expect(args.slice(args.indexOf('-mem-prealloc'), args.indexOf('-mem-prealloc') + 3)).toEqual([
      '-mem-prealloc',
      '-mem-path',
      '/dev/hugepages/libvirt/qemu/-1-a',
    ])
  })

  it('allocates near the memory, unless QEMU is pinned elsewhere', () => {
    const backing = '<memoryBacking><allocation mode="immediate"/></memoryBacking>'
    expect(run(cell(backing + tune)).objects).toMatchObject([
      { 'qom-type': 'thread-context', id: 'tc-pc.ram', 'node-affinity': [1] },
      { 'host-nodes': [1], policy: 'interleave', 'prealloc-context': 'tc-pc.ram' },
    ])
    const pinned = run(`<memory>4096</memory>${backing}${tune}<vcpu cpuset="0-1">4</vcpu>`)
    expect(pinned.objects).toHaveLength(1)
    expect(pinned.objects[0]).not.toHaveProperty('prealloc-context')
  })

  it('refuses nodes and pages that the host does not have, at a start only', () => {
    const away = run(cell('<numatune><memory nodeset="0,7"/></numatune>'))
    expect(away.codes).toEqual(['numatune/no-such-host-node'])
    expect(away.xml).toContain("nodeset='0,7'")
    expect(run(cell('<memoryBacking><hugepages><page size="1" unit="G"/></hugepages></memoryBacking>')).codes).toEqual([
      'host/unknown',
    ])
    const described = { ...genericHost('x86_64'), standing: () => 'described' as const }
    const pages = cell('<memoryBacking><hugepages><page size="1" unit="G"/></hugepages></memoryBacking>')
    expect(run(pages, '', { host: described }).codes).toEqual(['memory-backing/no-hugetlbfs'])
    expect(run(cell('<numatune><memory placement="auto"/></numatune>')).codes).toEqual(['host/unknown'])
  })
})

describe('memory devices', () => {
  const guest = (max = '<maxMemory slots="2" unit="GiB">8</maxMemory>') =>
    `${max}<memory unit="GiB">4</memory><vcpu>4</vcpu>${twoCells}`
  const dimm = (more = '', size = '1') =>
    `<memory model="dimm"><target><size>${size}</size><node>1</node></target>${more}</memory>`
  const virtioMem = (target: string, source = '') =>
    `<memory model="virtio-mem">${source}<target><size unit="MiB">64</size><node>0</node>${target}</target></memory>`

  it('names modules by their slots and rounds them to 2 MiB', () => {
    const { devices, objects } = run(guest(), dimm() + dimm("<address type='dimm' slot='0' base='0x100000000'/>"))
    expect(devices).toMatchObject([
      { driver: 'pc-dimm', node: 1, memdev: 'memdimm1', id: 'dimm1', slot: 1 },
      { id: 'dimm0', slot: 0, addr: 0x100000000 },
    ])
    expect(objects.at(-1)).toMatchObject({ id: 'memdimm0', size: 2097152 })
  })

  it('leaves the allocation of virtio-mem to the device', () => {
    const pages = '<source><pagesize unit="MiB">2</pagesize></source>'
    const { devices, objects } = run(guest(), virtioMem('<requested unit="MiB">4</requested>', pages))
    expect(devices[0]).toMatchObject({ 'block-size': 2097152, 'requested-size': 4194304, prealloc: true })
    expect(objects.at(-1)).toMatchObject({ 'qom-type': 'memory-backend-file', reserve: false })
    expect(objects.at(-1)).not.toHaveProperty('prealloc')
  })

  it('refuses devices that cannot be', () => {
    const codes = (devices: string, max?: string) => run(guest(max), devices).codes
    expect(codes(dimm(), '')).toEqual(['memory/no-maximum'])
    expect(codes(dimm("<address type='pci' slot='0x07'/>"))).toEqual(['memory/address-type'])
    expect(codes(dimm() + dimm() + dimm())).toEqual(['address/dimm-exhausted'])
    expect(codes(virtioMem('<block>3000</block>'))).toEqual(['memory/block-not-power-of-two'])
    expect(codes(virtioMem('<requested>3000</requested>'))).toEqual(['memory/requested-not-in-blocks'])
    expect(codes(virtioMem('<requested unit="GiB">1</requested>'))).toEqual(['memory/requested-too-large'])
    expect(
      codes(
        dimm("<address type='dimm' slot='0' base='0x1000'/>") + dimm("<address type='dimm' slot='1' base='0x1001'/>"),
      ),
    ).toEqual(['memory/address-overlap'])
    const nvdimm = (slot: number, base: string, source: string) =>
      `<memory model='nvdimm'><source><path>/n${slot}</path>${source}</source><target><size unit='MiB'>512</size><node>0</node>
        <label><size unit='KiB'>128</size></label></target><address type='dimm' slot='${slot}' base='${base}'/></memory>`
    const aligned = "<alignsize unit='MiB'>2</alignsize>"
    const pair = (second: string, source: string) => codes(nvdimm(0, '0x100000000', source) + nvdimm(1, second, source))
    expect(pair('0x11fe00000', aligned)).toEqual([])
    expect(pair('0x11fe00000', '')).toEqual(['memory/address-overlap'])
    expect(pair('0x11ffe0000', '')).toEqual([])
    expect(
      codes('<memory model="virtio-pmem"><source><path>/p</path></source><target><size>1</size></target></memory>'),
    ).toEqual(['memory/pmem-not-shared'])
  })
})
