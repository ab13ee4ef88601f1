import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { printTopologyMermaid } from '../../src/topology/mermaid.ts'
import { printTopologySvg } from '../../src/topology/svg/print.ts'
import { printTopologyText } from '../../src/topology/text.ts'
import { type Node, nodesOf } from '../../src/topology/topology.ts'
import { readXml } from '../../src/xml/read.ts'
import { shared } from '../shared.ts'
import { cases, draw, goldenPath, pictures } from './cases.ts'

describe('goldens (npm run accept-topology)', () => {
  it.each(cases)('$name', async (one) => {
    for (const [ending, text] of Object.entries(await pictures(one))) {
      expect(text).toBe(readFileSync(goldenPath(one.name, ending), 'utf8'))
    }
  })
})

const guest = (devices: string, sections = '') => `<domain type='qemu'>
  <name>g</name>
  <memory>1048576</memory>
  <vcpu>4</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  ${sections}
  <devices>${devices}</devices>
</domain>`

async function nodes(devices: string, sections = ''): Promise<Map<string, Node>> {
  const { topology } = await draw(guest(devices, sections))
  return new Map([...nodesOf(topology)].map((node) => [node.id, node]))
}

const inside = (node: Node | undefined) => node?.inside.map(({ id }) => id)

describe('what is inside what', () => {
  test('a device is in the bridge of its bus number, behind the port', async () => {
    const found = await nodes(`
      <controller type='pci' index='0' model='pcie-root'/>
      <controller type='pci' index='1' model='pcie-root-port'/>
      <controller type='pci' index='2' model='pcie-to-pci-bridge'><address type='pci' bus='1' slot='0'/></controller>
      <sound model='ac97'><address type='pci' bus='2' slot='3'/></sound>`)
    expect(inside(found.get('pci:1'))).toEqual(['pci:2'])
    expect(inside(found.get('pci:2'))).toEqual(['sound:0'])
    expect(found.get('sound:0')).toMatchObject({ title: 'sound', seat: '03.0', facts: ['ac97'] })
  })

  test('a USB device behind a hub is in the hub', async () => {
    const found = await nodes(`
      <hub type='usb'><address type='usb' bus='0' port='1'/></hub>
      <input type='tablet' bus='usb'><address type='usb' bus='0' port='1.2'/></input>`)
    expect(inside(found.get('hub:0'))).toEqual(['input:0'])
    expect(found.get('input:0')?.seat).toBe('port 2')
    expect(inside(found.get('usb:0'))).toContain('hub:0')
  })

  test('companions of a USB controller are devices, their bus is the master', async () => {
    const found = await nodes(`
      <controller type='usb' index='0' model='ich9-ehci1'/>
      <controller type='usb' index='0' model='ich9-uhci1'><master startport='0'/></controller>
      <input type='tablet' bus='usb'><address type='usb' bus='0' port='1'/></input>`)
    expect(found.get('usb:0')?.facts).toEqual(['ich9-ehci1'])
    expect(inside(found.get('usb:0'))).toEqual(['input:0'])
    expect(found.get('controller:1')?.facts).toEqual(['ich9-uhci1'])
  })

  test('disks are on the controller of their bus', async () => {
    const found = await nodes(`
      <disk type='file'><source file='/a'/><target dev='sda' bus='sata'/></disk>
      <disk type='file'><source file='/b'/><target dev='sdb' bus='scsi'/></disk>`)
    expect(inside(found.get('sata:0'))).toEqual(['disk:0'])
    expect(inside(found.get('scsi:0'))).toEqual(['disk:1'])
  })

  test('cells have processors and memory, and the memory devices of the cell', async () => {
    const found = await nodes(
      "<memory model='dimm'><target><size unit='MiB'>512</size><node>1</node></target></memory>",
      `<maxMemory slots='2' unit='GiB'>4</maxMemory>
       <cpu><numa><cell id='0' cpus='0-1' memory='524288'/><cell id='1' cpus='2,3' memory='524288'/></numa></cpu>`,
    )
    expect(found.get('cell:0')?.facts).toEqual(['CPUs 0-1', '512 MiB'])
    expect(inside(found.get('cell:1'))).toEqual(['memory:0'])
    expect(found.get('memory:0')).toMatchObject({ title: 'memory dimm', seat: 'slot 0', facts: ['512 MiB'] })
  })
})

