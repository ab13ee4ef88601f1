import { beforeAll, describe, expect, test } from 'vitest'
import { domxml, fileWith, guest } from './run.ts'

beforeAll(() => {
  domxml(['--version'])
}, 60_000)

const disk = `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/a.img'/><target dev='vda' bus='virtio'/></disk>`

describe('argv --diff', () => {
  test('two releases serve the same guest in other ways', () => {
    const { status, stdout } = domxml(['argv', '--diff', 'libvirt=10.1', fileWith(guest({ devices: disk }))])
    expect(status).toBe(0)
    expect(stdout).toContain('  - -mon chardev=charmonitor')
    expect(stdout).toContain('  + -object {"qom-type":"monitor-qmp"')
    expect(stdout).not.toContain('The guest sees')
  })

  test('another QEMU gives another machine; a release against itself gives nothing', () => {
    const file = fileWith(guest())
    const { stdout } = domxml(['argv', '--diff', 'qemu=8.2.0', '--json', file])
    expect(JSON.parse(stdout)).toMatchObject({
      differences: expect.arrayContaining([
        {
          group: 'guest',
          option: '-machine',
          before: expect.stringContaining('pc-q35-8.2'),
          after: expect.any(String),
        },
      ]),
    })
    expect(domxml(['argv', '--diff', 'libvirt=12.8', file]).stdout).toContain('the command lines are equal')
  })

  test('a side that is none is refused, as is standard input', () => {
    expect(domxml(['argv', '--diff', '10.1', fileWith(guest())]).status).toBe(2)
    expect(domxml(['argv', '--diff', 'libvirt=10.1', '-'], guest()).status).toBe(2)
  })
})

describe('libvirt diff', () => {
  test('lists what came, as text and as JSON', () => {
    expect(domxml(['libvirt', 'diff', '10.1', '12.8']).stdout).toMatch(
      /^10\.6 +new element +\/domain\/devices\/pstore /m,
    )
    const { from, changes } = JSON.parse(domxml(['libvirt', 'diff', '10.1', '10.6', '--json']).stdout)
    expect(from).toBe('10.1')
    expect(changes.at(-1)).toMatchObject({ release: '10.6', kind: 'element' })
  })

  test('the older stands first, and a release that is not known is refused', () => {
    expect(domxml(['libvirt', 'diff', '12.8', '10.1']).status).toBe(2)
    expect(domxml(['libvirt', 'diff', '9.0', '10.1']).status).toBe(2)
  })
})

describe('requires', () => {
  test('names the libvirt that has an element, and its line', () => {
    const file = fileWith(
      guest({
        devices: `<memballoon model='none'/><pstore backend='acpi-erst'><path>/p</path><size unit='KiB'>64</size></pstore>`,
      }),
    )
    const { status, stdout } = domxml(['requires', '--json', file])
    expect(status).toBe(0)
    expect(JSON.parse(stdout).libvirt).toMatchObject({
      oldest: '10.6',
      because: [{ code: 'element/newer', line: expect.any(Number) }],
    })
  })

  test('names the QEMU that has a machine type, and the one that lost it', () => {
    const { stdout } = domxml(['requires', '-'], guest().replace("machine='q35'", "machine='pc-q35-8.0'"))
    expect(stdout).toMatch(/^QEMU 8\.0\.0 or later/m)
    expect(stdout).toMatch(/line \d+: .*pc-q35-8\.0/)
  })

  test('a domain that none takes ends with 1', () => {
    const { status, stdout } = domxml(['requires', '-'], guest().replace("machine='q35'", "machine='nothing'"))
    expect(status).toBe(1)
    expect(stdout).toContain('QEMU: none takes it')
  })
})
