/** Guests with any number of one thing: what a conversion costs must not grow faster than the number. */
export interface Countable {
  readonly what: string
  guest(count: number): string
}

interface Parts {
  readonly devices?: string
  readonly before?: string
  readonly after?: string
  readonly machine?: string
}

function domain({ devices = '', before = '', after = '', machine = 'q35' }: Parts): string {
  return `<domain type='qemu'><name>large</name><uuid>7b1a3c52-6f0e-4f4c-9d0c-3a0b7c5f6e21</uuid>${before}<memory>1048576</memory><os><type arch='x86_64' machine='${machine}'>hvm</type></os>${after}<devices>${devices}</devices></domain>`
}

const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => one(i)).join('')
const devices = (what: string, one: (index: number) => string): Countable => ({
  what,
  guest: (count) => domain({ devices: many(count, one), machine: 'pc' }),
})

const hex = (value: number): string => value.toString(16).padStart(2, '0')
const pci = (index: number, inside = ''): string =>
  `<hostdev mode='subsystem' type='pci'><source><address domain='0x${hex(index >> 13)}' bus='0x${hex((index >> 5) & 0xff)}' slot='0x${hex(index & 0x1f)}' function='0x1'>${inside}</address></source></hostdev>`
const token = (index: number): string =>
  `<vf-token uuid='7b1a3c52-6f0e-4f4c-9d0c-${index.toString(16).padStart(12, '0')}'/>`

function letters(index: number): string {
  const rest = Math.floor(index / 26) - 1
  return (rest < 0 ? '' : letters(rest)) + String.fromCharCode(97 + (index % 26))
}

const disk = (index: number, bus: string, target: string, inside = ''): string =>
  `<disk type='file' device='disk'><source file='/images/${index}'/>${inside}<target dev='${target}' bus='${bus}'/></disk>`

export const countables: readonly Countable[] = [
  devices('virtio disks', (index) => disk(index, 'virtio', `vd${letters(index)}`)),
  devices('SCSI disks', (index) => disk(index, 'scsi', `sd${letters(index)}`)),
  devices('disks of one target', (index) => disk(index, 'virtio', 'vda')),
  devices(
    'interfaces',
    (index) =>
      `<interface type='user'><mac address='52:54:00:00:${hex(index >> 8)}:${hex(index & 0xff)}'/></interface>`,
  ),
  devices('host devices', (index) => pci(index)),
  devices('VF tokens', (index) => pci(index, token(index))),
  devices(
    'SCSI host devices',
    (index) =>
      `<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host${index}'/><address bus='0' target='0' unit='0'/></source></hostdev>`,
  ),
  devices('USB devices', () => "<input type='tablet' bus='usb'/>"),
  devices(
    'USB host devices',
    (index) =>
      `<hostdev mode='subsystem' type='usb'><source><vendor id='0x${(index + 1).toString(16)}'/><product id='0x1'/></source></hostdev>`,
  ),
  devices('serial ports', () => "<serial type='pty'/>"),
  devices('ISA serial ports', () => "<serial type='pty'><target type='isa-serial'/></serial>"),
  devices('channels', (index) => `<channel type='pty'><target type='virtio' name='c${index}'/></channel>`),
  devices('VNC passwords', (index) => `<graphics type='vnc' passwd='secret${index}'/>`),
  devices('unknown siblings', () => '<unheard/>'),
  devices('unknown attributes', () => "<hub type='usb' unheard='1'/>"),
  devices('metadata of devices', (index) => `<hub type='usb'><alias name='ua-${index}'/></hub>`),
  {
    what: 'DIMMs',
    guest: (count) =>
      domain({
        before: `<maxMemory slots='${count}' unit='KiB'>16777216000</maxMemory>`,
        after: "<cpu><numa><cell id='0' cpus='0' memory='1048576'/></numa></cpu>",
        devices: many(
          count,
          () => "<memory model='dimm'><target><size unit='MiB'>128</size><node>0</node></target></memory>",
        ),
      }),
  },
  {
    what: 'security labels',
    guest: (count) => domain({ after: many(count, (i) => `<seclabel type='none' model='m${i}'/>`) }),
  },
  {
    what: 'CPU features',
    guest: (count) =>
      domain({
        after: `<cpu mode='custom'><model>qemu64</model>${many(count, (i) => `<feature policy='disable' name='feature-${i + 10_000}'/>`)}</cpu>`,
      }),
  },
  {
    what: 'NUMA cells',
    guest: (count) =>
      domain({ after: `<cpu><numa>${many(count, (i) => `<cell id='${i}' memory='1024'/>`)}</numa></cpu>` }),
  },
  {
    what: 'single CPUs, from the last',
    guest: (count) =>
      domain({
        before: `<vcpu>${count}</vcpu><vcpus>${many(count, (i) => `<vcpu id='${count - 1 - i}' enabled='${i === count - 1 ? 'yes' : 'no'}'/>`)}</vcpus>`,
      }),
  },
  {
    what: 'sections that stand again',
    guest: (count) => domain({ before: many(count, () => '<memtune><hard_limit>1048576</hard_limit></memtune>') }),
  },
  {
    what: 'backing images',
    // Elements stand in each other only so deep: chains side by side.
    guest: (count) =>
      domain({
        machine: 'pc',
        devices: many(Math.ceil(count / 10), (index) => {
          const chain = `${many(10, (i) => `<backingStore type='file'><format type='qcow2'/><source file='/b/${index}-${i}'/>`)}<backingStore/>${'</backingStore>'.repeat(10)}`
          return disk(index, 'virtio', `vd${letters(index)}`, chain)
        }),
      }),
  },
  {
    what: 'metadata',
    guest: (count) =>
      domain({
        before: `<metadata><a:a xmlns:a='urn:a'>${many(count, (i) => `<a:b c='${i}'>text</a:b>`)}</a:a></metadata>`,
      }),
  },
  {
    what: 'iothreads',
    guest: (count) =>
      domain({ before: `<iothreadids>${many(count, (i) => `<iothread id='${i + 1}'/>`)}</iothreadids>` }),
  },
  {
    what: 'arguments for QEMU',
    guest: (count) =>
      domain({}).replace(
        '</domain>',
        `<q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>${many(count, (i) => `<q:arg value='password=${i}'/>`)}</q:commandline></domain>`,
      ),
  },
]
