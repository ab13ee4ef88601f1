import { existsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeBootParts } from '../../scripts/launch/boot-parts.ts'
import { bundle, fileWith } from '../cli/run.ts'
import { emulator, left, placeFor, Started, skippedWithout } from './started.ts'

const virtiofsd = ['/usr/lib/qemu/virtiofsd', '/usr/libexec/virtiofsd'].find(existsSync)
const programs = [emulator, virtiofsd ?? 'virtiofsd', '/bin/busybox', '/usr/bin/mcopy']
const isSkipped = skippedWithout(programs, 'devices that are given back')

/** The network card of the guest around, on a port of its own. */
const card = '0000:01:00.0'

/** Has a device with VFIO: its own programs start a guest within, which takes the card from its driver. */
const outer = (script: string) => `<domain type='qemu'>
  <name>outer</name>
  <memory unit='MiB'>1536</memory>
  <memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>
  <vcpu>2</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>KERNEL</kernel>
    <initrd>INITRD</initrd>
    <cmdline>console=ttyS0 quiet intel_iommu=on script=${script}</cmdline>
  </os>
  <features><acpi/></features>
  <devices>
    <serial type='pty'/>
    <filesystem><driver type='virtiofs'/><binary><sandbox mode='chroot'/></binary><source dir='/'/><target dir='shared'/></filesystem>
    <interface type='user'>
      <model type='virtio'/>
      <address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
    </interface>
    <iommu model='intel'/>
  </devices>
</domain>`

const inner = `<domain type='qemu'>
  <name>inner</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <controller type='usb' model='none'/>
    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source><address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></source>
    </hostdev>
    <memballoon model='none'/>
  </devices>
</domain>`

/** Starts the guest within, kills one of its processes at a moment, and says who has the card then. */
const script = (cli: string, guest: string) => `
card=/sys/bus/pci/devices/${card}
driver() { [ -e $card/driver ] && basename "$(readlink $card/driver)" || echo nobody; }
keeper() {
  for child in $(cat /proc/$1/task/*/children); do
    case $(tr '\\0' ' ' </proc/$child/cmdline) in *remove_own*) echo $child ;; esac
  done
}
try() {
  ${cli} run ${guest} --runtime-dir /run/r --state-dir /run/s >/run/said 2>&1 &
  runner=$!
  until $2; do kill -0 $runner || { cat /run/said; echo "within: never $2"; return; }; sleep 0.1; done
  case $1 in
    runner) kill -KILL $runner ;;
    keeper) kill -KILL $(keeper $runner) ;;
    qemu) kill -KILL $(pidof qemu-system-x86_64) ;;
  esac
  wait $runner
  for i in $(seq 300); do [ "$(driver)" = virtio-pci ] && [ ! -e /run/r ] && break; sleep 0.1; done
  echo "within: $1 $2: $(driver), override $(cat $card/driver_override), $(ls -d /run/r 2>/dev/null || echo clean)"
}
rebound() { [ "$(driver)" = vfio-pci ]; }
running() { grep -q 'inner is running' /run/said; }
export TMPDIR=/run NO_COLOR=1
echo "within: at first $(driver)"
try runner rebound
try keeper rebound
try runner running
try keeper running
try qemu running
echo "within: done"
`

test.skipIf(isSkipped)('a device that was taken from its driver is given back, whoever is killed', async () => {
  const parts = makeBootParts(join(tmpdir(), 'domxml-boot'))
  const place = placeFor('rebound')
  const within = join(place.base, 'script.sh')
  writeFileSync(within, script(`${process.execPath} ${bundle()}`, fileWith(inner)))
  const file = fileWith(outer(within).replace('KERNEL', parts.kernel).replace('INITRD', parts.initrd))
  const run = new Started([process.execPath, bundle()], file, place, ['--console'])
  await run.says(/within: done/, 500_000).catch(() => undefined)
  const said = [...run.said.matchAll(/within: (.*?)\r?\n/g)].map(([, line]) => line)
  const free = 'virtio-pci, override (null), clean'
  expect(said, run.said).toEqual([
    'at first virtio-pci',
    `runner rebound: ${free}`,
    `keeper rebound: ${free}`,
    `runner running: ${free}`,
    `keeper running: ${free}`,
    `qemu running: ${free}`,
    'done',
  ])
  expect(await run.exit).toEqual({ code: 0, signal: null })
  expect(await left(place)).toEqual([])
})
