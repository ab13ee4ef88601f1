import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Proving } from './browser.ts'
import { paste } from './flow.ts'

const limitKb = 400
/** The goal; a busy machine stretches every task, so that only a block of another order is an error. */
const goalMs = 100
const limitMs = 1000

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

/** The longest time that the page does not answer while a domain of 200 lines is typed in: the best of three tries. */
export async function proveTyping(proving: Proving): Promise<string> {
  const longest: number[] = []
  for (let attempt = 0; attempt < 3 && !(Math.min(...longest, Infinity) < goalMs); attempt++) {
    const { page } = await proving.open({ viewport: { width: 1400, height: 900 } })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await paste(page, long())
    await page.locator('.arguments .piece', { hasText: '37.qcow2' }).first().waitFor()
    await page.evaluate(() => {
      const blocks: number[] = []
      Object.assign(window, { blocks })
      new PerformanceObserver((list) => blocks.push(...list.getEntries().map(({ duration }) => duration))).observe({
        entryTypes: ['longtask'],
      })
    })
    await page.keyboard.press('Control+Home')
    for (let line = 0; line < 3; line++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    await page.keyboard.type(
      '\n<description>a guest that is typed in, with its completions and findings</description>',
      { delay: 35 },
    )
    await page.locator('#status', { hasText: 'libvirt' }).waitFor()
    await page.waitForTimeout(400)
    longest.push(Math.max(0, ...(await page.evaluate(() => (window as unknown as { blocks: number[] }).blocks))))
    await page.context().close()
  }
  const best = Math.min(...longest)
  assert.ok(best < limitMs, `typing blocks for ${Math.round(best)} ms`)
  return best === 0
    ? 'typing: no task of 50 ms or more'
    : `typing: the longest task takes ${Math.round(best)} ms (goal: below ${goalMs})`
}
