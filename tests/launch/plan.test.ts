import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { launchSchema } from '../../src/launch/schema.ts'
import { planned } from './planned.ts'

describe('the frame of a start', () => {
  test('folders, key, monitor and emulator are its own', async () => {
    const { plan, explained, files, needs, dialogue, options } = await planned('')
    expect(plan.monitor).toBe('/r/domain-1-guest/monitor.sock')
    expect(files).toMatchObject([{ path: '/r/domain-1-guest/master-key.aes', content: { kind: 'master-key' } }])
    expect(needs).toEqual(['program /usr/bin/qemu-system-x86_64'])
    expect(dialogue).toEqual([{ cont: undefined }])
    expect(options('-chardev')[0]).toBe('socket,id=charmonitor,path=/r/domain-1-guest/monitor.sock,server=on,wait=off')
    expect(JSON.stringify(explained!.qemu)).not.toMatch(/\/(var|run)\/(lib\/)?libvirt/)
  })

  test('every part says where it came from', async () => {
    const disk = `<disk type='file'><source file='/i.raw'/><target dev='vda'/></disk><graphics type='vnc' passwd='x'/>`
    const { explained } = await planned(disk)
    const parts = [...explained!.needs, ...explained!.steps, ...explained!.dialogue, ...explained!.differences]
    for (const part of parts) expect(part).toHaveProperty('sources.0.kind')
    expect(JSON.stringify(explained)).not.toContain('"x"')
    expect(explained!.needs).toContainEqual(
      expect.objectContaining({
        path: '/i.raw',
        sources: [expect.objectContaining({ path: expect.stringContaining('@file') })],
      }),
    )
  })

  test('what was made last is undone first', async () => {
    const { explained } = await planned(`<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>`)
    expect(explained!.undo.map((it) => Object.values(it).join(' '))).toEqual([
      'end QEMU',
      'remove /r/1-guest-swtpm.sock',
      'end swtpm',
      'remove /r/1-guest-swtpm.sock',
      'remove /r/domain-1-guest/master-key.aes',
      'remove /r/domain-1-guest',
    ])
  })

  test('a socket whose path the kernel would cut is refused', async () => {
    expect((await planned('', { runtime: `/${'r'.repeat(79)}` })).codes).toEqual(['launch/socket-path-too-long'])
    expect((await planned('', { runtime: `/${'r'.repeat(60)}` })).codes).toEqual([])
  })

  test('the user names another emulator', async () => {
    const { needs, plan } = await planned('<emulator>/no/qemu</emulator>', { emulator: '/own/qemu' })
    expect(needs).toEqual(['program /own/qemu'])
    expect(plan.line.binary.pieces[0]?.text).toBe('/own/qemu')
  })

  test('KVM must be there for a guest that asks for it', async () => {
    expect((await planned('', { type: 'kvm' })).needs).toContain('writable /dev/kvm')
  })
})

test('plans are as the schema says, and the schema minds', async () => {
  const validate = new Ajv({ discriminator: true, strict: true, strictRequired: false }).compile(launchSchema)
  const { explained } = await planned(
    `<disk type='file'><source file='/i'/><target dev='vda' bus='virtio'/><iotune><total_bytes_sec>1</total_bytes_sec></iotune></disk>
     <interface type='direct'><source dev='eth0' mode='bridge'/></interface><interface type='bridge'><source bridge='b'/></interface>
     <tpm model='tpm-crb'><backend type='emulator' version='2.0'><encryption secret='c7a5fdbd-0000-4000-8000-000000000001'/></backend></tpm>
     <graphics type='vnc' passwd='x'/><graphics type='dbus'/><console type='pty'/>
     <hostdev mode='subsystem' type='pci' managed='yes'><source><address domain='0' bus='3' slot='0' function='0'/></source></hostdev>`,
    { privileged: true, sections: "<vcpu cpuset='0'>2</vcpu><cputune><shares>9</shares></cputune>" },
  )
  const data = JSON.parse(JSON.stringify(explained))
  validate(data)
  expect(validate.errors).toBeNull()
  expect(validate({ ...data, steps: [{ ...data.steps[0], kind: 'unheard' }] })).toBe(false)
})

