import { expect, test } from 'vitest'
import { guest } from '../guest.ts'

/** The smallest domain of each rule on sections that a golden does not show; confirmed by libvirt 11.3. */
test.each([
  ['<features><hyperv><foo state="on"/></hyperv></features>', ['features/unknown']],
  ['<features><hyperv><xmm_input state="on"/></hyperv></features>', ['features/unknown']],
  ['<features><hyperv mode="passthrough"><foo state="on"/></hyperv></features>', []],
  ['<features><kvm><foo state="on"/></kvm></features>', ['features/unknown']],
  ['<features><ps2 state="off"/></features>', ['features/unknown']],
  ['<features><nonsense/></features>', ['features/unknown']],
  ['<numatune/><numatune/>', ['element/twice']],
  ['<genid/><genid/>', ['element/twice']],
  ['<resource/><resource/>', ['element/twice']],
  ['<idmap><uid start="0" target="1" count="1"/></idmap>', ['idmap/one-sided']],
  ['<cputune><iothreadpin iothread="9" cpuset="0"/></cputune>', ['cputune/no-such-iothread']],
  ['<iothreads>1</iothreads><cputune><iothreadpin iothread="1" cpuset="0"/></cputune>', []],
  ['<defaultiothread thread_pool_min="1"/>', ['iothreads/pool-size']],
  ['<seclabel type="static"><label>x</label></seclabel>', ['seclabel/missing-model']],
  ['<vcpu>256</vcpu>', ['vcpu/needs-remapping']],
  ['<cpu mode="custom"><model>Denverton</model></cpu>', ['cpu/model-unknown']],
  ['<cpu mode="custom" match="minimum"><model>Denverton</model></cpu>', ['host/unknown']],
])('%s', async (sections, codes) => {
  expect((await guest('', { machine: 'q35', sections, release: '10.1' })).codes).toEqual(codes)
})

test.each([
  ["<rng model='virtio'><backend model='random'/><backend model='random'/></rng>", ['element/twice']],
  ["<serial type='pty'><log file='/a'/><log file='/b'/></serial>", ['element/twice']],
  [
    "<controller type='usb' index='0' model='ehci'/><controller type='usb' index='0' model='ehci'/>",
    ['controller/duplicate-index'],
  ],
  ["<pstore backend='acpi-erst'><path>/a</path></pstore>", []],
])('%s', async (devices, codes) => {
  expect((await guest(devices, { machine: 'q35', release: '10.1' })).codes).toEqual(codes)
})

test('a host function is out of reach of the limits of the host', async () => {
  const card =
    "<interface type='hostdev'><source><address type='pci' bus='1' slot='0'/></source><bandwidth><inbound average='1'/></bandwidth></interface>"
  expect((await guest(card)).errors).toMatchObject([{ code: 'interface/bandwidth-hostdev', when: 'start' }])
})

test.each([
  ["<interface type='user'><driver packed='on'/></interface>", ['interface/virtio-only'], []],
  [
    "<interface type='vhostuser'><source type='unix' path='/a' mode='client'/><model type='virtio'/></interface>",
    [],
    ['memory/not-shared'],
  ],
  [
    "<graphics type='spice' port='5900'><gl enable='yes' rendernode='/dev/dri/x'/></graphics>",
    [],
    ['graphics/gl-over-network'],
  ],
])('%s', async (devices, codes, warnings) => {
  const found = await guest(devices, { release: '10.1' })
  expect(found.codes).toEqual(codes)
  expect(found.warnings).toEqual(expect.arrayContaining(warnings))
})
