import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** A guest that says what it finds on its serial console and powers down. */
export interface BootParts {
  readonly kernel: string
  readonly initrd: string
  /** A disk that UEFI boots the same from. */
  readonly disk: string
}

/** Modules of Debian's kernel for clouds that the guest needs, each after those it needs itself. */
const modules = [
  'virtio_ring',
  'virtio',
  'virtio_pci_legacy_dev',
  'virtio_pci_modern_dev',
  'virtio_pci',
  'failover',
  'net_failover',
  'virtio_net',
  'fuse',
  'virtiofs',
  'irqbypass',
  'vfio',
  'vfio_iommu_type1',
  'vfio_virqfd',
  'vfio-pci-core',
  'vfio-pci',
]

const init = `#!/bin/busybox sh
busybox mount -t proc proc /proc
busybox mount -t sysfs sysfs /sys
busybox mount -t devtmpfs dev /dev
for module in ${modules.join(' ')}; do
  [ ! -e /modules/$module.ko ] || busybox insmod /modules/$module.ko
done
# An emulated IOMMU remaps no interrupts; there is nobody here to be protected from.
echo Y >/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts
say() { echo "guest: $*" >/dev/console; }
say booted
[ ! -d /sys/firmware/efi ] || say by UEFI
[ ! -e /sys/class/tpm/tpm0 ] || say TPM $(busybox cat /sys/class/tpm/tpm0/tpm_version_major)
busybox mount -t virtiofs shared /mnt 2>/dev/null && say virtiofs $(busybox cat /mnt/word)
# A script of the machine around, with all programs of it: its files are seen through virtiofs.
run_script() {
  for kind in proc sysfs devtmpfs; do
    case $kind in proc) at=proc ;; sysfs) at=sys ;; devtmpfs) at=dev ;; esac
    busybox mount -t $kind $kind /mnt/$at
  done
  busybox mount -t tmpfs tmpfs /mnt/run
  busybox chroot /mnt /bin/sh "$1" >/dev/console 2>&1
}
if [ -e /sys/class/net/eth0 ]; then
  busybox ip link set eth0 up
  busybox udhcpc -i eth0 -n -q -t 5 -s /lease >/dev/null 2>&1 || say network none
fi
case $(busybox cat /proc/cmdline) in
  *script=*) run_script "$(busybox sed 's/.*script=\\([^ ]*\\).*/\\1/' /proc/cmdline)" ;;
  *stay*) say stays; while :; do busybox sleep 1; done ;;
esac
busybox poweroff -f
`

const lease = `#!/bin/busybox sh
[ "$1" != bound ] || echo "guest: network $ip" >/dev/console
`

/** Makes kernel, initramfs and disk from packages of Debian, once for a folder. Needs apt, dpkg, busybox and mtools. */
export function makeBootParts(folder: string): BootParts {
  const parts = { kernel: join(folder, 'vmlinuz'), initrd: join(folder, 'initrd'), disk: join(folder, 'disk.img') }
  if (existsSync(parts.disk)) return parts
  mkdirSync(folder, { recursive: true })
  const root = unpackKernel(folder)
  const boot = join(root, 'boot')
  copyFileSync(join(boot, readdirSync(boot).find((name) => name.startsWith('vmlinuz'))!), parts.kernel)
  makeInitrd(folder, root, parts.initrd)
  makeDisk(folder, parts)
  return parts
}

/** The newest kernel for clouds: small, with all that a virtual machine has. */
function unpackKernel(folder: string): string {
  const root = join(folder, 'kernel')
  if (newestKernel() === undefined) execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
  const name = newestKernel()
  if (name === undefined) throw new Error('Debian has no linux-image-cloud-amd64 here: run apt-get update')
  // The unsigned one holds the same kernel without a package of signatures.
  const candidates = [name, `${name}-unsigned`]
  for (const candidate of candidates) {
    try {
      execFileSync('apt-get', ['download', '-q', candidate], { cwd: folder, stdio: 'ignore' })
      break
    } catch {
      // The next one.
    }
  }
  const file = readdirSync(folder).find((entry) => entry.endsWith('.deb'))
  if (file === undefined) throw new Error(`none of ${candidates.join(', ')} can be had`)
  execFileSync('dpkg', ['-x', join(folder, file), root])
  return root
}

function newestKernel(): string | undefined {
  const { stdout } = spawnSync('apt-cache', ['depends', 'linux-image-cloud-amd64'], { encoding: 'utf8' })
  return /Depends: (\S+)/.exec(stdout)?.[1]
}

function makeInitrd(folder: string, root: string, target: string): void {
  const tree = join(folder, 'initrd.d')
  for (const name of ['proc', 'sys', 'dev', 'mnt', 'bin', 'modules']) mkdirSync(join(tree, name), { recursive: true })
  copyFileSync('/bin/busybox', join(tree, 'bin/busybox'))
  for (const [name, text] of [
    ['init', init],
    ['lease', lease],
  ] as const) {
    writeFileSync(join(tree, name), text)
    chmodSync(join(tree, name), 0o755)
  }
  for (const file of modulesIn(join(root, 'lib/modules'))) copyFileSync(file, join(tree, 'modules', basename(file)))
  execFileSync('sh', ['-c', 'find . | busybox cpio -o -H newc 2>/dev/null | gzip -1 >"$1"', 'sh', target], {
    cwd: tree,
  })
}

function modulesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ko') && modules.includes(basename(name, '.ko')))
    .map((name) => join(folder, name))
}

/** A FAT disk whose UEFI shell starts the kernel, which is a UEFI program itself. */
function makeDisk(folder: string, { kernel, initrd, disk }: BootParts): void {
  const script = join(folder, 'startup.nsh')
  writeFileSync(script, '\\vmlinuz.efi initrd=\\initrd console=ttyS0 quiet\r\n')
  const size = readFileSync(kernel).length + readFileSync(initrd).length
  execFileSync('truncate', ['-s', `${Math.ceil(size / 2 ** 20) + 16}M`, disk])
  execFileSync('mformat', ['-i', disk, '::'])
  for (const [from, to] of [
    [kernel, 'vmlinuz.efi'],
    [initrd, 'initrd'],
    [script, 'startup.nsh'],
  ] as const) {
    execFileSync('mcopy', ['-i', disk, from, `::${to}`])
  }
}
