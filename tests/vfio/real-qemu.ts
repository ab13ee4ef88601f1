import { chooseBuild, convert, genericHost, loadBuiltin, toJson } from '../../src/index.ts'
import { checkDomains } from '../../src/vfio/preflight/check.ts'
import { extractDomain } from '../../src/vfio/preflight/extract.ts'
import type { VfioHostFacts } from '../../src/vfio/preflight/inventory.ts'
import { readXml } from '../../src/xml/read.ts'

/** A domain whose only device is a function of the machine, with a token or without one. */
export interface Guest {
  readonly name: string
  readonly address: string
  readonly token?: string
}

/** What happens to a guest when it is started: in truth, or as the preflight says. */
export interface Start {
  readonly starts: boolean
  /** What QEMU says for the errno, where it does not start. */
  readonly errno?: string
  readonly log: readonly string[]
}

/** What became of a guest whose QEMU was started on a running kernel, by the argument that domxml printed. */
export interface RecordedStart extends Start {
  readonly guest: Guest
  /** The argument of `-device`. */
  readonly device: string
}

/** A machine, and guests started on it. The first goes on running; each other is started beside it, and ended. */
export interface RecordedStarts {
  readonly qemuVersion: string
  readonly host: VfioHostFacts
  readonly guests: readonly RecordedStart[]
}

function domainXml({ name, address, token }: Guest): string {
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
          ${token === undefined ? '' : `<vf-token uuid='${token}'/>`}
        </address>
      </source>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x05' function='0x0'/>
    </hostdev>
  </devices>
</domain>`
}

/** The argument of the host device as domxml prints it for a QEMU. */
export async function printedDevice(guest: Guest, qemuVersion: string): Promise<string> {
  const { build } = chooseBuild('x86_64', qemuVersion)
  if (build === undefined) throw new Error('no built-in table')
  const capabilities = await loadBuiltin(build)
  const { argv, diagnostics } = convert(domainXml(guest), { capabilities, host: genericHost('x86_64') })
  const args = argv === undefined ? [] : toJson(argv).args
  const found = args.find((argument, index) => args[index - 1] === '-device' && argument.includes('vfio-pci'))
  if (found === undefined) throw new Error(`no host device printed: ${JSON.stringify(diagnostics)}`)
  return found
}

/** What the preflight says of the last of some guests that are started one after another. */
export function foretold(guests: readonly Guest[], host: VfioHostFacts): Start {
  const domains = guests.map((guest) => {
    return extractDomain(readXml(Buffer.from(domainXml(guest))).root!, `${guest.name}.xml`).domain
  })
  const outcome = checkDomains(domains, host, { order: domains }).outcomes.at(-1)
  const errno = outcome?.devices.find(({ result }) => result.errno !== undefined)?.result.errno
  const log = outcome?.devices.flatMap(({ result }) => result.log) ?? []
  return { starts: outcome?.starts ?? false, ...(errno !== undefined && { errno }), log }
}
