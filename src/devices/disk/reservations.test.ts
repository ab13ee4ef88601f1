import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const lun = (name: string, unit: number, reservations: string) => `<disk type='block' device='lun'>
  <driver name='qemu' type='raw'/>
  <source dev='/dev/${name}'>${reservations}</source>
  <target dev='sd${'ab'[unit]}' bus='scsi'/>
  <address type='drive' controller='0' bus='0' target='0' unit='${unit}'/>
</disk>`
const scsi = "<controller type='scsi' index='0' model='virtio-scsi'/>"

test('one helper is started for all managed reservations, an own one is named after the storage', async () => {
  const own = "<reservations managed='no'><source type='unix' path='/run/own.sock' mode='client'/></reservations>"
  const { lines, conversion } = await guest(scsi + lun('a', 0, "<reservations managed='yes'/>") + lun('b', 1, own))
  expect(conversion.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const helpers = lines.filter((line) => line.includes('"pr-manager-helper"'))
  expect(helpers).toEqual([
    '-object {"qom-type":"pr-manager-helper","id":"pr-helper0","path":"/var/lib/libvirt/qemu/domain--1-guest/pr-helper0.sock"}',
    '-object {"qom-type":"pr-manager-helper","id":"pr-helper-libvirt-1-storage","path":"/run/own.sock"}',
  ])
  const blockdev = (name: string) => lines.find((line) => line.includes(`"filename":"/dev/${name}"`))
  expect(blockdev('a')).toContain('"filename":"/dev/a","pr-manager":"pr-helper0"')
  expect(blockdev('b')).toContain('"pr-manager":"pr-helper-libvirt-1-storage"')
})

test('reservations migrate since 12.1, where QEMU can', async () => {
  const xml = scsi + lun('a', 0, "<reservations managed='yes' migration='no'/>")
  const capabilities = { add: ['scsi-block.migrate-pr'] } as const
  const { devices } = await guest(xml, { release: '12.1', capabilities })
  expect(devices(/scsi-block/)[0]).toMatch(/,"migrate-pr":false}'?$/)
  expect((await guest(xml, { release: '12.1' })).codes).toContain('disk/reservations-migration-unsupported')
  const older = await guest(xml, { release: '11.3', capabilities })
  expect(older.conversion.diagnostics).toContainEqual(expect.objectContaining({ code: 'attribute/newer' }))
  expect(older.devices(/scsi-block/)[0]).not.toContain('migrate-pr')
})
