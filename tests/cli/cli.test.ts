import { beforeAll, describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { evidence } from '../../src/release/choose.ts'
import { version } from '../../src/version.ts'
import { domxml, fileWith, guest } from './run.ts'

const token = 'c4d0f6a3-5be1-4c0e-8f57-91e2d8a64b0d'
const hostdev = (uuid: string) => `<hostdev mode='subsystem' type='pci' managed='yes'>
      <source>
        <address domain='0x0000' bus='0x03' slot='0x00' function='0x1'>
          <vf-token uuid='${uuid}'/>
        </address>
      </source>
    </hostdev>`

beforeAll(() => {
  domxml(['--version'])
}, 60_000)

describe('argv', () => {
  test('prints for a shell, one option a line, and ends with 0', () => {
    const { status, stdout, stderr } = domxml(['argv', '-'], guest())
    expect(stderr).toContain('[host/assumed]')
    expect(stderr).not.toMatch(/error|warning/)
    expect(status).toBe(0)
    expect(stdout).toContain('-name guest=small,debug-threads=on \\\n-S \\\n')
  })

  test('--format json gives what execve takes; --id is in the paths', () => {
    const { stdout } = domxml(['argv', '--format', 'json', '--id', '7', fileWith(guest())])
    const { env, binary, args } = JSON.parse(stdout) as { env: Record<string, string>; binary: string; args: string[] }
    expect(binary).toBe('/usr/bin/qemu-system-x86_64')
    expect(env.HOME).toBe('/var/lib/libvirt/qemu/domain-7-small')
    expect(args.slice(0, 2)).toEqual(['-name', 'guest=small,debug-threads=on'])
  })

  test('--format lines prints one word a line', () => {
    const { stdout } = domxml(['argv', '--format', 'lines', '-'], guest())
    expect(stdout.split('\n')).toContain('guest=small,debug-threads=on')
  })

  test('--explain names the line of what stands in the file, and the rule of what does not', () => {
    const { stdout } = domxml(['argv', '--explain', '-'], guest())
    expect(stdout).toMatch(/guest=small\s+<stdin>:2:\d+ \/domain\/name/)
    expect(stdout).toMatch(/debug-threads=on\s+rule identity\/debug-threads/)
  })

  test('the token is printed, explained without it, and hidden on request', () => {
    const file = fileWith(guest({ devices: hostdev(token) }))
    expect(domxml(['argv', file]).stdout).toContain(`"host":"0000:03:00.1","vf-token":"${token}","id":"hostdev0"`)
    const redacted = domxml(['argv', '--redact', file])
    expect(redacted.status).toBe(0)
    expect(redacted.stdout).toContain('"vf-token":"***"')
    const explained = domxml(['argv', '--explain', '--format', 'json', file])
    expect(`${redacted.stdout}${explained.stdout}${explained.stderr}`).not.toContain(token)
  })

  test('an old QEMU is refused with the capability and the version that has it, never with the token', () => {
    const { status, stdout, stderr } = domxml(['argv', '--qemu', '8.0.0', '-'], guest({ devices: hostdev(token) }))
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('hostdev/vf-token-unsupported')
    expect(stderr).toContain('vfio-pci.vf-token')
    expect(stderr).toContain('8.1')
    expect(stderr).not.toContain(token)
  })

  test('a published token is a warning, and not shown in the code frame', () => {
    const published = '00112233-4455-6677-8899-aabbccddeeff'
    const { status, stderr } = domxml(['argv', '-'], guest({ devices: hostdev(published) }))
    expect(status).toBe(0)
    expect(stderr).toContain('hostdev/vf-token-published')
    expect(stderr).not.toContain(published)
  })
})

describe('format', () => {
  test('fills defaults, and what it prints it prints again', () => {
    const once = domxml(['format', '-'], guest())
    expect(once.stdout).toContain('<emulator>/usr/bin/qemu-system-x86_64</emulator>')
    const twice = domxml(['format', '-'], once.stdout)
    expect(twice.stdout).toBe(once.stdout)
  })

  test('--as-is fills nothing', () => {
    expect(domxml(['format', '--as-is', '-'], guest()).stdout).not.toContain('emulator')
  })
})

describe('validate', () => {
  test('says what libvirt ignores; --strict makes it an error', () => {
    const source = guest({ devices: "<memballon model='none'/>" })
    const lax = domxml(['validate', '-'], source)
    expect(lax.status).toBe(0)
    expect(lax.stderr).toContain('<stdin>:10:6: warning: <devices> has no element <memballon>')
    expect(lax.stderr).toContain('Did you mean <memballoon>?')
    expect(domxml(['validate', '--strict', '-'], source).status).toBe(1)
  })

  test('--format json has places', () => {
    const { status, stdout } = domxml(['validate', '--format', 'json', '-'], guest({ rest: '<vcpu>many</vcpu>' }))
    expect(status).toBe(1)
    const { findings } = JSON.parse(stdout) as { findings: { code: string; line: number; path: string }[] }
    expect(findings).toMatchObject([{ code: 'value/invalid', line: 8, path: '/domain/vcpu' }])
  })
})

describe('bad input', () => {
  test.each([
    ['not XML', 'hello', 'xml/'],
    ['a document type', '<!DOCTYPE domain><domain/>', 'xml/'],
    ['another root', '<network/>', 'domain/wrong-root'],
    ['unclosed', '<domain><name>x</domain>', 'xml/'],
    ['too deep', '<a>'.repeat(300), 'xml/'],
    ['empty', '', 'xml/'],
  ])('%s: one diagnostic, status 1, no stack', (_name, source, code) => {
    const { status, stdout, stderr } = domxml(['argv', '-'], source)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(`[${code}`)
    expect(stderr.match(/ error: /g)).toHaveLength(1)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test('not UTF-8', () => {
    const { status, stderr } = domxml(['validate', fileWith(new Uint8Array([0x3c, 0x61, 0xff, 0xfe, 0x3e]))])
    expect(status).toBe(1)
    expect(stderr).toContain('[xml/')
  })
})

describe('usage', () => {
  test.each([
    [['argv', '/no/such/file.xml'], 'there is no such file'],
    [['argv', '--qemu', 'new', '-'], 'version'],
    [['argv', '--qemu', '8.2', '--capabilities', 'x', '-'], 'exclude'],
    [['argv', '--capabilties', 'x', '-'], '--capabilities'],
    [['argv'], 'missing required argument'],
    [['argvv', '-'], 'argv'],
  ])('%s ends with 2', (args, words) => {
    const { status, stderr } = domxml(args, guest())
    expect(status).toBe(2)
    expect(stderr).toContain(words)
  })

  test('--version names libvirt', () => {
    expect(domxml(['--version']).stdout.trim()).toBe(`domxml ${version}, faithful to libvirt ${evidence.join(', ')}`)
    expect(version).toBe(packageJson.version)
  })
})
