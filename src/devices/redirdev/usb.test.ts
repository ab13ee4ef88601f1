import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('nothing is redirected to a guest without USB', async () => {
  const redirdev = "<graphics type='spice'/><redirdev bus='usb' type='spicevmc'/>"
  const codesOf = async (devices: string) => (await guest(devices, { arch: 'riscv64', machine: 'virt' })).codes
  expect(await codesOf(redirdev)).toContain('redirdev/no-usb')
  expect(await codesOf(`<controller type='usb' model='qemu-xhci'/>${redirdev}`)).not.toContain('redirdev/no-usb')
})
