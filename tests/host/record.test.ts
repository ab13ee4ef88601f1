import { describe, expect, test } from 'vitest'
import { readHost } from '../../src/host/read.ts'
import { recordHost } from '../../src/host/record/index.ts'
import { treeReader } from '../../src/host/record/reader.ts'
import { tree } from './trees.ts'

const record = (files: Readonly<Record<string, string>>, options = {}) =>
  recordHost(treeReader(tree(files)), 'x86_64', options).facts

const descriptor = JSON.stringify({
  'interface-types': ['uefi'],
  mapping: {
    device: 'flash',
    executable: { filename: '/f.fd', format: 'raw' },
    'nvram-template': { filename: '/v.fd', format: 'raw' },
  },
  targets: [{ architecture: 'x86_64', machines: ['pc-q35-*'] }],
  features: [],
})

test('what a tree does not have is left to the defaults, and what is recorded is a host file', () => {
  const { facts } = recordHost(treeReader(tree({ 'proc/cpuinfo': '' })), 'x86_64')
  expect(readHost(JSON.stringify(facts), 'x86_64').diagnostics).toEqual([])
  expect(facts).not.toHaveProperty('networks')
  expect(facts.libvirt).toBeUndefined()
})

test("libvirt's version is in the name of its library", () => {
  expect(record({ 'usr/lib/x86_64-linux-gnu/libvirt.so.0.11003.0': '' }).libvirt).toBe('11.3.0')
  expect(record({ 'usr/lib64/libvirt.so.0.12008.1': '' }).libvirt).toBe('12.8.1')
})

describe('qemu.conf', () => {
  const conf = (text: string, more = {}, options = {}) => record({ 'etc/libvirt/qemu.conf': text, ...more }, options)

  test('each sort of value', () => {
    const { config, securityModels } = conf(`
      # vnc_listen = "10.0.0.1"
      vnc_listen = "0.0.0.0"
      spice_tls = 1
      remote_display_port_min = 6000
      security_driver = [ "selinux", "apparmor" ]
      nvram = [
        "/code.fd:/vars.fd", # a comment
        "/b.fd:/c.fd"
      ]
      stdio_handler = "file"
      seccomp_sandbox = -1`)
    expect(config).toMatchObject({
      vncListen: '0.0.0.0',
      spiceTLS: true,
      remotePortMin: 6000,
      firmwares: [
        ['/code.fd', '/vars.fd'],
        ['/b.fd', '/c.fd'],
      ],
      stdioLogD: false,
      seccompSandbox: -1,
    })
    expect(securityModels).toEqual(['selinux', 'apparmor', 'dac'])
    expect(conf('security_driver = "none"').securityModels).toEqual([])
  })

  test('passwords only where secrets are asked for', () => {
    expect(conf('vnc_password = "s3cret"').config?.vncPassword).toBeUndefined()
    expect(conf('vnc_password = "s3cret"', {}, { secrets: true }).config?.vncPassword).toBe('s3cret')
  })

  test('what holds for all of TLS holds where nothing else is said', () => {
    const text = 'default_tls_x509_cert_dir = "/tls"\ndefault_tls_x509_verify = 1\nchardev_tls_x509_verify = 0'
    const { config } = conf(text, { 'etc/pki/libvirt-spice/ca.pem': '' })
    expect(config).toMatchObject({
      vncTLSx509certdir: '/tls',
      spiceTLSx509certdir: '/etc/pki/libvirt-spice',
      migrateTLSx509verify: true,
      chardevTLSx509verify: false,
    })
  })
})

test('descriptors in their order, masked ones left out, broken ones told', () => {
  const root = tree({
    'usr/share/qemu/firmware/50-b.json': descriptor,
    'usr/share/qemu/firmware/40-a.json': descriptor,
    'usr/share/qemu/firmware/60-masked.json': descriptor,
    'usr/share/qemu/firmware/70-broken.json': '{}',
    'etc/qemu/firmware/60-masked.json': '',
    'usr/share/qemu/vhost-user/50-gpu.json': '{"type":"gpu","binary":"/gpu"}',
  })
  const { facts, diagnostics } = recordHost(treeReader(root), 'x86_64')
  expect(facts.firmware?.map(({ path }) => path)).toEqual([
    '/usr/share/qemu/firmware/40-a.json',
    '/usr/share/qemu/firmware/50-b.json',
  ])
  expect(facts.firmware?.[0]?.descriptor.mapping.mode).toBeUndefined()
  expect(facts.vhostUser?.map(({ descriptor: { binary } }) => binary)).toEqual(['/gpu'])
  expect(diagnostics.filter(({ code }) => code === 'host/bad-descriptor')).toHaveLength(1)
})

