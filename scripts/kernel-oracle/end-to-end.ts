import { join } from 'node:path'
import { chooseBuild, convert, genericHost, loadBuiltin, toJson } from '../../src/index.ts'
import { checkDomains } from '../../src/vfio/preflight/check.ts'
import { extractDomain } from '../../src/vfio/preflight/extract.ts'
import type { VfioHostFacts } from '../../src/vfio/preflight/inventory.ts'
import { readXml } from '../../src/xml/read.ts'
import { cast } from './cast.ts'
import { type Kernel, programArchive } from './initramfs.ts'
import { keptLines } from './log.ts'
import { Machine } from './machine.ts'
import { Performer } from './perform.ts'

const token = '6c1d2f5e-93b4-4c8f-9d50-1f6f0c2a7be1'
const wrong = 'e1b7a1c4-0d6f-4a52-8a3e-5f9d7c0b2468'
const program = '/usr/bin/qemu-system-x86_64'

/** A domain whose only device is a function of the guest, with a token or without one. */
function domainXml(name: string, address: string, uuid: string | undefined): string {
  const [, bus, slot, fn] = /^0000:(..):(..)\.(.)$/.exec(address) ?? []
  return `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='pc'>hvm</type></os>
  <devices>
    <controller type='usb' model='none'/>
    <memballoon model='none'/>
    <hostdev mode='subsystem' type='pci' managed='no'>
      <source>
        <address domain='0x0000' bus='0x${bus}' slot='0x${slot}' function='0x${fn}'>
          ${uuid === undefined ? '' : `<vf-token uuid='${uuid}'/>`}
        </address>
      </source>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x05' function='0x0'/>
    </hostdev>
  </devices>
</domain>`
}

/** The argument of the host device as domxml prints it. */
async function printedDevice(xml: string): Promise<string> {
  const { build } = chooseBuild('x86_64', 'latest')
  if (build === undefined) throw new Error('no built-in table')
  const { argv, diagnostics } = convert(xml, { capabilities: await loadBuiltin(build), host: genericHost('x86_64') })
  const args = argv === undefined ? [] : toJson(argv).args
  const found = args.find((argument, index) => args[index - 1] === '-device' && argument.includes('vfio-pci'))
  if (found === undefined) throw new Error(`no host device printed: ${JSON.stringify(diagnostics)}`)
  return found
}

/** The machine as `domxml host record` would tell it. */
async function facts(performer: Performer, kernelVersion: string): Promise<VfioHostFacts> {
  const pci = []
  for (const address of [cast.pf, cast.vf1, cast.vf2, cast.plain]) {
    const physicalFunction = await performer.look('link', address, 'physfn')
    const total = await performer.look('read', address, 'sriov_totalvfs')
    pci.push({
      address,
      driver: (await performer.look('link', address, 'driver')) ?? '',
      iommuGroup: Number(await performer.look('link', address, 'iommu_group')),
      ...(physicalFunction !== undefined && { physicalFunction }),
      ...(total !== undefined && { sriov: { totalVfs: Number(total) } }),
    })
  }
  return { pci, kernelVersion, vfioEnableSriov: true }
}

/** What the preflight says of a domain on a machine where the PF is open with `token`. */
function predicted(xml: string, host: VfioHostFacts): { starts: boolean; log: readonly string[] } {
  const { root } = readXml(Buffer.from(xml))
  const { domain } = extractDomain(root!, 'domain.xml')
  const outside = new Map([[cast.pf, { kind: 'userspace' as const, token }]])
  const [outcome] = checkDomains([domain], host, { outside }).outcomes
  return { starts: outcome?.starts ?? false, log: outcome?.devices.flatMap(({ result }) => result.log) ?? [] }
}

const setUp = [
  { op: 'override', address: cast.pf, driver: 'vfio-pci' },
  { op: 'unbind', address: cast.pf, driver: 'igb' },
  { op: 'bind', address: cast.pf, driver: 'vfio-pci' },
  { op: 'option', enableSriov: true },
  { op: 'numvfs', address: cast.pf, count: 2 },
  { op: 'open', holder: 'router', address: cast.pf, name: `${cast.pf} vf_token=${token}` },
  { op: 'override', address: cast.plain, driver: 'vfio-pci' },
  { op: 'bind', address: cast.plain, driver: 'vfio-pci' },
] as const

/**
 * A real QEMU in the guest opens functions with the arguments that domxml prints: what happens, log lines included, must
 * be what the preflight said. Gives what differs.
 */
export async function endToEnd(
  root: string,
  kernel: Kernel,
  folder: string,
  accel: 'tcg' | 'kvm',
  say: (text: string) => void,
): Promise<string[]> {
  const overlay = join(folder, 'qemu.cpio')
  programArchive(root, program, ['/usr/share/seabios', '/usr/share/qemu', '/usr/lib/ipxe/qemu'], overlay)
  const machine = await Machine.boot({ root, kernel, overlays: [overlay], accel, memory: '2G' })
  const different: string[] = []
  try {
    const performer = new Performer(machine)
    for (const operation of setUp) await performer.perform(operation)
    const host = await facts(performer, kernel.release)
    const cases: readonly [string, string, string | undefined][] = [
      ['a VF with the right token', cast.vf1, token],
      ['a VF with a wrong token', cast.vf1, wrong],
      ['a VF without a token', cast.vf1, undefined],
      ['a function that is neither, with a token', cast.plain, token],
      ['a function that is neither, without one', cast.plain, undefined],
    ]
    for (const [name, address, uuid] of cases) {
      const xml = domainXml('guest', address, uuid)
      const device = await printedDevice(xml)
      const expected = predicted(xml, host)
      const command = `echo quit | ${program} -nodefaults -display none -S -machine pc -accel tcg -m 64 -monitor stdio -device '${device}' 2>&1`
      const { value, log } = await machine.ask(['run', command], 300_000)
      const starts = !/^qemu-system-x86_64: -device/m.test(value) && value.includes('(qemu)')
      const happened = { starts, log: keptLines(log) }
      say(`  QEMU opens ${name}: ${starts ? 'it starts' : 'it does not'} ${happened.log.join(' | ')}`)
      if (JSON.stringify(happened) !== JSON.stringify(expected)) {
        different.push(`  ${name}: ${JSON.stringify(happened)}, foretold ${JSON.stringify(expected)}\n${value}`)
      }
    }
  } finally {
    await machine.off()
  }
  return different
}
