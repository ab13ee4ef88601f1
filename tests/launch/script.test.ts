import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { LineIndex } from '../../src/diagnostic/position.ts'
import { printScript } from '../../src/launch/script/script.ts'
import { type PlannedOptions, planned } from './planned.ts'

async function script(devices: string, options: PlannedOptions = {}): Promise<string> {
  const { plan, launched } = await planned(devices, options)
  const { origins, text } = launched
  return printScript(plan, {
    file: 'guest.xml',
    origins,
    lines: new LineIndex(text),
    masterKey: new Uint8Array(32).fill(7),
  })
}

const hasShellcheck = existsSync('/usr/bin/shellcheck')
if (!hasShellcheck) console.warn('SKIPPED scripts by shellcheck: it is not installed')

const tpm = `<tpm model='tpm-crb'><backend type='emulator' version='2.0'>
  <encryption secret='c7a5fdbd-0000-4000-8000-000000000001'/></backend></tpm>`
const disk = "<disk type='file'><source file='/a b/it&apos;s.img'/><target dev='vda' bus='virtio'/></disk>"
const host = `<hostdev mode='subsystem' type='pci' managed='yes'><source>
  <address domain='0' bus='3' slot='0' function='0'/></source></hostdev>`
const firmware = {
  os: "<loader readonly='yes' type='pflash'>/code.fd</loader><nvram template='/vars.fd'/>",
  sections: '<features><acpi/></features>',
}

describe('a script', () => {
  test.skipIf(!hasShellcheck).each<[string, string, PlannedOptions]>([
    ['plain', '', {}],
    ['helpers and secrets', `${tpm}<graphics type='vnc' passwd='p'/><graphics type='dbus'/>`, {}],
    ['odd names', disk, { sections: "<title>a $(rm) 'c'</title>" }],
    ['firmware', '', firmware],
    ['taps', "<interface type='bridge'><source bridge='b'/></interface>", { privileged: true }],
    ['a macvtap', "<interface type='direct'><source dev='e' mode='bridge'/></interface>", { privileged: true }],
    ['a host function', host, { privileged: true }],
    [
      'pins',
      '',
      {
        sections:
          "<vcpu cpuset='0'>2</vcpu><cputune><iothreadpin iothread='1' cpuset='1'/></cputune><iothreads>1</iothreads>",
      },
    ],
    ['memory that is a file', '', { sections: "<memoryBacking><source type='file'/></memoryBacking>" }],
    ['reboots that end it', '', { sections: '<on_reboot>destroy</on_reboot><on_crash>restart</on_crash>' }],
  ])('passes shellcheck, and is a shell’s: %s', async (_what, devices, options) => {
    const text = await script(devices, options)
    const { stdout, status } = spawnSync('shellcheck', ['-s', 'sh', '-'], { input: text, encoding: 'utf8' })
    expect(stdout).toBe('')
    expect(status).toBe(0)
    expect(spawnSync('sh', ['-n'], { input: text }).status).toBe(0)
  })

  test('says where each step comes from, and quotes what is odd', async () => {
    const text = await script(disk)
    expect(text).toMatch(/^need writable '\/a b\/it'\\''s\.img' /m)
    const plain = await script(tpm)
    expect(plain).toMatch(/^# the TPM's first state \(guest\.xml:\d+ \/domain\/devices\/tpm\/backend\/@type\)$/m)
  })

  test('a secret is told only where there is one, and the key is made at the start where nothing is sealed', async () => {
    expect(await script('')).toContain('head -c 32 /dev/urandom')
    expect(await script('')).not.toContain('It holds secrets')
    const secret = await script(tpm)
    expect(secret).toContain('# It holds secrets')
    expect(secret).toContain(`printf '\\001\\002\\003'`)
  })
})
