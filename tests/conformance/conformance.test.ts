import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { shared, skippedWithoutShared } from '../shared.ts'
import { Corpus } from './cases.ts'
import { conformance, type Options } from './conformance.ts'
import { lineDiff } from './diff.ts'
import { Setting } from './run.ts'
import type { Subject } from './subject.ts'

/** A whole corpus in a temporary folder: `good` and `bad` expect a command line, `wrong` a refusal, `late` one at start. */
let folder: string
let printed: string[]

const cases = [
  { id: 'good', input: 'good.xml', expect: 'argv', xml: 'good.xml', args: 'good.args' },
  { id: 'disk-bad', input: 'bad.xml', expect: 'argv', xml: 'bad.xml', args: 'bad.args' },
  { id: 'wrong', input: 'wrong.xml', expect: 'parse-error', error: 'wrong.err' },
  { id: 'late', input: 'late.xml', expect: 'failure', xml: 'late.xml', error: 'wrong.err' },
].map((one) => ({ ...one, arch: 'x86_64', qemu: 'latest' }))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'domxml-conformance-'))
  printed = []
  const files: Record<string, string> = {
    'corpus/manifest.json': JSON.stringify(cases),
    'corpus/qemuxmlconfdata/good.xml': '<good/>\n',
    'corpus/qemuxmlconfdata/good.args': 'LC_ALL=C \\\n/bin/qemu \\\n-S\n',
    'corpus/qemuxmlconfdata/bad.xml': '<bad/>\n',
    'corpus/qemuxmlconfdata/bad.args': '/bin/qemu \\\n-device a\n',
    'corpus/qemuxmlconfdata/wrong.xml': '<wrong/>\n',
    'corpus/qemuxmlconfdata/late.xml': '<late/>\n',
    'corpus/qemuxmlconfdata/wrong.err': 'no\n',
    'corpus/qemucapabilitiesdata/caps_8.2.0_x86_64.xml':
      '<qemuCaps><version>8002000</version><arch>x86_64</arch></qemuCaps>',
    'corpus/host.json': JSON.stringify({
      config: {},
      emulator: '/usr/bin/qemu-system-ARCH',
      physicalAddressBits: { default: 64 },
      cpu: {},
      random: { bits64: '0x01' },
      secretValue: 'secret',
      storagePools: 'pools',
      networks: 'networks',
      networkPorts: 'ports',
      firmwareDescriptors: { root: 'firmware', dirs: [] },
      vhostUserDescriptors: { root: 'vhost', dirs: [], binaries: {} },
      tpm: { fds: {} },
      fds: {},
      amdSev: {},
    }),
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  mkdirSync(join(folder, 'lists', 'expected-failures'), { recursive: true })
})

afterEach(() => rmSync(folder, { recursive: true }))

const refusal = (code: string, when: 'define' | 'start' = 'define') =>
  ({ code, when, severity: 'error', message: 'refused' }) as const

/** Refuses what must be refused and gets the rest right, but for what `errors` and `argv` say. */
function subject(
  errors: Record<string, ReturnType<typeof refusal>[]> = {},
  argv: Record<string, string> = {},
): Subject {
  const usual: Record<string, ReturnType<typeof refusal>[]> = {
    '<wrong/>\n': [refusal('wrong/fault')],
    '<late/>\n': [refusal('late/fault', 'start')],
  }
  const lines: Record<string, string> = {
    '<good/>\n': 'LC_ALL=C \\\n/bin/qemu \\\n-S\n',
    '<bad/>\n': '/bin/qemu \\\n-device a\n',
    ...argv,
  }
  return (source) => {
    const diagnostics = { ...usual, ...errors }[source] ?? []
    const defined = diagnostics.every(({ when }) => when === 'start')
    return {
      diagnostics,
      xml: defined ? source : undefined,
      argv: diagnostics.length === 0 ? lines[source] : undefined,
    }
  }
}

function run(tested: Subject, options: Options = {}): number {
  const surroundings = { lists: join(folder, 'lists'), shared: folder, subject: tested, color: false }
  return conformance(options, { ...surroundings, print: (text) => printed.push(text) })
}

const write = (name: string, text: string) => writeFileSync(join(folder, 'lists', name), text)
const read = (name: string) => readFileSync(join(folder, 'lists', name), 'utf8')