describe('sections', () => {
  test('a kernel of the host', async () => {
    const os = '<kernel>/k</kernel><initrd>/i</initrd>'
    expect((await planned('', { os })).needs).toEqual(expect.arrayContaining(['readable /k', 'readable /i']))
  })

  test('variables of the firmware are made from their template and kept in the state folder', async () => {
    const code = "<loader readonly='yes' type='pflash'>/code.fd</loader>"
    const sections = '<features><acpi/></features>'
    const own = await planned('', { sections, os: `${code}<nvram template='/vars.fd'>/own/v.fd</nvram>` })
    expect(own.files).toContainEqual(
      expect.objectContaining({ path: '/own/v.fd', lasting: true, content: { kind: 'copy', of: '/vars.fd' } }),
    )
    expect(own.needs).toEqual(expect.arrayContaining(['readable /code.fd', 'folder /own']))
    const libvirts = await planned('', {
      sections,
      os: `${code}<nvram template='/vars.fd'>/var/lib/libvirt/qemu/nvram/v.fd</nvram>`,
    })
    expect(libvirts.files).toContainEqual(expect.objectContaining({ path: '/s/nvram/v.fd' }))
    expect(libvirts.options('-blockdev').join()).toContain('"filename":"/s/nvram/v.fd"')
  })

  test('CPUs are pinned and plugged once QEMU runs', async () => {
    const sections = `<vcpu cpuset='0-1' current='2'>3</vcpu>
      <vcpus><vcpu id='0' enabled='yes' hotpluggable='no'/><vcpu id='1' enabled='yes' hotpluggable='yes'/>
      <vcpu id='2' enabled='no' hotpluggable='yes'/></vcpus>
      <cputune><shares>9</shares><vcpupin vcpu='1' cpuset='1'/></cputune>`
    const { dialogue, missing } = await planned('', { sections })
    expect(dialogue).toMatchObject([
      { kind: 'plug-cpu', vcpu: 1 },
      { kind: 'pin', thread: 'emulator', cpus: '0-1' },
      { kind: 'pin', thread: { vcpu: 0 }, cpus: '0-1' },
      { kind: 'pin', thread: { vcpu: 1 }, cpus: '1' },
      { cont: undefined },
    ])
    expect(missing).toEqual(['No cgroup limits the time of its threads.'])
  })

  test('memory that is a file has a folder; the balloon takes what is not current', async () => {
    const sections = `<currentMemory unit='MiB'>128</currentMemory><memoryBacking><source type='file'/></memoryBacking>`
    const { plan, dialogue } = await planned('', { sections })
    expect(plan.steps).toContainEqual(expect.objectContaining({ kind: 'folder', path: '/s/memory-abcd1234/1-guest' }))
    expect(dialogue[0]).toEqual({ balloon: { value: 128 << 20 } })
  })

  test('a guest that ends at a reboot', async () => {
    const { dialogue, plan } = await planned('', { sections: '<on_reboot>destroy</on_reboot>' })
    expect(dialogue[0]).toEqual({ 'set-action': { reboot: 'shutdown' } })
    expect(plan.lifecycle).toEqual({ poweroff: 'destroy', reboot: 'destroy', crash: 'destroy' })
  })

  test.each([
    ["<seclabel type='dynamic' model='dac'/>", 'The process and its files get no security label.'],
    ['<blkiotune><weight>200</weight></blkiotune>', 'No cgroup weighs or limits its disks.'],
    ["<memtune><hard_limit unit='GiB'>2</hard_limit></memtune>", 'No cgroup limits its memory.'],
  ])('%s cannot be had', async (sections, what) => {
    expect((await planned('', { sections })).missing).toEqual([what])
  })
})

