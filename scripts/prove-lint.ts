import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Lints many files with the built command line: in bounded memory, each reported, the odd ones (a pipe, a huge file, one that is not
 * there) alone. Then the same by virt-xml-validate, a process a file, for a sample, where it is installed.
 * Usage: npm run prove-lint [-- FILES]
 */
const count = Number(process.argv[2] ?? 10_000)
const heapMiB = 192
const sample = 20
const main = fileURLToPath(new URL('../dist/cli/domxml.cjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'domxml-many-'))

const guest = (number: number) => `<domain type='kvm'>
  <name>guest-${number}</name>
  <memory unit='MiB'>1024</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/images/${number}.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <interface type='user'><model type='virtio'/></interface>
    ${number % 10 === 0 ? "<dsik type='file'/>" : ''}
  </devices>
</domain>
`

try {
  const paths = Array.from({ length: count }, (_, number) => {
    const path = join(folder, `${number % 100}`, `${number}.xml`)
    if (number < 100) mkdirSync(join(folder, `${number}`))
    writeFileSync(path, guest(number))
    return path
  })
  writeFileSync(join(folder, 'huge.xml'), `<domain>${' '.repeat(20 * 1024 * 1024)}</domain>`)
  spawnSync('mkfifo', [join(folder, 'pipe.xml')])

  const report = join(folder, 'report.jsonl')
  const started = performance.now()
  const odd = [join(folder, 'pipe.xml'), join(folder, 'gone.xml')]
  const args = [main, 'lint', '--quiet', '--no-config', '--rule', 'host/assumed=off', '--output', `json=${report}`]
  // The run itself keeps nothing of a file that was told: its heap is small whatever there is to do.
  const run = spawnSync(process.execPath, [`--max-old-space-size=${heapMiB}`, ...args, folder, ...odd], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const seconds = (performance.now() - started) / 1000
  const { findings, summary } = JSON.parse(readFileSync(report, 'utf8'))
  const codes = new Map<string, number>()
  for (const { code } of findings as { code: string }[]) codes.set(code, (codes.get(code) ?? 0) + 1)
  console.log(
    `${summary.files} files in ${seconds.toFixed(1)} s (${((seconds * 1000) / count).toFixed(2)} ms a file), status ${run.status}`,
  )
  console.log(`findings: ${JSON.stringify(Object.fromEntries(codes))}`)
  expectThat(summary.files === count + 3, 'every file is reported')
  expectThat(codes.get('element/unknown') === Math.ceil(count / 10), 'every finding is told')
  for (const code of ['xml/input-too-large', 'file/not-a-file', 'file/missing']) expectThat(codes.get(code) === 1, code)
  expectThat(run.status === 1, `a heap of ${heapMiB} MiB is enough`)

  // Who inspects a file makes no difference, nor which is done first.
  const some = ['0', '1', '2', '3'].map((name) => join(folder, name))
  const shown = ['0', '2'].map((workers) => {
    const few = [main, 'lint', '--no-config', '--quiet', '--format', 'json', '--workers', workers, ...some]
    return spawnSync(process.execPath, few, { encoding: 'utf8' }).stdout
  })
  const areAllTold = JSON.parse(shown[0]!).summary.files === (count / 100) * some.length
  expectThat(areAllTold && shown[0] === shown[1], 'the same report with workers and without')

  // A file that takes longer than it may is given up; the others are told.
  const slow = join(folder, 'slow.xml')
  const disks = Array.from(
    { length: 60_000 },
    (_, n) => `<disk type='file'><source file='/i/${n}'/><target dev='x${n}'/></disk>`,
  )
  writeFileSync(slow, guest(1).replace('<devices>', `<devices>${disks.join('\n')}`))
  const late = join(folder, 'late.jsonl')
  const timed = [
    main,
    'lint',
    '--quiet',
    '--no-config',
    '--timeout',
    '2',
    '--output',
    `json=${late}`,
    slow,
    paths[0]!,
    paths[1]!,
  ]
  spawnSync(process.execPath, timed, { stdio: ['ignore', 'ignore', 'inherit'] })
  const told: { findings: { file: string; code: string }[]; summary: { files: number } } = JSON.parse(
    readFileSync(late, 'utf8'),
  )
  const given = told.findings.filter(({ code }) => code === 'file/too-slow').map(({ file }) => file)
  expectThat(given.length === 1 && given[0]?.endsWith('slow.xml') === true, 'file/too-slow')
  expectThat(
    told.summary.files === 3 && told.findings.some(({ code }) => code === 'element/unknown'),
    'the others are told',
  )

  const each = performance.now()
  const probe = spawnSync('virt-xml-validate', [paths[0]!, 'domain'])
  if (probe.error) console.log('SKIPPED comparison: virt-xml-validate is not installed (libvirt-clients)')
  else {
    for (const path of paths.slice(1, sample)) spawnSync('virt-xml-validate', [path, 'domain'])
    const eachSeconds = (performance.now() - each) / 1000 / sample
    console.log(
      `virt-xml-validate: ${(eachSeconds * 1000).toFixed(0)} ms a file, ${(eachSeconds / (seconds / count)).toFixed(0)} times as long`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function expectThat(holds: boolean, what: string): void {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`)
  if (!holds) process.exitCode = 1
}
