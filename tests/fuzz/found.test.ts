import { expect, test } from 'vitest'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { printCapabilities } from '../../src/capabilities/file.ts'
import { genericHost } from '../../src/host/generic.ts'
import { capabilitiesFault } from './json-oracles.ts'
import { fault } from './oracles.ts'

const domain = (inside: string, memory = '<memory>1048576</memory>') =>
  `<domain type='qemu'><name>a</name>${memory}<os><type arch='x86_64' machine='pc'>hvm</type></os>${inside}</domain>`
const interconnects = (way: string) =>
  `<cpu><numa><cell id='0' cpus='0' memory='1024'/><interconnects>${way}</interconnects></numa></cpu>`

/** The smallest of what the fuzzer found. */
test.each([
  ['a section that stands twice and cannot be read', domain('<cpu><numa><cell/></numa></cpu><cpu/>')],
  ['a way from nowhere', domain(interconnects("<latency target='0'/>"))],
  ['a way to nowhere', domain(interconnects("<bandwidth initiator='0'/>"))],
  [
    'an architecture that every object has',
    "<domain type='kvm'><name>a</name><memory>1</memory><os><type arch='__proto__'>hvm</type></os><devices><disk/></devices></domain>",
  ],
  [
    'disks without a bus between others',
    domain(
      "<devices><disk><source file='/a'/><target dev='vda' bus='virtio'/></disk><disk><source file='/c'/><target dev='vdc'/></disk><disk><source file='/d'/><target dev='vdd' bus='virtio'/></disk></devices>",
    ),
  ],
  [
    'a card without screens',
    domain("<devices><video><model type='qxl' vram='32768' vgamem='8192' heads='0'/></video></devices>"),
  ],
  [
    'a bandwidth that limits nothing',
    domain(
      "<devices><interface type='network'><source network='n'/><bandwidth><inbound floor='0'/></bandwidth></interface></devices>",
    ),
  ],
  [
    'a drive without a medium, whose source says nothing',
    domain("<devices><disk type='block' device='cdrom'><source>></source><target dev='hdd'/></disk></devices>"),
  ],
  ['an access without mode', domain("<memoryBacking><access m=''/></memoryBacking><cpu/>")],
])('%s', async (_what, text) => {
  for (const version of ['latest', '4.2']) {
    const capabilities = await loadBuiltin(chooseBuild('x86_64', version).build!)
    expect(fault(text, { capabilities, host: genericHost('x86_64') })).toBeUndefined()
  }
})

test('a flag without end is cut in its finding', async () => {
  const { table } = await loadBuiltin(chooseBuild('x86_64', 'latest').build!)
  const file = JSON.stringify({ ...JSON.parse(printCapabilities(table)), flags: ['A'.repeat(3000)] })
  expect(capabilitiesFault(file, [])).toBeUndefined()
})
