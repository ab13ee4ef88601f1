import { describe, expect, it } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const lun = (unit: number, rest = '', attributes = '') => `<hostdev mode='subsystem' type='scsi'${attributes}>
  <source><adapter name='scsi_host0'/><address bus='0' target='0' unit='${unit}'/></source>${rest}</hostdev>`
const virtioScsi = "<controller type='scsi' index='0' model='virtio-scsi'/>"
const host = { scsiGenericName: 'sg3' }

describe('SCSI host devices', () => {
  it('take the first free unit, and another controller of the same model where all are taken', async () => {
    const disk = "<disk type='file'><source file='/a'/><target dev='sdb' bus='scsi'/></disk>"
    const { devices, xml } = await guest(disk + virtioScsi + Array.from({ length: 7 }, (_, n) => lun(n)).join(''), {
      host,
    })
    const places = devices(/scsi-generic/).map((line) => line.match(/"bus".*/)?.[0])
    expect(places[0]).toContain('"bus":"scsi0.0","channel":0,"scsi-id":0,"lun":0')
    expect(places[1]).toContain('"lun":2')
    expect(places[6]).toContain('"bus":"scsi1.0","channel":0,"scsi-id":0,"lun":0')
    expect(xml).toContain("<controller type='scsi' index='1' model='virtio-scsi'>")
  })

  it('count their nodes on from those of the disks, and boot', async () => {
    const disk = "<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/></disk>"
    const { lines } = await guest(disk + virtioScsi + lun(0, "<readonly/><boot order='2'/>"), { host })
    expect(lines.find((line) => line.includes('/dev/sg3'))).toContain(
      '"node-name":"libvirt-2-backend","read-only":true',
    )
    expect(lines.find((line) => line.includes('scsi-generic'))).toContain('"id":"hostdev0","bootindex":2,"bus"')
  })

  it('open iSCSI by the name of the initiator; a name without a LUN means LUN 0', async () => {
    const { lines, xml } = await guest(`<hostdev mode='subsystem' type='scsi' rawio='yes'>
      <source protocol='iscsi' name='iqn.a'><host name='fd00::1'/><initiator><iqn name='iqn.me'/></initiator></source>
    </hostdev>`)
    expect(lines.find((line) => line.includes('"driver":"iscsi"'))).toContain(
      '"portal":"[fd00::1]:0","target":"iqn.a","lun":0,"transport":"tcp","initiator-name":"iqn.me"',
    )
    expect(xml).toContain("<source protocol='iscsi' name='iqn.a/0'>")
    expect(xml).toContain("rawio='yes'")
  })

  it.each([
    ['host/unknown', lun(0)],
    ['hostdev/duplicate', lun(0) + lun(0)],
    ['hostdev/scsi-address-type', lun(0, "<address type='pci' bus='0' slot='9'/>")],
    ['hostdev/sgio-unfiltered', lun(0, '', " sgio='unfiltered'")],
    [
      'hostdev/scsi-without-adapter',
      "<hostdev type='scsi'><source><address bus='0' target='0' unit='0'/></source></hostdev>",
    ],
    ['hostdev/scsi-address', "<hostdev type='scsi'><source><adapter name='scsi_host0'/></source></hostdev>"],
    ['hostdev/iscsi-without-name', "<hostdev type='scsi'><source protocol='iscsi'><host name='a'/></source></hostdev>"],
    ['hostdev/iscsi-host', "<hostdev type='scsi'><source protocol='iscsi' name='a'/></hostdev>"],
    [
      'hostdev/scsi-protocol',
      "<hostdev type='scsi'><source protocol='nbd' name='a'><host name='b'/></source></hostdev>",
    ],
    [
      'address/scsi-place',
      `<controller type='scsi' index='0' model='lsilogic'/>${lun(0, "<address type='drive' target='1'/>")}`,
    ],
  ])('%s', async (code, devices) => {
    expect((await guest(devices)).codes).toContain(code)
  })
})

describe('vhost-scsi', () => {
  const target = (rest = '', attributes = '', wwpn = 'naa.5123456789abcde0') =>
    `<hostdev mode='subsystem' type='scsi_host'${attributes}><source protocol='vhost' wwpn='${wwpn}'/>${rest}</hostdev>`

  it('is opened by QEMU itself where the host hands out no descriptor', async () => {
    const { devices } = await guest(target('', " model='virtio-transitional'"))
    expect(devices(/vhost-scsi/)[0]).toMatch(
      /^-device \{"driver":"vhost-scsi-pci-transitional","wwpn":"naa.5123456789abcde0","id":"hostdev0"/,
    )
  })

  it.each([
    ['hostdev/wwpn', target('', '', 'naa.512')],
    ['hostdev/scsi-host-boot', target("<boot order='1'/>")],
    ['hostdev/scsi-host-address-type', target("<address type='drive'/>")],
    ['hostdev/scsi-host-protocol', "<hostdev type='scsi_host'><source wwpn='naa.5123456789abcde0'/></hostdev>"],
  ])('%s', async (code, devices) => {
    expect((await guest(devices)).codes).toContain(code)
  })
})
