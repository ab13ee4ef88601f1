import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundle, fileWith, guest } from '../cli/run.ts'
import { emulator, left, placeFor, Started, skippedWithout } from './started.ts'

const programs = [emulator, '/usr/bin/swtpm', '/usr/bin/swtpm_setup']
/** Nobody: no groups, no rights. */
const user = 65534

const isRoot = process.getuid?.() === 0
const mayRun = () => spawnSync(process.execPath, ['-v'], { uid: user, gid: user }).status === 0
const isSkipped = skippedWithout(programs, 'domxml run as a user') || (isRoot && !mayRun())

/** The command line where the user can read it. */
function publicBundle(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dx-cli-'))
  chmodSync(folder, 0o755)
  cpSync(dirname(bundle()), join(folder, 'cli'), { recursive: true })
  chmodSync(join(folder, 'cli'), 0o755)
  return join(folder, 'cli/domxml.cjs')
}

function start(source: string, more: readonly string[] = []) {
  const place = placeFor('user')
  const home = join(place.base, 'home')
  mkdirSync(home)
  if (isRoot) for (const folder of [place.base, home]) chownSync(folder, user, user)
  const file = fileWith(source)
  for (const path of [dirname(file), file]) chmodSync(path, 0o755)
  const env = { HOME: home, XDG_CACHE_HOME: home, XDG_RUNTIME_DIR: '' }
  return {
    place,
    run: new Started([process.execPath, publicBundle()], file, place, more, env, isRoot ? user : undefined),
  }
}

describe.skipIf(isSkipped)('a user who is not root', () => {
  test('runs a guest with a TPM, a screen and a user network, and leaves nothing', async () => {
    const devices = `<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>
      <serial type='pty'/><interface type='user'/><graphics type='vnc'/>`
    const { place, run } = start(guest({ devices }))
    await run.says(/small is running/)
    const [pid] = run.pids(/^\S*qemu-system/)
    if (isRoot)
      expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(new RegExp(`^Uid:\\s${user}\\s${user}`, 'm'))
    expect(await run.end()).toEqual({ code: 0, signal: null })
    expect(await left(place)).toEqual([])
  })

  test('is refused what only root can do, all at once and before anything is started', async () => {
    const devices = `<interface type='direct'><source dev='eth0' mode='bridge'/></interface>
      <hostdev mode='subsystem' type='pci' managed='yes'><source><address domain='0' bus='3' slot='0' function='0'/></source></hostdev>`
    const { place, run } = start(guest({ devices }))
    expect(await run.exit).toEqual({ code: 1, signal: null })
    expect(run.said).toMatch(/error: .*macvtap/)
    expect(run.said).toMatch(/error: .*03:00\.0/)
    expect(await left(place)).toEqual([])
  })

  test('has QEMU’s own helper join a bridge, without the sandbox that would hinder it', async () => {
    const devices = "<interface type='bridge'><source bridge='br0'/></interface>"
    const { run } = start(guest({ devices }), ['--dry-run', '--format', 'json'])
    expect(await run.exit).toEqual({ code: 0, signal: null })
    const { qemu } = JSON.parse(run.said.slice(run.said.indexOf('{'))) as { qemu: { args: string[] } }
    expect(qemu.args.join(' ')).toContain('{"type":"bridge","br":"br0"')
    expect(qemu.args).not.toContain('-sandbox')
  })
})
