import { describe, expect, test } from 'vitest'
import { guest } from '../guest.ts'

const disk = (inner: string) => `<disk type='file'><source file='/a'/><target dev='sda' bus='scsi'/>${inner}</disk>`
const net = (inner: string) => `<interface type='bridge'><source bridge='b'/><model type='virtio'/>${inner}</interface>`
const audio = (inner: string) => `<audio id='1' type='pulseaudio'>${inner}</audio>`
const memory = (inner: string) =>
  `<memory model='virtio-mem'><target><size>131072</size><node>0</node>${inner}</target></memory>`
const cells =
  '<maxMemory slots="4">9999999</maxMemory><vcpu>2</vcpu><cpu><numa><cell id="0" cpus="0-1" memory="262144"/></numa></cpu>'

/** Spellings of numbers, as libvirt 11.3 and 12.8 read them: what is printed of each. */
describe('a number is read as libvirt reads it', () => {
  test.each([
    [disk("<blockio logical_block_size='01000'/>"), "logical_block_size='1000'"],
    [disk("<geometry cyls='010' heads='010' secs='010'/>"), "cyls='10' heads='10' secs='10'"],
    [audio("<input latency='010' bufferLength='010'/>"), "bufferLength='10' latency='10'"],
    [
      net("<bandwidth><inbound average='4294967296' peak='0' burst='0'/></bandwidth>"),
      "<inbound average='4294967296'/>",
    ],
    [net("<driver rx_queue_size='0' tx_queue_size='512'/>"), "<driver tx_queue_size='512'/>"],
    ["<sound model='ac97'><address type='isa' iobase='10' irq='0'/></sound>", "<address type='isa' iobase='0x10'/>"],
    ["<sound model='ac97'><address type='dimm' slot='010' base=' +10'/></sound>", "slot='10' base='0x10'"],
    ["<graphics type='vnc' port='5901' websocket='0'/>", "<graphics type='vnc' port='5901' autoport='no'>"],
    ["<graphics type='vnc' autoport='no'/>", "<graphics type='vnc' autoport='no'>"],
    ["<video><model type='virtio' heads='0'/></video>", "<model type='virtio' primary='yes'/>"],
    ["<controller type='scsi' model='virtio-scsi'><driver queues='010'/></controller>", "<driver queues='10'/>"],
  ])('%s', async (devices, printed) => {
    const { codes, xml } = await guest(devices, { machine: 'q35' })
    expect(codes.filter((code) => code !== 'graphics/vnc-port')).toEqual([])
    expect(xml).toContain(printed)
  })

  test.each([
    [
      "<clock offset='utc'><timer name='rtc' tickpolicy='catchup'><catchup slew='4294967296'/></timer></clock>",
      "slew='4294967296'",
    ],
    ["<iothreadids><iothread id='1'><poll max='4294967296'/></iothread></iothreadids>", "max='4294967296'"],
    ['<cputune><quota>0</quota><period>5000</period></cputune>', '<cputune>\n    <period>5000</period>\n  </cputune>'],
    ["<features><hyperv><spinlocks state='on' retries='4294967295'/></hyperv></features>", "<spinlocks state='on'/>"],
    ["<vcpu>2</vcpu><cpu><numa><cell id='0' cpus='0-1' memory='0'/></numa></cpu>", "memory='0'"],
  ])('%s', async (sections, printed) => {
    const { codes, xml } = await guest('', { machine: 'q35', sections })
    expect(codes).toEqual([])
    expect(xml).toContain(printed)
  })

  test.each([
    [disk("<blockio logical_block_size='0x1000'/>"), 'value/invalid'],
    [audio("<input latency='0x10'/>"), 'value/invalid'],
    [net("<bandwidth><inbound average='1' burst='4194304'/></bandwidth>"), 'value/invalid'],
    ["<sound model='virtio' streams='0'/>", 'value/invalid'],
    ["<video><model type='cirrus' heads='0'/></video>", 'video/heads'],
    ["<controller type='scsi' index='2147483648'/>", 'value/invalid'],
  ])('%s is refused', async (devices, code) => {
    expect((await guest(devices, { release: '12.8' })).codes).toContain(code)
  })

  test('parts of a geometry reach QEMU, and are not printed', async () => {
    const given =
      "<disk type='file'><source file='/a'/><target dev='hda' bus='ide'/><geometry cyls='0' heads='16' secs='63'/></disk>"
    const { xml, devices } = await guest(given)
    expect(xml).not.toContain('<geometry')
    expect(devices(/ide-hd/).join()).toContain('"heads":16,"secs":63')
  })

  test.each([
    ["<block>2048</block><requested>0</requested><address base='0x150000400'/>", 'memory/address-unaligned'],
    ['<block>3000</block><requested>0</requested>', 'memory/block-not-power-of-two'],
  ])('memory: %s', async (inner, code) => {
    expect((await guest(memory(inner), { machine: 'q35', sections: cells })).codes).toContain(code)
  })

  test('what libvirt takes and QEMU does not is a warning', async () => {
    const odd = memory('<block>2048</block><requested>0</requested>').replace('131072', '131073')
    const { codes, warnings } = await guest(odd, { machine: 'q35', sections: cells })
    expect(codes).toEqual([])
    expect(warnings).toContain('memory/size-not-in-blocks')
    const weight = await guest('', { sections: '<blkiotune><weight>1001</weight></blkiotune>' })
    expect(weight.warnings).toContain('blkiotune/weight')
  })

  test('virtualport numbers are decimal since 12.8', async () => {
    const port = (release: '11.3' | '12.8') =>
      guest(
        "<interface type='direct'><source dev='eth0' mode='vepa'/><virtualport type='802.1Qbg'>" +
          "<parameters managerid='010' typeid='5' typeidversion='1' instanceid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f'/></virtualport></interface>",
        { release },
      )
    expect((await port('11.3')).xml).toContain("managerid='8'")
    expect((await port('12.8')).xml).toContain("managerid='10'")
  })

  test('cells without any memory leave what <memory> says', async () => {
    const sections = "<vcpu>2</vcpu><cpu><numa><cell id='0' cpus='0-1' memory='0'/></numa></cpu>"
    const { xml, options } = await guest('', {
      machine: 'q35',
      qemu: '10.0.0',
      sections,
      release: '12.8',
      abiUpdate: true,
    })
    const [, size] = /<memory unit='KiB'>(\d+)</.exec(xml ?? '') ?? []
    expect(Number(size)).toBeGreaterThan(0)
    expect(options('-m')[0]).toContain(`size=${size}k`)
  })

  test('a cell without memory has no back-end since 12.8', async () => {
    const sections =
      "<vcpu>2</vcpu><cpu><numa><cell id='0' cpus='0' memory='0'/><cell id='1' cpus='1' memory='262144'/></numa></cpu>"
    const cell = async (release: '11.3' | '12.8') =>
      (await guest('', { machine: 'q35', qemu: '10.0.0', sections, release })).options('-numa')[0]
    expect(await cell('11.3')).toContain('memdev=ram-node0')
    expect(await cell('12.8')).toBe('-numa node,nodeid=0,cpus=0')
  })
})
