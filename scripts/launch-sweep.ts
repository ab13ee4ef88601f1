import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { makeImages } from './launch/images.ts'
import { type RunOutcome, runOne } from './launch/run-one.ts'
import { runScript } from './launch/run-script.ts'

/**
 * Runs examples and recorded domains that a real libvirt has started, with the QEMU that is here, and tells which come
 * to run. `npm run launch-sweep -- [--root FOLDER] [--only PATTERN] [--sample N] [--report FILE]`
 * --root: a Debian in a folder of its own (../shared/oracle/setup), whose QEMU is meant; needs root.
 */
const { values: flags } = parseArgs({
  options: {
    root: { type: 'string' },
    only: { type: 'string' },
    sample: { type: 'string' },
    report: { type: 'string' },
    inside: { type: 'boolean' },
  },
})

interface Case {
  readonly id: string
  readonly file: string
  readonly arch: string
}

/** A guest that asks for the host's own processor. */
const isKvm = /<domain [^>]*type=['"]kvm/

const repository = resolve(import.meta.dirname, '..')
const recordings = process.env.DOMXML_SHARED ?? resolve(repository, '../shared')

/** Recorded domains that started with either libvirt, each once, without those that want KVM. */
function recorded(): Case[] {
  const all = ['live/libvirt-11.3', 'live/libvirt-12.8'].flatMap((name) => startedIn(join(recordings, name)))
  return [...new Map(all.map((one) => [one.id, one])).values()]
}

function startedIn(folder: string): Case[] {
  if (!existsSync(folder)) return []
  const rows: { id: string; input: string; start?: string }[] = JSON.parse(
    readFileSync(join(folder, 'manifest.json'), 'utf8'),
  )
  return rows
    .filter(({ start }) => start === 'ok')
    .map(({ id, input }) => caseOf(id, resolve(folder, 'cases', input)))
    .filter(({ file }) => !isKvm.test(readFileSync(file, 'utf8')))
}

function examples(): Case[] {
  const folder = join(repository, 'examples')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xml'))
    .map((name) => caseOf(`examples/${name}`, join(folder, name)))
}

function caseOf(id: string, file: string): Case {
  return { id, file, arch: /arch=['"]([^'"]+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 'x86_64' }
}

/** The facts of the machine that forbid a domain, not of its start. */
function forbidden({ file }: Case): string | undefined {
  const text = readFileSync(file, 'utf8')
  if (isKvm.test(text) && !existsSync('/dev/kvm')) return 'there is no KVM here'
  if (/<hostdev [^>]*type=['"]pci|<interface type=['"]hostdev/.test(text) && !existsSync('/dev/vfio/vfio')) {
    return 'there is no VFIO here'
  }
  return undefined
}

/** What the QEMU that is here cannot do, by its capabilities or its own words; an older one than the recording's. */
function lackOfQemu({ error }: RunOutcome): string | undefined {
  return error !== undefined && /-unsupported\]|requires accel=kvm/.test(error) ? error : undefined
}

/** An older QEMU (7.2) that emulates dies without a word of a guest with Hyper-V's interrupt controller; newer ones run it. */
function silentDeath({ file }: Case, { error }: RunOutcome): string | undefined {
  const isSilent = error !== undefined && /(before the guest ran|did not start): char device redirected/.test(error)
  const text = readFileSync(file, 'utf8')
  if (!isSilent || isKvm.test(text) || !text.includes('<synic')) return undefined
  return `QEMU dies of Hyper-V's synic without KVM: ${error}`
}

const isGood = ({ state, exit, left }: RunOutcome) => state === 'running' && exit === 0 && left.length === 0

async function sweep(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sweep-'))
  const place = {
    cli: [process.execPath, join(repository, 'dist/cli/domxml.cjs')],
    runtime: join(folder, 'r'),
    state: join(folder, 's'),
  }
  process.env.XDG_CACHE_HOME = join(folder, 'cache')
  const all = [...examples(), ...recorded()].filter(
    ({ id }) => flags.only === undefined || new RegExp(flags.only).test(id),
  )
  const most = flags.sample === undefined ? Number.POSITIVE_INFINITY : Number(flags.sample)
  const chosen = flags.sample === undefined ? all : spread(all, most)
  const outcomes: { one: Case; outcome: RunOutcome; good: boolean }[] = []
  for (const one of chosen) {
    if (outcomes.length >= most) break
    const reason = forbidden(one)
    if (reason !== undefined) {
      console.log(`- ${one.id}: ${reason}`)
      continue
    }
    const images = makeImages(readFileSync(one.file, 'utf8'))
    let outcome = await runOne(one.file, place)
    // An example is what users begin with: its script is run, too.
    if (isGood(outcome) && one.id.startsWith('examples/')) outcome = await runScript(one.file, place)
    images.undo()
    const lack = lackOfQemu(outcome) ?? silentDeath(one, outcome)
    if (lack !== undefined) {
      console.log(`- ${one.id}: ${lack}`)
      continue
    }
    const good = isGood(outcome)
    outcomes.push({ one, outcome, good })
    const { state, exit, error, left } = outcome
    console.log(good ? `ok ${one.id}` : `NOT ${one.id}: ${JSON.stringify({ state, exit, error, left })}`)
  }
  const archs = [...new Set(outcomes.map(({ one }) => one.arch))]
  for (const arch of archs) {
    const here = outcomes.filter(({ one }) => one.arch === arch)
    console.log(`${arch}: ${here.filter(({ good }) => good).length} of ${here.length} run`)
  }
  if (flags.report !== undefined) writeFileSync(flags.report, JSON.stringify(outcomes, null, 1))
  return outcomes.every(({ good }) => good) ? 0 : 1
}

/** Every so many-th first, so that a sample has some of everything; then those after them, should one be forbidden. */
function spread(all: readonly Case[], count: number): Case[] {
  const runnable = all.filter((one) => forbidden(one) === undefined && one.arch === 'x86_64')
  const step = Math.max(1, Math.floor(runnable.length / count))
  return Array.from({ length: step }, (_, turn) => runnable.filter((_, index) => index % step === turn)).flat()
}

/**
 * The same inside another Debian, in mount and network namespaces of its own, on a layer of memory over its files: nothing
 * of it is seen outside, and nothing of it stays.
 */
function enter(root: string): number {
  const shell = `set -e
    mount --make-rprivate /
    mount -t tmpfs none /mnt
    mkdir -p /mnt/over /mnt/work /mnt/root
    mount -t overlay -o "lowerdir=$1,upperdir=/mnt/over,workdir=/mnt/work" none /mnt/root
    cd /mnt/root
    mount -t proc proc proc
    mount -t sysfs sysfs sys
    mount --rbind /dev dev
    mkdir -p mnt/domxml mnt/shared mnt/tmp
    mount --bind "$2" mnt/domxml
    mount --bind "$3" mnt/shared
    : >mnt/node
    mount --bind "$4" mnt/node
    ip link set lo up
    for bridge in virbr0 br0; do ip link add $bridge type bridge; ip link set $bridge up; done
    ip addr add 192.168.122.1/24 dev virbr0
    shift 4
    exec chroot /mnt/root /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/mnt/tmp TMPDIR=/mnt/tmp DOMXML_SHARED=/mnt/shared /mnt/node /mnt/domxml/node_modules/tsx/dist/cli.mjs /mnt/domxml/scripts/launch-sweep.ts --inside "$@"`
  if (spawnSync('unshare', ['-m', '-n', 'true']).status !== 0) {
    console.log('SKIPPED: no namespaces can be made here')
    return 0
  }
  const given = (['only', 'sample'] as const).flatMap((name) =>
    flags[name] === undefined ? [] : [`--${name}`, flags[name]],
  )
  const words = ['-m', '-n', 'sh', '-c', shell, 'sh', root, repository, recordings, process.execPath, ...given]
  return spawnSync('unshare', words, { stdio: 'inherit' }).status ?? 1
}

if (!existsSync(join(repository, 'dist/cli/domxml.cjs')))
  execFileSync('npm', ['run', '-s', 'build'], { cwd: repository })
mkdirSync(tmpdir(), { recursive: true })
process.exitCode = flags.root === undefined ? await sweep() : enter(resolve(flags.root))
