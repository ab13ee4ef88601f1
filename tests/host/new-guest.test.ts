import { expect, test } from 'vitest'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { convert } from '../../src/convert.ts'
import { genericHost } from '../../src/host/generic.ts'

const source = `<domain type='qemu'><name>guest</name><memory>1048576</memory>
  <os><type arch='ppc64' machine='pseries'>hvm</type></os>
  <devices><controller type='usb' index='0'/></devices></domain>`

test('a definition is new unless it is said to exist, as for virsh define', async () => {
  const { build } = chooseBuild('ppc64')
  const options = { capabilities: await loadBuiltin(build!), host: genericHost('ppc64') }
  const usb = (existing?: boolean) =>
    /<controller type='usb' index='0' model='(.*?)'/.exec(
      convert(source, existing === undefined ? options : { ...options, abiUpdate: !existing }).xml ?? '',
    )?.[1]
  expect(usb()).toBe('qemu-xhci')
  expect(usb(false)).toBe('qemu-xhci')
  expect(usb(true)).toBe('pci-ohci')
})