describe('cards', () => {
  const bridge = "<interface type='bridge'><source bridge='br0'/><model type='virtio'/></interface>"

  test('a user has the bridge helper, and no sandbox', async () => {
    const { options, needs, plan } = await planned(bridge)
    expect(options('-netdev')).toEqual(['{"type":"bridge","br":"br0","id":"hostnet0"}'])
    expect(options('-sandbox')).toEqual([])
    expect(needs).toContain('readable /sys/class/net/br0')
    expect(plan.differences.map(({ what }) => what).join()).toContain('sandbox')
  })

  test('root makes the tap, and takes it away', async () => {
    const { options, commands, explained } = await planned(bridge, { privileged: true })
    expect(options('-netdev')[0]).toContain('"ifname":"dabcd1234-0"')
    expect(options('-sandbox')).toHaveLength(1)
    expect(commands).toEqual(['ip tuntap add dev dabcd1234-0 mode tap', 'ip link set dev dabcd1234-0 master br0 up'])
    expect(explained!.undo).toContainEqual({
      kind: 'command',
      argv: ['ip', 'tuntap', 'delete', 'dev', 'dabcd1234-0', 'mode', 'tap'],
    })
  })

  test('a macvtap is handed over open', async () => {
    const direct =
      "<interface type='direct'><source dev='eth0' mode='bridge'/><mac address='52:54:00:00:00:01'/></interface>"
    const { plan, options, commands } = await planned(direct, { privileged: true })
    expect(options('-netdev')[0]).toContain('"fd":"3"')
    expect(commands[0]).toBe(
      'ip link add link eth0 name dabcd1234-0 address 52:54:00:00:00:01 type macvtap mode bridge',
    )
    expect(plan.steps.at(-1)).toMatchObject({ kind: 'descriptor', fd: 3, path: '/dev/tap{ifindex}' })
    expect((await planned(direct)).codes).toEqual(['launch/tap-needs-root'])
  })

  test('passt, and a link that is down', async () => {
    const user = `<interface type='user'><backend type='passt'/><mac address='52:54:00:00:00:01'/><link state='down'/>
      <portForward proto='tcp' address='127.0.0.1'><range start='2022' to='22'/></portForward></interface>`
    const { helpers, dialogue } = await planned(user)
    expect(helpers).toEqual([
      'passt --foreground --one-off --socket /r/1-guest-net0.socket --mac-addr 52:54:00:00:00:01 --tcp-ports 127.0.0.1/2022:22',
    ])
    expect(dialogue[0]).toEqual({ set_link: { name: 'net0', up: false } })
  })
})

