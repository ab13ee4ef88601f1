import { type ConvertOptions, convert } from '../src/convert.ts'
import { best, type Row } from './timing.ts'

function guest(devices: number): string {
  const hostdevs = Array.from({ length: devices }, (_, index) => {
    const bus = (index >> 5) & 0xff
    const slot = index & 0x1f
    return `<hostdev mode='subsystem' type='pci'><source><address domain='0x0001' bus='0x${bus.toString(16)}' slot='0x${slot.toString(16)}' function='0x1'/></source></hostdev>`
  })
  return `<domain type='qemu'><name>large</name><uuid>7b1a3c52-6f0e-4f4c-9d0c-3a0b7c5f6e21</uuid><memory>1048576</memory><os><type arch='x86_64' machine='pc'>hvm</type></os><devices>${hostdevs.join('')}</devices></domain>`
}

/** A guest with ten times the devices, as a ratio to the small one. */
export function scaleRatio(options: ConvertOptions): Row[] {
  const seconds = [100, 1000].map((devices) => {
    const source = guest(devices)
    const { diagnostics, argv } = convert(source, options)
    if (argv === undefined) throw new Error(`the guest with ${devices} devices is refused: ${diagnostics[0]?.message}`)
    return best(() => convert(source, options), 5)
  })
  return [{ what: '1000 devices / 100 devices', ratio: seconds[1]! / seconds[0]!, note: 'a little over 10 is the aim' }]
}