function lists(
  expected: string,
  refusals: Record<string, string> = { wrong: 'wrong/fault', late: 'late/fault' },
): void {
  write('expected-failures.txt', expected)
  write('refusals.json', JSON.stringify(refusals))
}

const badArgv = { '<bad/>\n': '/bin/qemu \\\n-device b\n' }

describe('the inverted list', () => {
  test('a run in which everything passes and nothing is listed succeeds', () => {
    lists('# nothing\n')
    expect(run(subject())).toBe(0)
    expect(printed.join('\n')).toContain('4 passed of 4')
  })

  test('an unlisted failure fails the run', () => {
    lists('')
    expect(run(subject({}, badArgv))).toBe(1)
    expect(printed).toContain('FAILED disk-bad: argv: differs at -device (line 2: -device a)')
  })

  test('a listed failure is expected, in whichever file it is listed', () => {
    lists('')
    write('expected-failures/storage.txt', '# storage\ndisk-bad  # aio\n')
    expect(run(subject({}, badArgv))).toBe(0)
  })

  test('a listed case that passes fails the run, and --update takes it out and keeps the rest with its reasons', () => {
    lists('good\ndisk-bad # why\n')
    expect(run(subject({}, badArgv))).toBe(1)
    expect(printed).toContain('LISTED good passes: take it from the list (--update)')
    expect(run(subject({}, badArgv), { update: true })).toBe(0)
    expect(read('expected-failures.txt')).toMatch(/^#.*\ndisk-bad {2}# why\n$/)
  })

  test('--update never adds', () => {
    lists('')
    expect(run(subject({}, badArgv), { update: true })).toBe(1)
    expect(read('expected-failures.txt')).not.toContain('disk-bad')
  })

  test('an entry of no case, and one that is listed twice, fail the run', () => {
    lists('gone\ndisk-bad\ndisk-bad\n')
    expect(run(subject({}, badArgv))).toBe(1)
    expect(printed.filter((line) => line.startsWith('STRAY')).map((line) => line.split(/[ :]+/)[1])).toEqual([
      'disk-bad',
      'gone',
    ])
  })

  test('refusals may be of any corpus of the reference material, and of no other case', () => {
    const beside = join(folder, 'corpus-beside')
    mkdirSync(join(beside, 'qemuxmlconfdata'), { recursive: true })
    writeFileSync(join(beside, 'manifest.json'), JSON.stringify([{ ...cases[2], id: 'beside' }]))
    const refusals = { wrong: 'wrong/fault', late: 'late/fault' }
    lists('', { ...refusals, beside: 'a/b' })
    expect(run(subject())).toBe(0)
    lists('', { ...refusals, nowhere: 'a/b' })
    expect(run(subject())).toBe(1)
    expect(printed.join()).toContain('STRAY nowhere')
  })

  test('--init writes the first lists a family apart, and only the first', () => {
    rmSync(join(folder, 'lists', 'expected-failures'), { recursive: true })
    expect(run(subject({}, badArgv))).toBe(1)
    expect(run(subject({}, badArgv), { init: true })).toBe(0)
    expect(read('expected-failures/storage.txt')).toContain('\ndisk-bad\n')
    expect(read('expected-failures.txt')).toContain('\nlate\nwrong\n')
    expect(run(subject({}, badArgv), { init: true })).toBe(2)
  })

  test('a filter leaves the others alone', () => {
    lists('disk-bad\n')
    expect(run(subject({}, badArgv), { filter: '^good', update: true })).toBe(0)
    expect(read('expected-failures.txt')).toContain('disk-bad')
    expect(run(subject(), { filter: '(' })).toBe(2)
  })
})

describe('the lists of another corpus', () => {
  const other = () => {
    const corpus = join(folder, 'family', 'libvirt-x')
    mkdirSync(corpus, { recursive: true })
    for (const name of ['qemuxmlconfdata', 'qemucapabilitiesdata', 'host.json']) {
      renameSync(join(folder, 'corpus', name), join(folder, 'family', name))
    }
    renameSync(join(folder, 'corpus', 'manifest.json'), join(corpus, 'manifest.json'))
    return { corpus, support: join(folder, 'family') }
  }
  const listed = (name: string) => read(`expected-failures/family-libvirt-x/${name}.txt`)
  const failing = () => subject({ '<wrong/>\n': [] }, badArgv)

  test('keep accepted and refused domains apart, and only shrink', () => {
    const options = other()
    expect(run(failing(), options)).toBe(1)
    expect(run(failing(), { ...options, init: true })).toBe(0)
    expect(listed('accepted')).toMatch(/^#.*\ndisk-bad\n$/)
    expect(listed('refused')).toMatch(/^#.*\nwrong\n$/)
    expect(run(failing(), options)).toBe(0)
    expect(run(subject({}, badArgv), options)).toBe(1)
    expect(run(subject({}, badArgv), { ...options, update: true })).toBe(0)
    expect(listed('refused')).not.toContain('wrong')
    expect(listed('accepted')).toContain('disk-bad')
  })

  test('of a corpus that is whole by itself bear its name alone', () => {
    const corpus = join(folder, 'corpus-x')
    renameSync(join(folder, 'corpus'), corpus)
    expect(run(failing(), { corpus, init: true })).toBe(0)
    expect(read('expected-failures/corpus-x/accepted.txt')).toMatch(/\ndisk-bad\n$/)
  })
})

describe('refusals', () => {
  test('what is not built never counts, alone or beside the fault', () => {
    lists('')
    const unbuilt = refusal('domain/not-built')
    expect(run(subject({ '<wrong/>\n': [unbuilt] }))).toBe(1)
    expect(run(subject({ '<wrong/>\n': [refusal('wrong/fault'), unbuilt] }))).toBe(1)
    expect(printed.filter((line) => line === 'FAILED wrong: parse: refused: domain/not-built')).toHaveLength(2)
    const elsewhere = { corpus: join(folder, 'corpus'), json: join(folder, 'out.json') }
    const away = { lists: join(folder, 'lists'), shared: undefined, color: false, print: () => {} }
    expect(
      conformance(elsewhere, { ...away, subject: subject({ '<late/>\n': [refusal('x-not-built', 'start')] }) }),
    ).toBe(1)
  })

  test('another code, or one more, is no pass', () => {
    lists('')
    expect(run(subject({ '<wrong/>\n': [refusal('other/fault')] }))).toBe(1)
    expect(run(subject({ '<wrong/>\n': [refusal('wrong/fault'), refusal('other/fault')] }))).toBe(1)
    expect(run(subject({ '<wrong/>\n': [] }))).toBe(1)
    expect(printed).toContain('FAILED wrong: parse: not refused')
  })

  test('a refusal at another stage is no pass', () => {
    lists('')
    expect(run(subject({ '<wrong/>\n': [refusal('wrong/fault', 'start')] }))).toBe(1)
    expect(run(subject({ '<late/>\n': [refusal('late/fault')] }))).toBe(1)
    expect(printed).toContain('FAILED wrong: parse: refused too late')
    expect(printed).toContain('FAILED late: parse: refused: late/fault (refused)')
  })

  test('without a reviewed code it has failed until a reviewer accepts it', () => {
    lists('', {})
    expect(run(subject())).toBe(1)
    expect(printed).toContain('FAILED wrong: parse: refused with wrong/fault: review and add it')
    expect(run(subject(), { 'accept-refusal': ['wrong', 'late'] })).toBe(0)
    expect(read('refusals.json')).toBe('{\n  "late": "late/fault",\n  "wrong": "wrong/fault"\n}\n')
    expect(run(subject(), { 'accept-refusal': ['good'] })).toBe(1)
  })

  test('in another corpus a case without a reviewed code passes when it is refused at its stage', () => {
    lists('', {})
    const away = { lists: join(folder, 'lists'), shared: undefined, color: false, print: () => {} }
    const options = { corpus: join(folder, 'corpus'), json: join(folder, 'out.json') }
    expect(conformance(options, { ...away, subject: subject() })).toBe(0)
    expect(conformance(options, { ...away, subject: subject({ '<wrong/>\n': [] }) })).toBe(1)
    expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))).toEqual({
      cases: 4,
      checks: {
        parse: { passed: 3, failed: 1 },
        format: { passed: 3, failed: 0 },
        reparse: { passed: 3, failed: 0 },
        argv: { passed: 3, failed: 0 },
      },
      passed: 3,
      accepted: { passed: 2, cases: 2 },
      refused: { passed: 1, cases: 2 },
      failed: [{ id: 'wrong', check: 'parse', reason: 'not refused' }],
    })
  })
})

