import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { statusOf } from '../../scripts/launch/status-of.ts'
import { domxml, fileWith, guest } from '../cli/run.ts'
import { emulator, left, type Place, pause, placeFor, skippedWithout } from './started.ts'

const programs = [emulator, '/usr/bin/swtpm', '/usr/bin/shellcheck', '/usr/bin/dash']
const isSkipped = skippedWithout(programs, 'domxml script')
const examples = fileURLToPath(new URL('../../examples', import.meta.url))
const names = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml'))

const words = ({ runtime, state }: Place) => ['--runtime-dir', runtime, '--state-dir', state]

test.skipIf(isSkipped).each(names)('the script of %s passes shellcheck, and dash reads it', (name) => {
  const place = placeFor('example')
  const { stdout, status, stderr } = domxml(['script', join(examples, name), '--qemu', 'latest', ...words(place)])
  expect(stderr).not.toContain('error')
  expect(status).toBe(0)
  expect(spawnSync('shellcheck', ['-s', 'sh', '-'], { input: stdout, encoding: 'utf8' }).stdout).toBe('')
  expect(spawnSync('dash', ['-n'], { input: stdout }).status).toBe(0)
})

test.skipIf(isSkipped)('dash starts a guest with helpers, ends it at Ctrl-C, and leaves nothing', async () => {
  const place = placeFor('dash')
  const tpm = "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"
  const devices = `${tpm}<serial type='pty'/><graphics type='vnc' passwd='secret'/>`
  const { stdout, stderr } = domxml(['script', fileWith(guest({ devices })), ...words(place)])
  expect(stderr).not.toContain('error')
  expect(stderr).not.toContain('failed')
  const file = join(place.base, 'start.sh')
  writeFileSync(file, stdout)
  const child = spawn('dash', [file], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const exit = new Promise((resolve) => child.on('close', resolve))
  const folder = /^mkdir -- (\S+) \|\|/m.exec(stdout)![1]!
  expect(await statusOf(join(folder, 'domain-1-small/monitor.sock'))).toBe('running')
  child.kill('SIGINT')
  while (!said.includes('asked to power down')) await pause(50)
  child.kill('SIGINT')
  expect(await exit).toBe(0)
  expect(await left(place)).toEqual([])
})
