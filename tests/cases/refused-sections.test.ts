import { expect, test } from 'vitest'
import { guest } from '../guest.ts'

const cache = (level: number) =>
  `<cache level='${level}' associativity='direct' policy='writeback'><size value='8'/><line value='5'/></cache>`
/** Cell 0 has the CPUs and a cache of level 1, cell 1 is memory alone. */
const routes = (inner: string, caches = cache(1)) =>
  `<cpu><numa><cell id='0' cpus='0' memory='131072'>${caches}</cell><cell id='1' memory='131072'/><interconnects>${inner}</interconnects></numa></cpu>`
const latency = (initiator: number, target: number, rest = '', type = 'access') =>
  `<latency initiator='${initiator}' target='${target}' ${rest} type='${type}' value='5'/>`
const bandwidth = (rest = '') => `<bandwidth initiator='0' target='0' ${rest} type='access' value='204800'/>`
const cells = "<cpu><numa><cell id='0' cpus='0' memory='131072'/><cell id='1' memory='131072'/></numa></cpu>"
const pages = (...list: string[]) => `<memoryBacking><hugepages>${list.join('')}</hugepages></memoryBacking>`
const page = (size: number, nodeset = '') => `<page size='${size}' unit='KiB' ${nodeset && `nodeset='${nodeset}'`}/>`
const appid = (text: string) => `<resource><fibrechannel appid='${text}'/></resource>`

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
  ['<resource/><resource/>', ['resource/empty', 'element/twice']],
  ['<idmap><uid start="0" target="1" count="1"/></idmap>', ['idmap/one-sided']],
  ['<cputune><iothreadpin iothread="9" cpuset="0"/></cputune>', ['cputune/no-such-iothread']],
  ['<iothreads>1</iothreads><cputune><iothreadpin iothread="1" cpuset="0"/></cputune>', []],
  ['<defaultiothread thread_pool_min="1"/>', ['iothreads/pool-size']],
  ['<seclabel type="static"><label>x</label></seclabel>', ['seclabel/missing-model']],
  [routes(latency(0, 0) + latency(0, 0, '', 'read') + latency(0, 1) + latency(0, 0, "cache='1'")), []],
  [routes(latency(0, 0, "cache='0'") + bandwidth() + bandwidth("cache='1'")), []],
  [routes(latency(5, 0)), ['numa/route']],
  [routes(latency(0, 5)), ['numa/route']],
  [routes(latency(0, 2)), ['numa/route']],
  [routes(latency(1, 0)), ['numa/route']],
  [routes(latency(0, 1, "cache='1'")), ['numa/route']],
  [routes(bandwidth("cache='2'")), ['numa/route']],
  [routes(latency(0, 0, "cache='4'")), ['value/invalid']],
  [routes(latency(0, 0) + latency(0, 0)), ['numa/route-twice']],
  [routes(bandwidth() + bandwidth()), ['numa/route-twice']],
  [routes(latency(0, 0), cache(2) + cache(1)), []],
  [routes(latency(0, 0), cache(1) + cache(1)), ['numa/cache-twice']],
  [routes(latency(0, 0), cache(4)), ['value/invalid']],
  [pages(page(2048, '0'), page(1048576, '0')) + cells, ['host/unknown', 'memory-backing/hugepages-cell-twice']],
  [pages(page(2048), page(1048576)) + cells, ['memory-backing/hugepages-two-defaults', 'host/unknown']],
  [pages(page(2048, '2')) + cells, ['memory-backing/hugepages-cell']],
  [pages(page(2048, '0'), page(1048576, '1')) + cells, ['host/unknown']],
  [appid('ab'), []],
  [appid('x'.repeat(128)), []],
  [appid('x'.repeat(129)), ['resource/appid']],
  [appid('aä'), ['resource/appid']],
  [appid('äa'), ['resource/appid']],
  ['<memtune><min_guarantee>512</min_guarantee></memtune>', ['memtune/min-guarantee']],
  ['<vcpu>255</vcpu>', []],
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

test.each([
  ["<graphics type='spice' port='-1' tlsPort='-1'/>", []],
  ["<graphics type='spice' port='5900' tlsPort='5901'/>", ['graphics/spice-tls-disabled']],
  ["<filesystem type='mount'><target dir='x'/></filesystem>", ['filesystem/missing-source']],
])('libvirt 11.3 answers %s', async (devices, codes) => {
  expect((await guest(devices, { machine: 'q35', release: '11.3' })).codes).toEqual(codes)
})

test('limits of memory that undercut each other are told', async () => {
  const limits = (swap: number) =>
    `<memtune><hard_limit>512</hard_limit><swap_hard_limit>${swap}</swap_hard_limit></memtune>`
  const told = async (swap: number) => (await guest('', { sections: limits(swap) })).warnings
  expect(await told(511)).toEqual(['memtune/swap-below-hard-limit'])
  expect(await told(512)).toEqual([])
})

test.each([
  ['A_1', []],
  ['_', []],
  ['A-B', ['qemu/env-name']],
  ['1A', ['qemu/env-name']],
  ['A=B', ['qemu/env-name']],
])('the name %s of a variable', async (name, codes) => {
  const sections = `<qemu:commandline><qemu:env name='${name}' value='x'/></qemu:commandline>`
  expect((await guest('', { sections })).codes).toEqual(codes)
})

test.each([
  [255, []],
  [256, ['vcpu/machine-limit']],
])('a pc with %d CPUs', async (vcpu, codes) => {
  expect((await guest('', { machine: 'pc', sections: `<vcpu>${vcpu}</vcpu>` })).codes).toEqual(codes)
})
