import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const target = (inside: string) => `<serial type='pty'>${inside}</serial>`
const targets = (xml: string | undefined) =>
  [...(xml ?? '').matchAll(/<target type='(\S+-\S+)' port='(\d+)'>\s*<model name='(\S+)'/g)].map((it) => it.slice(1))

describe('a serial port', () => {
  test.each([
    ['x86_64', 'q35', 'isa-serial', 'isa-serial'],
    ['aarch64', 'virt', 'system-serial', 'pl011'],
    ['riscv64', 'virt', 'system-serial', '16550a'],
    ['ppc64', 'pseries', 'spapr-vio-serial', 'spapr-vty'],
    ['s390x', 's390-ccw-virtio', 'sclp-serial', 'sclpconsole'],
  ] as const)(
    'is of the own kind of %s %s, also where an old libvirt wrote isa-serial',
    async (arch, machine, type, model) => {
      for (const inside of ['', "<target type='isa-serial'/>"]) {
        expect(targets((await guest(target(inside), { arch, machine })).xml)).toEqual([[type, '0', model]])
      }
    },
  )

  test('is numbered after the highest', async () => {
    const { xml } = await guest(target("<target port='4'/>") + target('') + target("<target port='-1'/>"))
    expect(targets(xml).map(([, port]) => port)).toEqual(['4', '5', '6'])
  })

  test('shows its address on the ISA bus', async () => {
    const { devices } = await guest(target("<address type='isa' iobase='0x3f8' irq='0x4'/>"))
    expect(devices(/serial0/)).toEqual([
      '-device {"driver":"isa-serial","chardev":"charserial0","id":"serial0","index":0,"iobase":1016,"irq":4}',
    ])
  })

  test('on USB gets a port at the start', async () => {
    const { devices } = await guest(target("<target type='usb-serial'/>"))
    expect(devices(/usb-serial/)[0]).toContain('"bus":"usb.0","port":"1"')
  })

  test.each([
    ["<target type='isa-serial'><model name='pci-serial'/></target>", 'serial/model-target'],
    ["<target type='sclp-serial'/>", 'serial/machine'],
    ["<target type='usb-serial'/><address type='isa' iobase='0x3f8'/>", 'serial/address'],
  ])('%s is refused', async (inside, code) => {
    expect((await guest(target(inside))).codes).toEqual([code])
  })

  test('needs its device in QEMU', async () => {
    const { codes } = await guest(target("<target type='pci-serial'/>"), { capabilities: { remove: ['pci-serial'] } })
    expect(codes).toEqual(['serial/model-unsupported'])
  })
})

const isa = (port?: number) =>
  `<serial type='pty'><target type='isa-serial'${port === undefined ? '' : ` port='${port}'`}/></serial>`
const plain = "<serial type='pty'/>"

test.each([
  [
    [isa(1), isa()],
    [1, 0],
  ],
  [
    [isa(2), isa(), plain],
    [2, 0, 3],
  ],
  [
    [plain, isa()],
    [1, 0],
  ],
  [
    ["<serial type='pty'><target type='pci-serial'/></serial>", isa()],
    [1, 0],
  ],
  [
    ["<serial type='pty'><target port='3'/></serial>", "<serial type='pty'><target port='3'/></serial>"],
    [3, 3],
  ],
])('ports of ISA are the lowest that are free, others follow: %s', async (lines, ports) => {
  const { codes, xml } = await guest(lines.join(''), { machine: 'q35' })
  expect(codes).toEqual([])
  const serial = [...(xml ?? '').matchAll(/<serial .*\n\s*<target .*port='(\d+)'/g)]
  expect(serial.map((it) => Number(it[1]))).toEqual(ports)
})

test.each([[[isa(0), isa(0)]], [[isa(4)]], [[isa(400)]], [[isa(), isa(), isa(), isa(), isa()]]])(
  'no port of ISA: %s',
  async (lines) => {
    expect((await guest(lines.join(''))).codes).toContain('serial/isa-port')
  },
)

test.each(['serial', 'parallel', 'console'])(
  'the port of a %s is a number of 31 bits, or to be chosen',
  async (kind) => {
    const at = (port: string, release: '11.3' | '12.8') =>
      guest(`<${kind} type='pty'><target port='${port}'/></${kind}>`, { release })
    for (const port of ['-1', '4294967295']) {
      const older = await at(port, '11.3')
      expect(older.codes).toEqual([])
      expect(older.xml).toContain("port='0'")
      expect((await at(port, '12.8')).codes).toEqual(['value/invalid'])
    }
    expect((await at('0x1', '11.3')).codes).toEqual(['value/invalid'])
  },
)
