import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { errnoText } from '../../src/vfio/errno.ts'
import type { VfioHostFacts } from '../../src/vfio/preflight/inventory.ts'
import {
  foretold,
  type Guest,
  printedDevice,
  type RecordedStart,
  type RecordedStarts,
} from '../../tests/vfio/real-qemu.ts'
import { cast } from './cast.ts'
import { type Kernel, programArchive } from './initramfs.ts'
import { keptLines } from './log.ts'
import { Machine } from './machine.ts'
import { Performer } from './perform.ts'
import { bind, numvfs, option, override, tokenA, tokenB, unbind } from './steps.ts'

const program = '/usr/bin/qemu-system-x86_64'
const busybox = '/usr/bin/busybox'

/** The machine as `domxml host record` would tell it. */
async function facts(performer: Performer, kernelVersion: string): Promise<VfioHostFacts> {
  const pci = []
  for (const address of [cast.pf, cast.vf1, cast.vf2, cast.plain, cast.otherPf, cast.otherVf]) {
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

/** One card is vfio-pci's with its VFs, the other is its driver's and only a VF is vfio-pci's. */
const setUp = [
  override(cast.pf),
  unbind(cast.pf, 'igb'),
  bind(cast.pf),
  option(true),
  numvfs(cast.pf, 2),
  numvfs(cast.otherPf, 1),
  override(cast.otherVf),
  unbind(cast.otherVf, 'igbvf'),
  bind(cast.otherVf),
  override(cast.plain),
  bind(cast.plain),
]

/** The first goes on running, with the PF. */
const guests: readonly Guest[] = [
  { name: 'the PF with a token', address: cast.pf, token: tokenA },
  { name: 'a VF with the right token', address: cast.vf1, token: tokenA },
  { name: 'a VF with a wrong token', address: cast.vf1, token: tokenB },
  { name: 'a VF without a token', address: cast.vf1 },
  { name: 'the PF that another guest has', address: cast.pf, token: tokenA },
  { name: 'a VF whose PF igb has, with a token', address: cast.otherVf, token: tokenA },
  { name: 'a VF whose PF igb has, without one', address: cast.otherVf },
  { name: 'a function that is neither, with a token', address: cast.plain, token: tokenA },
  { name: 'a function that is neither, without one', address: cast.plain },
]

const qemu = (device: string) =>
  `${program} -nodefaults -display none -S -machine pc -accel tcg -m 64 -monitor stdio -device '${device}' 2>&1`

/** Starts QEMU and ends it; the value is all that it says. */
const startAndEnd = (device: string) => `echo quit | ${qemu(device)}`

/** Starts QEMU and lets it run; the value is what it says up to then. */
const startAndLeave = (device: string) =>
  `(${busybox} sleep 3600 | ${qemu(device)}) >/tmp/first 2>&1 & ` +
  `until ${busybox} grep -q -e '(qemu)' -e ' -device' /tmp/first; do ${busybox} sleep 1; done; ${busybox} cat /tmp/first`

async function start(machine: Machine, guest: Guest, qemuVersion: string, leave: boolean): Promise<RecordedStart> {
  const device = await printedDevice(guest, qemuVersion)
  const { value, log } = await machine.ask(['run', leave ? startAndLeave(device) : startAndEnd(device)], 300_000)
  const starts = !/^qemu-system-x86_64: -device/m.test(value) && value.includes('(qemu)')
  const errno = Object.entries(errnoText).find(([, text]) => !starts && value.includes(text))?.[0]
  return { guest, device, starts, ...(errno !== undefined && { errno }), log: keptLines(log) }
}

/**
 * A real QEMU in the guest opens functions with the arguments that domxml prints: what happens, log lines included, must
 * be what the preflight said. Gives what happened, and tells `complain` what differs.
 */
export async function endToEnd(
  root: string,
  kernel: Kernel,
  folder: string,
  accel: 'tcg' | 'kvm',
  tell: { say(text: string): void; complain(text: string): void },
): Promise<RecordedStarts> {
  const overlay = join(folder, 'qemu.cpio')
  programArchive(root, program, ['/usr/share/seabios', '/usr/share/qemu', '/usr/lib/ipxe/qemu'], overlay)
  const machine = await Machine.boot({ root, kernel, overlays: [overlay], accel, memory: '2G' })
  try {
    const performer = new Performer(machine)
    for (const operation of setUp) await performer.perform(operation)
    const host = await facts(performer, kernel.release)
    const { value } = await machine.ask(['run', `${program} --version`], 300_000)
    const qemuVersion = /version (\d+\.\d+\.\d+)/.exec(value)?.[1] ?? ''
    const recorded: RecordedStart[] = []
    for (const guest of guests) {
      const before = recorded.slice(0, 1).map((first) => first.guest)
      const one = await start(machine, guest, qemuVersion, before.length === 0)
      recorded.push(one)
      const { guest: _guest, device: _device, ...happened } = one
      tell.say(
        `  QEMU opens ${guest.name}: ${one.starts ? 'it starts' : `it does not, ${one.errno}`} ${one.log.join(' | ')}`,
      )
      const expected = foretold([...before, guest], host)
      if (!isDeepStrictEqual(happened, expected)) tell.complain(`    foretold ${JSON.stringify(expected)}`)
    }
    return { qemuVersion, host, guests: recorded }
  } finally {
    await machine.off()
  }
}