test('the summary says what is not built, and what stops most', () => {
  lists('good\ndisk-bad\n')
  const unbuilt = (path: string) => ({ ...refusal('element/not-built'), path })
  const waits = {
    '<good/>\n': [unbuilt('/domain/devices/disk[2]')],
    '<bad/>\n': [unbuilt('/domain/devices/disk'), unbuilt('/domain/cpu')],
  }
  expect(run(subject(waits), { 'family-summary': true })).toBe(0)
  const summary = printed.join('\n')
  expect(summary).toMatch(/ 2 {5}1 {2}\/domain\/devices\/disk\n +1 {5}0 {2}\/domain\/cpu/)
  expect(summary).toContain('parse: refused: element/not-built /domain/devices/disk   e.g. good')
})

test('a subject that throws has failed the case, not the run', () => {
  lists('good\ndisk-bad\nwrong\nlate\n')
  const broken: Subject = () => {
    throw new Error('boom')
  }
  expect(run(broken)).toBe(0)
  expect(run(broken, { 'family-summary': true })).toBe(0)
  expect(printed.join('\n')).toMatch(/storage: 0 of 1 pass\n\s+1 {2}parse: threw boom/)
})

test('without a corpus the run is skipped and says so', () => {
  const lines: string[] = []
  const away = { lists: folder, shared: undefined, subject: subject(), color: false }
  expect(conformance({}, { ...away, print: (text) => lines.push(text) })).toBe(0)
  expect(lines.join()).toContain('SKIPPED')
})

