import { spawnSync } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bundle, domxml, fileWith, guest } from './run.ts'

describe('wrong usage ends with 2, and without a stack', () => {
  test.each([
    [['constructor'], 'unknown command'],
    [['__proto__', '-'], 'unknown command'],
    [['argv', '--host', 'nope', '-'], 'nope: cannot be read'],
    [['argv', '--host', 'constructor', '-'], 'constructor: cannot be read'],
    [['argv', '--qemu', 'constructor', '-'], 'no version of QEMU'],
    [['argv', '--libvirt', '__proto__', '-'], 'no version of libvirt'],
    [['argv', '--id', '2147483648', '-'], 'from -1 to 2147483647'],
    [['argv', '--id', '-2', '-'], 'from -1 to 2147483647'],
    [['explain', 'constructor'], 'no code'],
    [['capabilities', 'explain', 'constructor'], 'no flag'],
  ])('%s', (args, words) => {
    const { status, stderr } = domxml(args, guest())
    expect(stderr).toContain(words)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect(status).toBe(2)
  })
})

describe.skipIf(!existsSync('/dev/full'))('a full disk is a failure', () => {
  const full = () => openSync('/dev/full', 'w')
  const run = (args: readonly string[], stdio: ['pipe', 'pipe' | number, 'pipe' | number]) =>
    spawnSync(process.execPath, [bundle(), ...args], { input: guest(), encoding: 'utf8', stdio })

  test.each([[['argv', '-']], [['format', '-']], [['lint', '--format', 'json', '-']], [['--version']]])(
    '%s',
    (args) => {
      const { status, stderr } = run(args, ['pipe', full(), 'pipe'])
      expect(stderr).toContain('standard output cannot be written')
      expect(status).toBe(3)
    },
  )

  test('where findings cannot be told', () => {
    expect(run(['argv', '-'], ['pipe', 'pipe', full()]).status).toBe(3)
  })
})

describe('no more is read than a document may have', () => {
  const isTooLarge = ({ status, stderr }: { status: number | null; stderr: string }) => {
    expect(stderr).toContain('longer than the limit')
    expect(status).toBe(1)
  }

  test.skipIf(!existsSync('/dev/zero'))('a file without end', () => isTooLarge(domxml(['format', '/dev/zero'])))
  test('a large file', () => isTooLarge(domxml(['argv', fileWith(new Uint8Array(16 * 1024 * 1024 + 1))])))
  test.skipIf(!existsSync('/dev/zero'))('a pipe', () => {
    const { status, stderr } = spawnSync(process.execPath, [bundle(), 'argv', '-'], {
      encoding: 'utf8',
      stdio: [openSync('/dev/zero', 'r'), 'pipe', 'pipe'],
    })
    isTooLarge({ status, stderr })
  })
  test.skipIf(!existsSync('/dev/zero'))('a host file without end', () => {
    const { status, stderr } = domxml(['argv', '--host', '/dev/zero', '-'], guest())
    expect(stderr).toContain('/dev/zero: cannot be read')
    expect(status).toBe(2)
  })
})

test('--stats tells where the time went, and leaves standard output alone', () => {
  const { stdout, stderr, status } = domxml(['argv', '--stats', '-'], guest())
  expect(status).toBe(0)
  expect(stdout).toBe(domxml(['argv', '-'], guest()).stdout)
  const stages = [
    'start',
    'read',
    'load',
    'parse',
    'defaults',
    'addresses',
    'validate',
    'format',
    'argv',
    'print',
    'all',
  ]
  const told = stderr.split('\n').slice(-13)
  expect(told.slice(0, 11).map((line) => /^([a-z]+) +\d+\.\d ms$/.exec(line)?.[1])).toEqual(stages)
  expect(told[11]).toMatch(/^files 1, findings \d+, arguments \d+$/)
})
