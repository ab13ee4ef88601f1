import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { bundle, domxml, fileWith, guest } from '../cli/run.ts'
import { emulator, left, type Place, placeFor, Started, skippedWithout } from './started.ts'

const programs = [emulator, '/usr/bin/swtpm', '/usr/bin/swtpm_setup', '/usr/share/OVMF/OVMF_CODE_4M.fd']
const isSkipped = skippedWithout(programs, 'starts that come to nothing')

const tpm = "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"
const uefi = `<domain type='qemu'>
  <name>small</name>
  <memory unit='MiB'>512</memory>
  <os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/></features>
</domain>`

const start = (place: Place, source: string, env: NodeJS.ProcessEnv = {}) =>
  new Started([process.execPath, bundle()], fileWith(source), place, [], env)

/** One error, and nothing left but what is named. */
async function comesToNothing(run: Started, place: Place, error: RegExp) {
  expect(await run.exit).toEqual({ code: 1, signal: null })
  expect(run.said).toMatch(error)
  expect(run.said.match(/error:/g), run.said).toHaveLength(1)
  expect(await left(place)).toEqual([])
}

const mounted: string[] = []

/** A disk that holds this much, as this folder. */
function smallDisk(folder: string, size: string): boolean {
  mkdirSync(folder, { recursive: true })
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'none', folder])
  if (status === 0) mounted.push(folder)
  else console.warn('SKIPPED full disk: nothing can be mounted here')
  return status === 0
}

afterEach(() => {
  for (const folder of mounted.splice(0)) spawnSync('umount', [folder])
})

const filesIn = (folder: string) => readdirSync(folder, { recursive: true })

describe.skipIf(isSkipped)('a full disk', () => {
  test('no room for the variables of the firmware', async ({ skip }) => {
    const place = placeFor('full')
    if (!smallDisk(place.state, '64k')) skip()
    await comesToNothing(start(place, uefi), place, /the disk is full.*\[launch\/failed\]/)
    expect(filesIn(place.state)).toEqual([])
  })

  test('no room for the state of the TPM', async ({ skip }) => {
    const place = placeFor('full')
    if (!smallDisk(place.state, '4k')) skip()
    await comesToNothing(
      start(place, guest({ devices: tpm })),
      place,
      /swtpm_setup did not make .*\[launch\/helper-failed\]/s,
    )
    expect(filesIn(place.state)).toEqual([])
  })

  test.each([0, 1])('%i pages for keys and sockets', async (pages) => {
    const place = placeFor('full')
    const base = { ...place, runtime: join(place.base, 'disk/r') }
    // A file system of one page is full with its first file.
    if (!smallDisk(dirname(base.runtime), '12k')) return
    for (let page = pages; page < 3; page++)
      writeFileSync(join(dirname(base.runtime), `filling-${page}`), 'x'.repeat(4096))
    const run = start(base, guest({ devices: tpm }))
    expect(await run.exit).toEqual({ code: 1, signal: null })
    expect(run.said.match(/error:/g), run.said).toHaveLength(1)
    expect(run.said).not.toContain('    at ')
    expect(run.said).toMatch(/disk is full|No space left/)
    expect(await left(base)).toEqual([])
  })

  test('a script says so, and undoes all of it', async ({ skip }) => {
    const place = placeFor('full')
    if (!smallDisk(place.state, '64k')) skip()
    const words = ['--runtime-dir', place.runtime, '--state-dir', place.state]
    const { stdout, stderr } = domxml(['script', fileWith(uefi), ...words])
    expect(stderr).not.toContain('error')
    const ran = spawnSync('dash', ['-s'], { input: stdout, encoding: 'utf8' })
    expect(ran.status).not.toBe(0)
    expect(ran.stderr.trim().split('\n')).toEqual([expect.stringContaining('No space left on device')])
    expect(filesIn(place.state)).toEqual([])
    expect(await left(place)).toEqual([])
  })
})

describe.skipIf(isSkipped)('a socket that is taken', () => {
  const listening = (where: { path: string } | { port: number; host: string }) =>
    new Promise<Server>((resolve) => {
      const server = createServer().listen(where, () => resolve(server))
    })

  test.each([
    ['a screen', (path: string) => `<graphics type='vnc' socket='${path}'/>`],
    ['a serial port', (path: string) => `<serial type='unix'><source mode='bind' path='${path}'/></serial>`],
  ])('of %s: refused before anything is started, and left alone', async (_what, device) => {
    const place = placeFor('taken')
    const path = join(place.base, 'socket')
    const server = await listening({ path })
    await comesToNothing(start(place, guest({ devices: device(path) })), place, /socket is taken.*\[launch\/taken\]/)
    expect(existsSync(path)).toBe(true)
    server.close()
  })

  test('a port: QEMU says so, and all is undone', async () => {
    const place = placeFor('port')
    const server = await listening({ port: 0, host: '127.0.0.1' })
    const { port } = server.address() as { port: number }
    const serial = `<serial type='tcp'><source mode='bind' host='127.0.0.1' service='${port}'/></serial>`
    const run = start(place, guest({ devices: `${tpm}${serial}` }))
    await comesToNothing(run, place, /Address already in use.*\[launch\/qemu-failed\]/s)
    server.close()
  })
})

test.skipIf(isSkipped)('a helper that is not installed is told before anything is started', async () => {
  const place = placeFor('lacking')
  const run = start(place, guest({ devices: tpm }), { PATH: place.base })
  expect(await run.exit).toEqual({ code: 1, signal: null })
  for (const name of ['swtpm', 'swtpm_setup']) {
    expect(run.said).toMatch(new RegExp(`error: ${name} is not installed.*\\[launch/missing-program\\]`))
  }
  expect(existsSync(place.runtime)).toBe(false)
  expect(existsSync(place.state)).toBe(false)
})