test('--diff shows the lines that differ, and takes the beginning of an id', () => {
  lists('')
  expect(run(subject({}, badArgv), { diff: 'disk' })).toBe(1)
  expect(printed.join('\n')).toContain('- -device a\n+ -device b')
  expect(run(subject(), { diff: 'nothing' })).toBe(2)
})

test('a diff keeps two lines of context and matches up what is common', () => {
  const text = (...lines: string[]) => lines.join('\n')
  const before = text('1', '2', '3', '4', 'old', '6', '7', '8', '9', '10', '11')
  const after = text('1', '2', '3', '4', 'new', '6', '7', '8', '9', '10', '11', 'added')
  expect(lineDiff(before, after, false)).toBe(
    text('  ⋮', '  3', '  4', '- old', '+ new', '  6', '  7', '  ⋮', '  10', '  11', '+ added'),
  )
  expect(lineDiff(text('a', 'b', 'c'), text('b', 'c', 'd'), false)).toBe(text('- a', '  b', '  c', '+ d'))
})

describe.skipIf(skippedWithoutShared('the conformance setting'))('the corpus', () => {
  test('every case has its circumstances', { timeout: 60_000 }, () => {
    const root = join(shared ?? '', 'corpus')
    const setting = new Setting(root)
    const corpus = new Corpus(root)
    for (const testCase of corpus.cases) expect(setting.of(testCase).host.arch).toBe(testCase.arch)
    const byId = (id: string) => corpus.cases.find((testCase) => testCase.id === id) ?? corpus.cases[0]!
    const { host } = setting.of(byId('minimal.x86_64-latest'))
    expect(host.networks.find('nat-network;plug-bridge')?.port).toMatchObject({
      plug: { type: 'bridge', bridge: 'virbr0' },
      classId: 1729,
    })
    expect(host.networks.find('nat-network')).toBeUndefined()
    expect(host.storagePools.find('pool-iscsi-auth')).toMatchObject({ type: 'iscsi', auth: { username: 'admin' } })
    expect(host.storagePools.find('inactive')?.active).toBe(false)
    expect(host.storagePools.find('absent')).toBeUndefined()
    expect(host.storagePools.find('pool-disk')?.volume('dir+v')).toMatchObject({
      type: 'dir',
      path: '/some/dir/device/v',
    })
    expect(host.firmware[0]?.path).toBe('/etc/qemu/firmware/20-bios.json')
    expect(host.firmware.map(({ path }) => path)).not.toContain('/usr/share/qemu/firmware/92-masked.json')
    expect(host.vhostUser[0]?.descriptor.features).toContain('virgl')
    const value = host.secrets.find({ type: 'ceph', usage: 'mycluster_myname' })
    expect(value && host.secrets.seal(value)?.data).toMatch(/^9eao5F8q/)
    expect(host.secrets.find({ type: 'ceph', usage: 'unknown' })).toBeUndefined()
    expect(setting.of(byId('hvf-x86_64-q35-headless.x86_64-latest+hvf')).capabilities.accelerators).toContain('hvf')
  })
})
