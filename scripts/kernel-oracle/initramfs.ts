import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Modules that the guest needs, in the order of loading; those a kernel has not, or has built in, are left out. */
const wanted = [
  'igb',
  'igbvf',
  'e1000',
  'iommufd',
  'vfio',
  'vfio_iommu_type1',
  'vfio-pci-core',
  'vfio-pci',
  'pci-stub',
  'pci-pf-stub',
]

const sources = fileURLToPath(new URL('guest', import.meta.url))

export interface Kernel {
  /** As `uname -r` prints it. */
  readonly release: string
  readonly image: string
  readonly initramfs: string
}

/** The one kernel in `root` (an unpacked `linux-image`), with an initramfs for it made in `folder`. */
export function prepareKernel(root: string, folder: string): Kernel {
  const modules = join(root, 'usr/lib/modules')
  const [release] = readdirSync(modules)
  if (release === undefined) throw new Error(`no kernel in ${modules}`)
  const tree = agentTree(folder)
  execFileSync('depmod', ['-b', join(root, 'usr'), release])
  const order = loadOrder(join(modules, release))
  for (const path of order) copyModule(join(modules, release, path), join(tree, 'modules'))
  writeFileSync(join(tree, 'modules/order'), order.map((path) => `/modules/${plainName(path)}\n`).join(''))
  const initramfs = archived(tree)
  // Newer packages have the kernel beside its modules.
  const images = [join(root, 'boot', `vmlinuz-${release}`), join(modules, release, 'vmlinuz')]
  const image = images.find((path) => existsSync(path))
  if (image === undefined) throw new Error(`no image of Linux ${release} in ${root}`)
  return { release, image, initramfs }
}

/** For a kernel that has all built in: the agent alone. */
export function bareInitramfs(folder: string): string {
  return archived(agentTree(folder))
}

function agentTree(folder: string): string {
  const tree = join(folder, 'initramfs')
  rmSync(tree, { recursive: true, force: true })
  for (const path of ['modules', 'dev', 'tmp']) mkdirSync(join(tree, path), { recursive: true })
  compileAgent(join(tree, 'init'))
  return tree
}

function archived(tree: string): string {
  archive(tree, `${tree}.cpio`)
  return `${tree}.cpio`
}

function compileAgent(path: string): void {
  const files = readdirSync(sources).filter((name) => name.endsWith('.c'))
  const flags = ['-Wall', '-Wextra', '-Werror', '-O2', '-static', '-pthread', '-D_GNU_SOURCE']
  execFileSync('gcc', [...flags, '-o', path, ...files.map((name) => join(sources, name))], { stdio: 'inherit' })
}

/** `depmod` tells what a module needs, nearest first: the last is loaded first. */
function loadOrder(folder: string): string[] {
  const needs = new Map<string, string[]>()
  for (const line of readFileSync(join(folder, 'modules.dep'), 'utf8').split('\n')) {
    const [path, rest = ''] = line.split(':')
    if (path !== undefined && path !== '') needs.set(path, rest.trim().split(/\s+/).filter(Boolean))
  }
  const byName = new Map([...needs.keys()].map((path) => [moduleName(path), path]))
  const order = new Set<string>()
  for (const name of wanted) {
    const path = byName.get(name.replaceAll('-', '_'))
    if (path === undefined) continue
    for (const needed of [...(needs.get(path) ?? [])].reverse()) order.add(needed)
    order.add(path)
  }
  return [...order]
}

const plainName = (path: string) => basename(path).replace(/\.xz$/, '')
const moduleName = (path: string) => plainName(path).replace(/\.ko$/, '').replaceAll('-', '_')

function copyModule(path: string, folder: string): void {
  const target = join(folder, plainName(path))
  if (path.endsWith('.xz')) {
    writeFileSync(target, execFileSync('xz', ['--decompress', '--stdout', path], { maxBuffer: 1 << 28 }))
  } else {
    copyFileSync(path, target)
  }
}

function archive(tree: string, path: string): void {
  const script = 'cd "$1" && find . | cpio --quiet --create --format=newc > "$2"'
  execFileSync('bash', ['-o', 'pipefail', '-c', script, 'archive', tree, path])
}

/** A program of `root` with its libraries and the folders of data it reads, as an initramfs to lay over the first. */
export function programArchive(root: string, program: string, data: readonly string[], path: string): void {
  const tree = `${path}.tree`
  rmSync(tree, { recursive: true, force: true })
  const libraries = execFileSync('chroot', [root, '/lib64/ld-linux-x86-64.so.2', '--list', program], {
    encoding: 'utf8',
  })
  const files = [...libraries.matchAll(/(\/\S+) \(0x/g)].map(([, file]) => file ?? '')
  for (const file of [program, '/usr/bin/busybox', ...files]) copyInto(root, tree, file)
  for (const folder of data) {
    mkdirSync(dirname(join(tree, folder)), { recursive: true })
    if (existsSync(join(root, folder))) execFileSync('cp', ['-aL', join(root, folder), join(tree, folder)])
  }
  mkdirSync(join(tree, 'bin'), { recursive: true })
  copyFileSync(join(root, 'usr/bin/busybox'), join(tree, 'bin/sh'))
  archive(tree, path)
  rmSync(tree, { recursive: true, force: true })
}

function copyInto(root: string, tree: string, file: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true })
  copyFileSync(join(root, file), join(tree, file))
}
