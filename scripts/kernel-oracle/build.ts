import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { bareInitramfs, type Kernel } from './initramfs.ts'
import { need, type Suite, unpack } from './packages.ts'

/** What the guest needs of a kernel, all of it built in, on top of the smallest one there is. */
const options = [
  ...['64BIT', 'SMP', 'PRINTK', 'TTY', 'SERIAL_8250', 'SERIAL_8250_CONSOLE', 'BLK_DEV_INITRD', 'BINFMT_ELF'],
  ...['DEVTMPFS', 'PROC_FS', 'PROC_SYSCTL', 'SYSFS', 'TMPFS', 'SHMEM', 'FUTEX', 'EPOLL', 'EVENTFD', 'FILE_LOCKING'],
  ...['POSIX_TIMERS', 'HIGH_RES_TIMERS', 'MULTIUSER', 'PM', 'ACPI', 'X86_X2APIC', 'X86_LOCAL_APIC', 'X86_IO_APIC'],
  ...['PCI', 'PCI_MSI', 'PCI_MMCONFIG', 'PCIEPORTBUS', 'PCI_IOV', 'PCI_ATS', 'PCI_STUB', 'PCI_PF_STUB'],
  ...['IRQ_REMAP', 'IOMMU_SUPPORT', 'INTEL_IOMMU', 'INTEL_IOMMU_DEFAULT_ON', 'IOMMUFD'],
  ...['VFIO', 'VFIO_DEVICE_CDEV', 'VFIO_GROUP', 'VFIO_CONTAINER', 'VFIO_IOMMU_TYPE1', 'VFIO_PCI'],
  ...['NET', 'INET', 'NETDEVICES', 'ETHERNET', 'NET_VENDOR_INTEL', 'E1000', 'IGB', 'IGBVF'],
]

/**
 * Debian's kernel of a release, built small and with iommufd, which Debian leaves out. Takes some minutes; nothing is
 * installed.
 */
export function buildKernel(suite: Suite, folder: string): Kernel {
  need({ '/usr/bin/make': 'make', '/usr/bin/flex': 'flex', '/usr/bin/bison': 'bison', '/usr/bin/bc': 'bc' })
  need({ '/usr/include/libelf.h': 'libelf-dev' })
  unpack(folder, suite, ['linux-source'])
  const sources = join(folder, 'root/usr/src')
  const archive = readdirSync(sources).find((name) => name.endsWith('.tar.xz'))
  if (archive === undefined) throw new Error(`no sources of Linux in ${sources}`)
  const tree = join(sources, archive.replace(/\.tar\.xz$/, ''))
  const make = (...words: string[]) => {
    return execFileSync('make', ['-s', '-C', tree, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }
  const image = join(tree, 'arch/x86/boot/bzImage')
  if (!existsSync(image)) {
    execFileSync('tar', ['-x', '-f', join(sources, archive), '-C', sources])
    const wanted = join(folder, 'wanted')
    writeFileSync(wanted, options.map((option) => `CONFIG_${option}=y\n`).join(''))
    make('tinyconfig')
    execFileSync(join(tree, 'scripts/kconfig/merge_config.sh'), ['-m', '.config', wanted], {
      cwd: tree,
      stdio: 'ignore',
    })
    make('olddefconfig')
    make(`-j${cpus().length}`, 'bzImage')
  }
  mkdirSync(folder, { recursive: true })
  return { release: make('kernelrelease').trim(), image, initramfs: bareInitramfs(folder) }
}
