import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import type { Operation, RecordedOperation } from '../../tests/vfio/operation.ts'
import { beginningOf, predict } from '../../tests/vfio/replay.ts'
import { buildKernel } from './build.ts'
import { beginning } from './cast.ts'
import { endToEnd } from './end-to-end.ts'
import { type Kernel, prepareKernel } from './initramfs.ts'
import { Machine } from './machine.ts'
import { need, type Suite, unpack } from './packages.ts'
import { Performer } from './perform.ts'
import { type Asked, rowsMet, wanted } from './rows.ts'
import { stories } from './script.ts'
import { iommufdStories } from './stories/iommufd.ts'
import { walk } from './walk.ts'

const { values } = parseArgs({
  options: {
    kernel: { type: 'string', default: 'bookworm,trixie' },
    walk: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    record: { type: 'boolean', default: false },
    cache: { type: 'string' },
    'skip-stories': { type: 'boolean', default: false },
    qemu: { type: 'boolean', default: false },
  },
})

const recordings = fileURLToPath(new URL('../../tests/vfio', import.meta.url))
const say = (text: string) => process.stdout.write(`${text}\n`)
let failed = false
function complain(text: string): void {
  failed = true
  say(text)
}

/** The stories as this kernel answers them: compared to the model, and recorded where that is asked for. */
async function recordStories(performer: Performer, release: string, script: readonly Operation[]): Promise<void> {
  const first = await beginning(performer, release)
  let host = beginningOf(first)
  const lines: RecordedOperation[] = []
  let different = 0
  for (const operation of script) {
    const predicted = predict(host, operation)
    host = predicted.host
    const kernel = await performer.perform(operation)
    lines.push({ ...operation, ...kernel })
    if (isDeepStrictEqual(kernel, predicted.answer)) continue
    different += 1
    complain(`  differs at line ${lines.length + 1}: ${JSON.stringify(operation)}`)
    complain(`    kernel ${JSON.stringify(kernel)}\n    model  ${JSON.stringify(predicted.answer)}`)
  }
  say(`  ${lines.length} operations of the stories, ${different} that the model does not foresee`)
  if (!values.record) return
  record('kernels', `${release}.jsonl`, [first, ...lines].map((line) => JSON.stringify(line)).join('\n'))
}

async function walkFrom(performer: Performer, asked: Asked, count: number): Promise<void> {
  const start = beginningOf(await beginning(performer, asked.release))
  const tell = (operations: number) => {
    if (process.stdout.isTTY) process.stdout.write(`\r  ${operations} operations`)
  }
  const { operations, hits, disagreement } = await walk(performer, start, asked, {
    count,
    seed: Number(values.seed),
    tell,
  })
  say(`  ${operations} random operations with seed ${values.seed}; rules met:`)
  const rows = rowsMet(hits, asked)
  say(`    ${rows.map(([rule, times]) => `${rule} ${times}`).join(', ')}`)
  const rare = rows.filter(([, times]) => times < wanted)
  if (rare.length > 0) say(`  ${rare.length} of ${rows.length} rules were met fewer than ${wanted} times`)
  else say(`  each of the ${rows.length} rules was met ${wanted} times and more`)
  if (disagreement === undefined) return
  complain(`  kernel ${JSON.stringify(disagreement.kernel)}\n  model  ${JSON.stringify(disagreement.model)}, after:`)
  for (const operation of disagreement.operations) complain(`    ${JSON.stringify(operation)}`)
}

function accel(): 'tcg' | 'kvm' {
  return process.env.KERNEL_ORACLE_ACCEL === 'kvm' && existsSync('/dev/kvm') ? 'kvm' : 'tcg'
}

/** `sid`: Debian's kernel of that release; `sid+iommufd`: the same built here, with iommufd. */
function kernelOf(name: string, home: string): Kernel {
  const suite = name.replace(/\+iommufd$/, '') as Suite
  if (suite !== name) return buildKernel(suite, home)
  unpack(home, suite, ['linux-image-amd64'])
  return prepareKernel(join(home, 'root'), home)
}

async function ask(name: string, cache: string): Promise<void> {
  const home = join(cache, `kernel-${name}`)
  const kernel = kernelOf(name, home)
  say(`${name}: Linux ${kernel.release}`)
  const root = join(cache, 'qemu', 'root')
  const machine = await Machine.boot({ root, kernel, accel: accel(), memory: '1G' })
  try {
    const performer = new Performer(machine)
    const iommufd = name.endsWith('+iommufd')
    const script = iommufd ? iommufdStories : Object.values(stories).flat()
    if (!values['skip-stories']) await recordStories(performer, kernel.release, script)
    if (Number(values.walk) > 0) await walkFrom(performer, { release: kernel.release, iommufd }, Number(values.walk))
  } finally {
    await machine.off()
  }
  if (values.qemu) await recordQemu(root, kernel, home)
}

/** A real QEMU on this kernel: compared to the preflight, and recorded where that is asked for. */
async function recordQemu(root: string, kernel: Kernel, home: string): Promise<void> {
  const starts = await endToEnd(root, kernel, home, accel(), { say, complain })
  if (values.record) record('qemu', `${kernel.release}.json`, `${JSON.stringify(starts, undefined, 2)}`)
}

function record(folder: string, name: string, text: string): void {
  const path = join(recordings, folder, name)
  mkdirSync(join(recordings, folder), { recursive: true })
  writeFileSync(path, `${text}\n`)
  say(`  recorded in ${path}`)
}

async function main(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('the kernel oracle needs root: it runs QEMU in a folder of its own')
  need({
    '/usr/bin/gcc': 'gcc',
    '/usr/include/linux/vfio.h': 'linux-libc-dev',
    '/usr/include/stdio.h': 'libc6-dev',
    '/usr/bin/cpio': 'cpio',
    '/usr/sbin/depmod': 'kmod',
    '/usr/bin/xz': 'xz-utils',
  })
  const cache = values.cache ?? mkdtempSync(join(tmpdir(), 'domxml-kernel-oracle-'))
  try {
    mkdirSync(cache, { recursive: true })
    unpack(join(cache, 'qemu'), 'trixie', ['qemu-system-x86', 'busybox-static'])
    for (const name of values.kernel.split(',')) await ask(name, cache)
  } finally {
    if (values.cache === undefined) rmSync(cache, { recursive: true, force: true })
  }
  process.exitCode = failed ? 1 : 0
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 2
})
