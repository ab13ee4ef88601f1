import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from '@commander-js/extra-typings'
import { afterAll, describe, expect, it } from 'vitest'
import { builtinBuilds } from '../../capabilities/builtin.ts'
import { flags } from '../../capabilities/flags.ts'
import { status } from '../status.ts'
import { registerCapabilities } from './capabilities.ts'

const folder = mkdtempSync(join(tmpdir(), 'domxml-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(...args: string[]) {
  let [out, error, ended] = ['', '', 0]
  const program = new Command('domxml').exitOverride().configureOutput({
    writeOut: (text) => {
      out += text
    },
    writeErr: (text) => {
      error += text
    },
  })
  registerCapabilities(program as Command, {
    out: (text) => {
      out += text
    },
    error: (text) => {
      error += text
    },
    colourOut: false,
    colourError: false,
    end: (value) => {
      ended = value
    },
  })
  await program.parseAsync(['capabilities', ...args], { from: 'user' })
  return { out, error, ended, lines: out.trimEnd().split('\n'), data: () => JSON.parse(out) }
}

describe('domxml capabilities list', () => {
  it('has a line a build, with label and reported version', async () => {
    const { lines } = await run('list')
    expect(lines.length).toBe(builtinBuilds.length + 1)
    expect(lines.at(-1)).toMatch(/^x86_64 +11\.1\.3 +11\.1\.3 /)
    expect(lines.some((line) => /^aarch64 +6\.2\.0 +6\.1\.50\b/.test(line))).toBe(true)
    expect((await run('list', '--json')).data()).toContainEqual(
      expect.objectContaining({ label: '7.2.0', arch: 'x86_64', variant: 'hvf', version: '7.2.0' }),
    )
  })
})

describe('domxml capabilities show', () => {
  it('prints flags one a line', async () => {
    const { lines, error } = await run('show', '--qemu', '8.1', '--arch', 's390x', '--flags')
    expect(error).toBe('')
    expect(lines).toContain('vfio-pci.vf-token')
    expect(lines.every((line) => flags.some((flag) => flag === line))).toBe(true)
  })

  it('prints machine types and CPU models of each accelerator', async () => {
    expect((await run('show', '--machines')).out).toMatch(
      /# kvm\npc-i440fx-11\.1 +255 CPUs +alias pc, default, CPU hotplug\n/,
    )
    expect((await run('show', '--cpus')).out).toMatch(/# tcg\n(.*\n)*EPYC-Milan +not usable: lacks .+\n/)
    expect(Object.keys((await run('show', '--cpus', '--json')).data())).toEqual(['kvm', 'tcg'])
    expect((await run('show', '--flags', '--json')).data()).toContain('VGA')
  })

  it('says what the table is', async () => {
    const { out } = await run('show', '--arch', 'aarch64', '--qemu', '6.2')
    expect(out).toContain('6.2.0 (reports 6.1.50)')
    expect(out).toContain('no host CPU')
  })

  it('says where another version is taken', async () => {
    const { error, out } = await run('show', '--qemu', '8.1.5')
    expect(out).toMatch(/QEMU: +8\.1\.0\n/)
    expect(error).toContain('capabilities/nearest-older')
  })

  it('reads files: what --json prints, and libvirt XML', async () => {
    const file = join(folder, 'table.json')
    writeFileSync(file, (await run('show', '--qemu', '8.0', '--json')).out)
    expect((await run('show', file, '--flags')).out).toBe((await run('show', '--qemu', '8.0', '--flags')).out)
    const xml = join(folder, 'cache.xml')
    writeFileSync(xml, "<qemuCaps><flag name='VGA'/><version>8002000</version><arch>ppc64</arch></qemuCaps>")
    expect((await run('show', xml, '--flags')).lines).toContain('VGA')
  })

  it.each([
    ['an unknown version', ['show', '--qemu', 'new'], 'is no version of QEMU'],
    ['a version older than all', ['show', '--qemu', '1.0'], 'no older one'],
    ['an unknown architecture', ['show', '--arch', 'x86-64'], 'did you mean x86_64'],
    ['a file and a version', ['show', join(folder, 'x'), '--qemu', '8.0'], 'exclude each other'],
    ['a file that is not there', ['show', join(folder, 'nothing.json')], 'cannot be read'],
    ['an unknown flag', ['explain', 'vfio-pci.vftoken'], 'did you mean vfio-pci.vf-token'],
    ['a time-out that is none', ['probe', '/bin/true', '--timeout', 'soon'], 'number of seconds'],
    ['two lists at once', ['show', '--flags', '--cpus'], 'cannot be used with'],
    ['an unknown option', ['show', '--flag'], 'unknown option'],
  ])('refuses %s', async (_, args, message) => {
    await expect(run(...args)).rejects.toThrow(message)
  })
})

describe('domxml capabilities diff', () => {
  it('shows what is gained, lost and deprecated', async () => {
    const { out } = await run('diff', '8.0.0', '8.1.0')
    expect(out).toMatch(/^flags\n(.*\n)*\+ vfio-pci\.vf-token\n/)
    expect(out).toContain('\nmachine types\n+ ')
    expect((await run('diff', '8.1.0', '9.0.0')).out).toContain('! pc-i440fx-2.0 (deprecated)\n')
    expect((await run('diff', '8.1.0', '8.0.0')).out).toContain('- vfio-pci.vf-token\n')
    expect((await run('diff', '8.1.0', '8.1.0')).out).toBe('')
  })

  it('compares architectures, as data too', async () => {
    const { data } = await run('diff', 's390x:8.1.0', 'latest', '--json')
    expect(data().flags.lost).toContain('zpci')
    expect(data().cpuModels.gained).toContain('EPYC')
  })
})

describe('domxml capabilities explain', () => {
  it('says what a flag gates, what shows it and which builds have it', async () => {
    const { out } = await run('explain', 'vfio-pci.vf-token')
    expect(out).toContain('shown by: device-list-properties vfio-pci names vf-token')
    expect(out).toContain('gates: <hostdev> source/address/vf-token [hostdev/vf-token-unsupported]')
    expect(out).toContain('x86_64: 8.1.0, 8.2.0, 9.0.0, 9.1.0, ')
    expect(out).toContain('s390x: 8.1.0, 8.2.0, 9.1.0, 9.2.0, 10.0.0 (reports 9.2.50), ')
    expect(out).toContain('sparc: no build\n')
    expect((await run('explain', 'sev-guest')).out).toContain('(a fact of the host)')
    expect((await run('explain', 'kvm', '--json')).data()).toMatchObject({ flag: 'kvm', from: 'host' })
  })
})

describe('domxml capabilities probe', () => {
  it('refuses what is no QEMU and writes nothing', async () => {
    const output = join(folder, 'none.json')
    const before = readdirSync(folder)
    const { error, ended, out } = await run('probe', process.execPath, '-o', output, '--no-cache')
    expect(ended).toBe(status.errors)
    expect(out).toBe('')
    expect(error).toContain('capabilities/qemu-failed')
    expect(readdirSync(folder)).toEqual(before)
  })

  it('says where a result cannot be written', async () => {
    const { error } = await run('probe', join(folder, 'nothing'))
    expect(error).toContain('capabilities/cannot-run')
  })
})