describe('other devices', () => {
  test('a TPM and its passphrase', async () => {
    const xml = `<tpm model='tpm-crb'><backend type='emulator' version='2.0'>
      <encryption secret='c7a5fdbd-0000-4000-8000-000000000001'/></backend></tpm>`
    const { helpers, commands, files } = await planned(xml)
    expect(commands[0]).toMatch(
      /^swtpm_setup --tpm2 --tpm-state \/s\/tpm\/c7a5fdbd-.*\/tpm2\.new --createek .*--pwdfile \/r\/domain-1-guest\/tpm-passphrase/,
    )
    expect(helpers[0]).toMatch(
      /^swtpm socket --ctrl type=unixio,path=\/r\/1-guest-swtpm.sock,mode=0600 .*--terminate --tpm2$/,
    )
    expect(files.at(-1)).toMatchObject({ path: '/r/domain-1-guest/tpm-passphrase', content: { kind: 'secret' } })
    const unknown = await planned(xml.replace('0001', '0002'))
    expect(unknown.codes).toEqual(['launch/tpm-secret'])
  })

  test('virtiofs', async () => {
    const xml = `<filesystem type='mount'><driver type='virtiofs'/><binary xattr='on'><cache mode='always'/></binary>
      <source dir='/shared'/><target dir='tag'/></filesystem>`
    const sections = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>"
    const { helpers, needs } = await planned(xml, { sections, host: { vhostUser: [] } })
    expect(helpers).toEqual([
      'virtiofsd --socket-path=/r/domain-1-guest/fs0-fs.sock -o source=/shared,cache=always,xattr',
    ])
    expect(needs).toContain('readable /shared')
  })

  test('limits of a disk', async () => {
    const xml = `<disk type='file'><source file='/i'/><target dev='vda' bus='virtio'/>
      <iotune><total_bytes_sec>1000</total_bytes_sec><read_iops_sec>7</read_iops_sec></iotune></disk>`
    const { dialogue, needs } = await planned(xml)
    expect(dialogue[0]).toEqual({
      block_set_io_throttle: {
        id: '/machine/peripheral/virtio-disk0/virtio-backend',
        group: 'virtio-disk0',
        bps: 1000,
        bps_rd: 0,
        bps_wr: 0,
        iops: 0,
        iops_rd: 7,
        iops_wr: 0,
      },
    })
    expect(needs).toContain('writable /i')
    const transient = xml.replace('</disk>', '<transient/></disk>')
    expect((await planned(transient)).codes).toEqual(['launch/transient-disk'])
  })

  test('passwords of a screen are said to the monitor, with their end', async () => {
    const { dialogue, options } = await planned(`<graphics type='vnc' passwd='p' passwdValidTo='2030-01-31T12:00:00'/>`)
    expect(dialogue.slice(0, 2)).toEqual([
      { set_password: { protocol: 'vnc', password: 'p' } },
      { expire_password: { protocol: 'vnc', time: '1896091200' } },
    ])
    expect(options('-vnc').join()).not.toContain('password=p')
  })

  test('a host function is taken from its driver by root', async () => {
    const xml = `<hostdev mode='subsystem' type='pci' managed='yes'><source>
      <address domain='0' bus='3' slot='0' function='0'><vf-token uuid='c7a5fdbd-edaf-4455-926a-d65c16db1809'/></address></source></hostdev>`
    const { plan, explained } = await planned(xml, { privileged: true })
    expect(plan.steps).toContainEqual(
      expect.objectContaining({ kind: 'rebind', address: '0000:03:00.0', driver: 'vfio-pci' }),
    )
    expect(plan.differences).toContainEqual(expect.objectContaining({ kind: 'remark' }))
    expect(JSON.stringify(explained)).not.toContain('c7a5fdbd-edaf-4455')
    expect((await planned(xml)).codes).toEqual(['launch/rebind-needs-root'])
  })

  test.each([
    ["<serial type='file'><source path='/log/s'/></serial>", 'folder /log'],
    ["<serial type='dev'><source path='/dev/ttyS0'/></serial>", 'writable /dev/ttyS0'],
    ["<serial type='unix'><source mode='bind' path='/x/s'/></serial>", 'free /x/s'],
    ["<serial type='unix'><source mode='connect' path='/x/s'/></serial>", 'writable /x/s'],
    ["<serial type='pipe'><source path='/x/p'/></serial>", 'pipe /x/p'],
    ["<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>", 'readable /dev/urandom'],
    ["<vsock><cid address='9'/></vsock>", 'writable /dev/vhost-vsock'],
    ["<input type='evdev'><source dev='/dev/input/event1'/></input>", 'readable /dev/input/event1'],
  ])('%s', async (xml, need) => {
    expect((await planned(xml)).needs).toContain(need)
  })

  test('the first serial port is the console', async () => {
    expect((await planned("<console type='pty'/>")).plan.console).toBe('charserial0')
    expect((await planned("<console type='pty'><target type='virtio'/></console>")).plan.console).toBe('charconsole0')
    expect((await planned('')).plan.console).toBeUndefined()
  })
})
