import { execFileSync, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Place, type RunOutcome, whatIsLeft } from './run-one.ts'
import { statusOf } from './status-of.ts'

/** Runs the script of one domain under dash until QEMU says how the guest is, ends it by Ctrl-C, and looks for what is left. */
export async function runScript(file: string, place: Place): Promise<RunOutcome> {
  const [node = '', ...words] = place.cli
  const folders = ['--runtime-dir', place.runtime, '--state-dir', place.state]
  const text = execFileSync(node, [...words, 'script', file, ...folders], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const script = join(place.runtime, '../start.sh')
  writeFileSync(script, text)
  const monitor = /path=([^,\s'"]*monitor\.sock)|"path":"([^"]*monitor\.sock)"/.exec(text)
  const child = spawn('dash', [script], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const exit = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))
  const state = await Promise.race([
    statusOf(monitor?.[1] ?? monitor?.[2] ?? '').catch(() => undefined),
    exit.then(() => undefined),
  ])
  child.kill('SIGINT')
  const again = setInterval(() => {
    if (!said.includes('asked to power down')) return
    clearInterval(again)
    child.kill('SIGINT')
  }, 100)
  const code = await exit
  clearInterval(again)
  return {
    state,
    exit: code,
    error: state === 'running' ? undefined : said.slice(-300),
    left: whatIsLeft(place.runtime),
  }
}