describe('what libvirt keeps', () => {
  const files = {
    'etc/libvirt/qemu/networks/default.xml':
      "<!--\nWARNING\n-->\n<network><name>default</name><bridge name='virbr0'/></network>",
    'etc/libvirt/storage/pool.xml': "<pool type='dir'><name>pool</name><target><path>/images</path></target></pool>",
    'images/a.qcow2': '',
    'etc/libvirt/secrets/0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f.xml':
      "<secret><uuid>0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f</uuid><usage type='ceph'><name>client.a</name></usage></secret>",
    'etc/libvirt/secrets/0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f.base64': 'c2VjcmV0',
  }

  test('networks, pools and their volumes answer', () => {
    const { host } = readHost(JSON.stringify(record(files)), 'x86_64')
    expect(host?.networks.find('default')?.port.plug).toMatchObject({ bridge: 'virbr0' })
    expect(host?.storagePools.find('pool')?.volume('a.qcow2')).toEqual({
      name: 'a.qcow2',
      type: 'file',
      path: '/images/a.qcow2',
    })
    expect(host?.standing('networks')).toBe('described')
  })

  test('secrets only where they are asked for', () => {
    expect(JSON.stringify(record(files))).not.toContain('c2VjcmV0')
    expect(record(files, { secrets: true }).secrets).toEqual([
      { uuid: '0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f', type: 'ceph', usage: 'client.a', base64: 'c2VjcmV0' },
    ])
  })
})

test('programs, mounts and devices', () => {
  const facts = record({
    'usr/bin/qemu-system-x86_64': '',
    'usr/bin/swtpm': '→ /opt/swtpm',
    'opt/swtpm': '',
    'usr/libexec/virtiofsd': '',
    'proc/meminfo': 'Hugepagesize:    2048 kB\n',
    'proc/self/mounts':
      'hugetlbfs /dev/hugepages hugetlbfs rw,pagesize=2M 0 0\nnone /huge1G hugetlbfs rw,pagesize=1024M 0 0\n',
    'sys/class/net/eth0/address': '',
    'sys/block/sr0/size': '',
    'dev/dri/renderD129': '',
    'sys/class/scsi_generic/sg3/device': '→ ../../2:0:5:1',
    'sys/class/dmi/id/sys_vendor': 'ACME\n',
    'sys/class/dmi/id/product_serial': 'S1\n',
  })
  expect(facts.emulators).toEqual({ x86_64: '/usr/bin/qemu-system-x86_64' })
  expect(facts.helpers).toEqual({ swtpm: '/usr/bin/swtpm', virtiofsd: '/usr/libexec/virtiofsd' })
  expect(facts.tpm?.swtpmVersions).toEqual(['1.2', '2.0'])
  expect(facts.config?.hugetlbfs).toEqual([
    { mount: '/dev/hugepages', sizeKiB: 2048, default: true },
    { mount: '/huge1G', sizeKiB: 1_048_576, default: false },
  ])
  expect(facts.netDevices).toEqual(['eth0'])
  expect(facts.hostCdrom).toEqual(['/dev/sr0'])
  expect(facts.drmRenderNode).toBe('/dev/dri/renderD129')
  expect(facts.scsiGeneric).toEqual({ '2:0:5:1': 'sg3' })
  expect(facts.smbios?.system).toEqual([
    { name: 'manufacturer', value: 'ACME' },
    { name: 'serial', value: 'S1' },
  ])
})

test("the processor in libvirt's words", () => {
  const flags =
    'fpu vme de pse tsc msr pae mce cx8 apic sep pge mca cmov pat pse36 clflush mmx fxsr sse sse2 syscall nx lm pni ssse3 cx16 sse4_1 sse4_2 popcnt lahf_lm tsc_deadline_timer'
  const { cpu } = record({
    'proc/cpuinfo': `vendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 26\nstepping\t: 3\nflags\t\t: ${flags}\n`,
    'sys/devices/system/cpu/cpu0/topology/physical_package_id': '0',
    'sys/devices/system/cpu/cpu0/topology/core_id': '0',
  })
  expect(cpu).toMatchObject({ vendor: 'Intel', model: 'Nehalem', missing: ['mtrr'] })
  expect(cpu?.features).toContain('tsc-deadline')
})

test('a link out of the tree stays in it', () => {
  const facts = record({ 'etc/libvirt/qemu.conf': '→ /etc/other.conf', 'etc/other.conf': 'vnc_listen = "::"' })
  expect(facts.config?.vncListen).toBe('::')
})
