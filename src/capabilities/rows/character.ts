import { schema, type, unseen } from '../evidence.ts'
import { type Rows, row } from './row.ts'

/** Character devices, serial ports, consoles, input and sound. */
export const character = {
  'chardev.json': row('`-chardev` in JSON', unseen, { since: '11.3' }),
  'chardev-reconnect': row(
    'socket of a character device that connects again (`<reconnect>`)',
    schema('chardev-add/arguments/backend/[socket]/data/reconnect'),
  ),
  'chardev-reconnect-miliseconds': row(
    'socket of a character device that connects again, its delay in milliseconds (`reconnect-ms`)',
    schema('chardev-add/arguments/backend/[socket]/data/reconnect-ms'),
    { since: '11.3' },
  ),
  'chardev.qemu-vdagent': row(
    "`<channel type='qemu-vdagent'>`",
    schema('chardev-add/arguments/backend/type/=qemu-vdagent'),
  ),
  'hda-duplex': row("HDA codec `<codec type='duplex'/>`", type('hda-duplex')),
  'hda-micro': row("HDA codec `<codec type='micro'/>`", type('hda-micro')),
  'hda-output': row("HDA codec `<codec type='output'/>`", type('hda-output')),
  'ich9-intel-hda': row("sound device `model='ich9'`", type('ich9-intel-hda')),
  'input-linux': row("input device of the host (`<input type='evdev'>`)", type('input-linux')),
  'isa-serial': row("serial port `<target type='isa-serial'>`", type('isa-serial')),
  'pci-serial': row("serial port `<target type='pci-serial'>`", type('pci-serial')),
  pl011: row("serial port `<model name='pl011'/>`", type('pl011')),
  's390-sclp': row("console `<target type='sclp'>`", type('sclpconsole')),
  sclplmconsole: row("console `<target type='sclplm'>`", type('sclplmconsole')),
  'spapr-vty': row("serial port `<target type='spapr-vio-serial'>`", type('spapr-vty')),
  'virtio-input-host': row(
    "input device of the host by virtio (`<input type='passthrough'>`)",
    type('virtio-input-host-device'),
  ),
  'virtio-keyboard': row('virtio keyboard', type('virtio-keyboard-device')),
  'virtio-keyboard-ccw': row('virtio keyboard on the CCW bus', type('virtio-keyboard-ccw')),
  'virtio-mouse': row('virtio mouse', type('virtio-mouse-device')),
  'virtio-mouse-ccw': row('virtio mouse on the CCW bus', type('virtio-mouse-ccw')),
  'virtio-sound': row("sound device `model='virtio'`", type('virtio-sound-device'), { since: '10.4' }),
  'virtio-tablet': row('virtio tablet', type('virtio-tablet-device')),
  'virtio-tablet-ccw': row('virtio tablet on the CCW bus', type('virtio-tablet-ccw')),
} satisfies Rows
