import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Proving, TraceEvent } from './browser.ts'
import { paste } from './flow.ts'

const limitKb = 400
/** What a task may take of the page's thread; its own time, since a busy machine stretches every clock. */
const limitMs = 100

/** How much the first load is, compressed, without capability tables. */
export async function proveSize(proving: Proving): Promise<string> {
  const { page, own } = await proving.open({ serviceWorkers: 'block' })
  const paths = new Set(own.map((url) => new URL(url).pathname))
  const tables = [...paths].filter((path) => path.includes('.gen-'))
  let bytes = 0
  for (const path of paths) {
    if (tables.includes(path)) continue
    const file = new URL(`../dist${path === '/' ? '/index.html' : path}`, import.meta.url)
    bytes += gzipSync(readFileSync(file), { level: 9 }).length
  }
  await page.context().close()
  const kb = Math.round(bytes / 1000)
  assert.equal(tables.length, 1, 'one architecture is loaded')
  assert.ok(kb < limitKb, `the first load is ${kb} kB`)
  return `first load: ${kb} kB compressed in ${paths.size - 1} files, and the table of one architecture`
}

/** A domain of 200 lines. */
function long(): string {
  const disks = Array.from(
    { length: 38 },
    (_, n) => `    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/var/lib/libvirt/images/${n}.qcow2'/>
      <target dev='sd${String.fromCharCode(97 + Math.floor(n / 26))}${String.fromCharCode(97 + (n % 26))}' bus='scsi'/>
    </disk>`,
  )
  return `<domain type='kvm'>
  <name>long</name>
  <memory unit='GiB'>2</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
${disks.join('\n')}
  </devices>
</domain>
`
}

/** What is typed, and the keys that lead there from the start of the domain. */
const typings: { readonly [what: string]: { readonly way: readonly string[]; readonly text: string } } = {
  'an element': {
    way: ['ArrowDown', 'ArrowDown', 'ArrowDown', 'End'],
    text: '\n<description>a guest that is typed in, with its completions and findings</description>',
  },
  'a name, which changes the command line': {
    way: ['ArrowDown', 'End', ...Array.from({ length: '</name>'.length }, () => 'ArrowLeft')],
    text: '-of-a-guest-that-is-typed-letter-by-letter',
  },
}

/**
 * The longest time that the page does not answer while a domain of 200 lines is typed in: the best of five tries, since
 * neighbours of the processor slow it down as well.
 */
export async function proveTyping(proving: Proving): Promise<string> {
  const said: string[] = []
  for (const what of Object.keys(typings)) {
    const longest: number[] = []
    for (let attempt = 0; attempt < 5 && !(Math.min(...longest, Infinity) < limitMs); attempt++)
      longest.push(await longestWhileTyping(proving, what))
    const best = Math.min(...longest)
    assert.ok(best < limitMs, `typing ${what} blocks for ${Math.round(best)} ms`)
    said.push(`${Math.round(best)} ms for ${what}`)
  }
  return `typing: the longest task of the page's thread takes ${said.join(', ')} (below ${limitMs})`
}

async function longestWhileTyping(proving: Proving, what: string): Promise<number> {
  const { way, text } = typings[what]!
  const { page } = await proving.open({ viewport: { width: 1400, height: 900 } })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await paste(page, long())
  await page.locator('.arguments .piece', { hasText: '37.qcow2' }).first().waitFor()
  for (const key of ['Control+Home', ...way]) await page.keyboard.press(key)
  const trace = await proving.traced(page, async () => {
    // Slow enough that the page converts now and then while one types.
    await page.keyboard.type(text, { delay: 75 })
    await page.locator('#panel-command[aria-busy=false]').waitFor({ state: 'attached' })
  })
  await page.context().close()
  return longestTask(trace)
}

/** Of the main threads of pages, in milliseconds of their own time. */
function longestTask(trace: readonly TraceEvent[]): number {
  const key = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const named = trace.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const main = new Set(named.map(key))
  const tasks = trace.filter((it) => it.name === 'RunTask' && it.tdur !== undefined && main.has(key(it)))
  assert.ok(tasks.length > 0, 'the browser tells no tasks')
  return Math.max(...tasks.map(({ tdur }) => (tdur ?? 0) / 1000))
}