describe('what leads outside', () => {
  test('a disk leads to its image and all below; an image of two disks is one node', async () => {
    const found = await nodes(`
      <disk type='file'><driver name='qemu' type='qcow2'/><source file='/v/a.qcow2'/>
        <backingStore type='file'><format type='raw'/><source file='/v/base.img'/><backingStore/></backingStore>
        <target dev='vda' bus='virtio'/></disk>
      <disk type='file'><driver name='qemu' type='qcow2'/><source file='/v/b.qcow2'/>
        <backingStore type='file'><format type='raw'/><source file='/v/base.img'/><backingStore/></backingStore>
        <target dev='vdb' bus='virtio'/></disk>`)
    expect(found.get('disk:0')?.links).toEqual([{ to: 'image:/v/a.qcow2', what: 'opens' }])
    expect(found.get('image:/v/a.qcow2')?.links).toEqual([{ to: 'image:/v/base.img', what: 'backed by' }])
    expect(found.get('image:/v/b.qcow2')?.links).toEqual([{ to: 'image:/v/base.img', what: 'backed by' }])
    expect(found.get('image:/v/base.img')).toMatchObject({ title: 'base.img', facts: ['raw', '/v/'] })
  })

  test('functions with one token are a group; the token itself is nowhere', async () => {
    const token = 'c4d0f6a3-5be1-4c0e-8f57-91e2d8a64b0d'
    const vf = (fn: number, uuid: string) => `<hostdev mode='subsystem' type='pci' managed='yes'><driver name='vfio'/>
      <source><address domain='0' bus='3' slot='0' function='${fn}'><vf-token uuid='${uuid}'/></address></source></hostdev>`
    const devices = vf(1, token) + vf(2, token) + vf(3, token.replace('c4', 'c5'))
    const found = await nodes(devices)
    const groups = [1, 2, 3].map((fn) => found.get(`host:0000:03:00.${fn}`)?.links.map(({ to }) => to))
    expect(groups).toEqual([['token:A'], ['token:A'], ['token:B']])
    const { topology, lines } = await draw(guest(devices))
    const all =
      printTopologyText(topology, lines) + printTopologyMermaid(topology, lines) + printTopologySvg(topology, lines)
    expect(all).toContain('VF token A')
    expect(all).not.toContain('5be1')
  })

  test('a VF leads to its PF where the host is described', async () => {
    const web = cases.find(({ name }) => name === 'vfio-web')!
    const { topology } = await draw(readFileSync(web.input), web.host)
    const found = new Map([...nodesOf(topology)].map((node) => [node.id, node]))
    const vf = [...found.values()].find(({ facts }) => facts.includes('VF'))
    const pf = vf?.links.find(({ what }) => what === 'function of')?.to
    expect(found.get(pf ?? '')?.facts).toContain('PF')
  })
})

describe('printing', () => {
  const odd = `<interface type='bridge'><source bridge='br"&lt;#0'/></interface>`

  test('text is cut to the width, with the line at its end', async () => {
    const { topology, lines } = await draw(guest(odd))
    const rows = printTopologyText(topology, lines, { width: 40 }).trimEnd().split('\n')
    expect(Math.max(...rows.map((row) => [...row].length))).toBe(40)
    expect(rows[0]).toMatch(/^g · qemu · .* 1$/)
  })

  test('the picture is XML, whatever names hold', async () => {
    const { topology, lines } = await draw(guest(odd))
    const { root, diagnostics } = readXml(printTopologySvg(topology, lines, { file: 'a b"<.xml' }))
    expect(diagnostics).toEqual([])
    expect(root?.name).toBe('svg')
  })

  test('Mermaid never sees a quote or an angle bracket of a name', async () => {
    const { topology, lines } = await draw(guest(odd))
    expect(printTopologyMermaid(topology, lines)).toContain('"bridge br#34;#60;#35;0"')
  })
})

describe.skipIf(shared === undefined)('over the corpus', () => {
  const folder = `${shared}/corpus/qemuxmlconfdata`
  const files = shared === undefined ? [] : inputsOf(folder)

  test('every device is in the picture once, and every link leads to a node', async () => {
    expect(files.length).toBeGreaterThan(50)
    for (const file of files) {
      const drawn = await draw(readFileSync(`${folder}/${file}`)).catch(() => undefined)
      if (drawn === undefined) continue
      const all = [...nodesOf(drawn.topology)]
      const ids = new Set(all.map(({ id }) => id))
      expect(all.length, file).toBe(ids.size)
      for (const { links } of all) for (const { to } of links) expect(ids.has(to), `${file}: ${to}`).toBe(true)
      printTopologyText(drawn.topology, drawn.lines)
    }
  }, 30_000)
})

/** One file in eight: enough to meet every kind of bus. */
function inputsOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^[^.]+\.xml$/.test(name))
    .filter((_, index) => index % 8 === 0)
}
