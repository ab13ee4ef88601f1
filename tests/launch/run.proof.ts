import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundle, fileWith, guest } from '../cli/run.ts'
import { emulator, left, placeFor, Started, skippedWithout } from './started.ts'

const programs = [emulator, '/usr/bin/swtpm', '/usr/bin/swtpm_setup']
const tpm = "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"
const file = () => fileWith(guest({ devices: `${tpm}<serial type='pty'/>` }))

const start = (name: string, source = file(), more: string[] = [], env: NodeJS.ProcessEnv = {}) => {
  const place = placeFor(name)
  return { place, run: new Started([process.execPath, bundle()], source, place, more, env) }
}

describe.skipIf(skippedWithout(programs, 'domxml run'))('domxml run, with a real QEMU', { timeout: 120_000 }, () => {
  test('a guest runs, ends at the second Ctrl-C, and nothing is left but what lasts', async () => {
    const { place, run } = start('ends')
    await run.says(/small is running/)
    expect(run.pids(/qemu-system/)).toHaveLength(1)
    expect(await run.end()).toEqual({ code: 0, signal: null })
    expect(await left(place)).toEqual([])
    const kept = join(place.state, 'tpm/7b1a3c52-6f0e-4f4c-9d0c-3a0b7c5f6e21/tpm2/tpm2-00.permall')
    expect(readFileSync(kept).length).toBeGreaterThan(0)
  })

  test('sockets and folders are the user’s alone, and its key stands nowhere', async () => {
    const { place, run } = start('private')
    await run.says(/small is running/)
    const modes = execFileSync('find', [place.runtime, '-printf', '%m %y\n'], { encoding: 'utf8' })
    for (const mode of modes.trim().split('\n')) expect(mode).toMatch(/^[67]00 [dsfp]$/)
    const [pid] = run.pids(/qemu-system/)
    const key = readFileSync(
      execFileSync('find', [place.runtime, '-name', 'master-key.aes'], { encoding: 'utf8' }).trim(),
    )
    expect(key).toHaveLength(32)
    expect(readFileSync(`/proc/${pid}/cmdline`).includes(key)).toBe(false)
    await run.end()
    expect(await left(place)).toEqual([])
  })

  test('a second start of the same guest is refused, and does the first no harm', async () => {
    const { place, run } = start('twice')
    await run.says(/small is running/)
    const second = new Started([process.execPath, bundle()], file(), place)
    expect(await second.exit).toEqual({ code: 1, signal: null })
    expect(second.said).toContain('[launch/taken]')
    expect(run.pids(/qemu-system/)).toHaveLength(1)
    await run.end()
    expect(await left(place)).toEqual([])
  })

  test.each([
    ['the runner', /\/domxml\.cjs run/],
    ['QEMU', /qemu-system/],
    ['a helper', /swtpm socket/],
  ])('%s is killed: nothing is left', async (_who, pattern) => {
    const { place, run } = start('killed')
    await run.says(/small is running/)
    for (const pid of run.pids(pattern)) process.kill(pid, 'SIGKILL')
    await run.exit
    expect(await left(place)).toEqual([])
  })

  test.each([0, 150, 300, 450, 600, 900, 1200])('killed after %i ms of its start: nothing is left', async (time) => {
    const { place, run } = start('early')
    await new Promise((resolve) => setTimeout(resolve, time))
    run.process.kill('SIGKILL')
    await run.exit
    expect(await left(place)).toEqual([])
  })

  test('what is missing is told at once, before anything is started', async () => {
    const disk = "<disk type='file'><source file='/no/such.img'/><target dev='vda'/></disk>"
    const pipe = "<serial type='pipe'><source path='/no/pipe'/></serial>"
    const { place, run } = start('missing', fileWith(guest({ devices: disk + pipe })))
    expect(await run.exit).toEqual({ code: 1, signal: null })
    expect(run.said).toMatch(/\/no\/such\.img is not there.*\[launch\/missing-file\]/)
    expect(run.said).toMatch(/\/no\/pipe is not there.*\[launch\/missing-file\]/)
    expect(existsSync(place.runtime)).toBe(false)
  })

  test('a helper that fails, and a QEMU that refuses: one clear error each, all undone', async () => {
    const folder = placeFor('path').base
    for (const name of ['swtpm', 'swtpm_setup']) {
      writeFileSync(join(folder, name), '#!/bin/sh\necho no luck >&2\nexit 9\n', { mode: 0o755 })
    }
    const { place, run } = start('helper', file(), [], { PATH: `${folder}:${process.env.PATH}` })
    expect(await run.exit).toEqual({ code: 1, signal: null })
    expect(run.said.match(/error:/g)).toHaveLength(1)
    expect(run.said).toMatch(/swtpm_setup did not make .*status 9; no luck/)
    expect(await left(place)).toEqual([])
    const broken = fileWith(`${'not an image'.repeat(99)}`, 'broken.qcow2')
    const disk = `<disk type='file'><driver name='qemu' type='qcow2'/><source file='${broken}'/><target dev='vda' bus='virtio'/></disk>`
    const second = start('refuses', fileWith(guest({ devices: disk })))
    expect(await second.run.exit).toEqual({ code: 1, signal: null })
    expect(second.run.said).toMatch(/error: QEMU .*not in qcow2 format.* \[launch\/qemu-failed\]/s)
    expect(await left(second.place)).toEqual([])
  })

  test('--dry-run starts nothing, and its JSON is that of the schema', async () => {
    const { place, run } = start('dry', file(), ['--dry-run', '--format', 'json'])
    expect(await run.exit).toEqual({ code: 0, signal: null })
    expect(JSON.parse(run.said)).toMatchObject({ name: 'small', lifecycle: { poweroff: 'destroy' } })
    expect(existsSync(place.runtime)).toBe(false)
  })
})
