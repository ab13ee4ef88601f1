import assert from 'node:assert/strict'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { tabNames } from '../src/page/tabs.ts'
import type { Opened, Proving } from './browser.ts'

const shots = new URL('../../dist/playground-shots/', import.meta.url).pathname

export const domain = `<domain type='kvm'>
  <name>proof</name>
  <memory unit='GiB'>2</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cahce='none'/>
      <source file='/var/lib/libvirt/images/proof.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <graphics type='vnc' passwd='s3cret'/>
  </devices>
</domain>
`

/** What stands in the editor; CodeMirror draws only what is seen, so the whole is asked from the clipboard. */
export async function textOf(page: Page): Promise<string> {
  await page.locator('#editor .cm-content').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  return page.evaluate(() => navigator.clipboard.readText())
}

export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((it) => navigator.clipboard.writeText(it), text)
  await page.locator('#editor .cm-content').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+v')
}

const rows = (page: Page) => page.locator('.arguments li').allInnerTexts()

async function accessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const said = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((it) => it.html).join('\n  ')}`)
  assert.equal(said.join('\n'), '', `axe-core at ${what}`)
}

/** Everything that the page promises, one after another, on one screen. */
export async function prove(proving: Proving, name: string, screen: object): Promise<void> {
  const opened = await proving.open(screen)
  const { page } = opened
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await accessible(page, `${name}, at the start`)

  await paste(page, domain)
  const finding = page.locator('#findings li', { hasText: 'cahce' })
  await finding.waitFor()
  await page.screenshot({ path: `${shots}${name}-finding.png` })
  await finding.locator('button.mend').click()
  await finding.waitFor({ state: 'detached' })
  const piece = page.locator('.arguments .piece', { hasText: '"cache":{"direct":true' }).first()
  await piece.waitFor()
  assert.match(await textOf(page), /<driver name='qemu' type='qcow2' cache='none'\/>/)

  await piece.hover()
  await page.locator('#editor .cm-lit', { hasText: 'none' }).waitFor()
  assert.match(
    await page.locator('#panel-command .said').innerText(),
    /line 8: \/domain\/devices\/disk\/driver\/@cache/,
  )
  await page.screenshot({ path: `${shots}${name}-pointed.png` })
  await page.mouse.move(2, 2)
  await page.locator('#editor .cm-line', { hasText: "<target dev='vda'" }).click({ position: { x: 200, y: 8 } })
  await page.locator('.arguments .piece.lit').first().waitFor()

  await page.locator('.arguments .piece[tabindex="0"]').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  assert.ok(await page.evaluate(() => document.activeElement?.classList.contains('lit')), 'arrow keys point')
  assert.ok(!(await rows(page)).join().includes('s3cret'), 'secrets are hidden')

  await proveCompletion(page)

  const before = await rows(page)
  await page.selectOption('#libvirt', '10.1')
  await page.locator('#status', { hasText: 'libvirt 10.1' }).waitFor()
  await page.selectOption('#qemu', '6.2.0')
  await page.locator('#status', { hasText: 'QEMU 6.2.0' }).waitFor()
  assert.notDeepEqual(await rows(page), before)

  for (const tab of tabNames) {
    await page.click(`#tab-${tab}`)
    await shown(page, tab)
    await accessible(page, `${name}, ${tab}`)
    await page.screenshot({ path: `${shots}${name}-${tab}.png` })
  }
  await proveLink(proving, opened, name, screen)
  await proveOffline(page)
  assert.deepEqual(opened.strangers, [], 'no request leaves the page')
  assert.deepEqual(opened.complaints, [], 'nothing breaks the policy, nothing fails')
}

/** An attribute's value is offered where it is typed, and search opens; both are loaded when they are needed. */
async function proveCompletion(page: Page): Promise<void> {
  const whole = await textOf(page)
  await paste(page, whole.replace("bus='virtio'/>", "bus=''/>"))
  await page.locator('#editor .cm-line', { hasText: "bus=''" }).click({ position: { x: 4, y: 8 } })
  await page.keyboard.press('End')
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('s')
  await page.locator('#editor .cm-tooltip-autocomplete li', { hasText: 'scsi' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+f')
  await page.locator('#editor .cm-search').waitFor()
  await page.keyboard.press('Escape')
  await paste(page, whole)
  await page.locator('.arguments .piece', { hasText: '"cache":{"direct":true' }).first().waitFor()
}

async function shown(page: Page, tab: string): Promise<void> {
  if (tab === 'changes') await page.selectOption('#other-qemu', '9.0.0')
  const sign: Readonly<Record<string, string>> = {
    command: '.arguments li',
    completed: '#panel-completed .cm-added',
    changes: '#panel-changes .side.added, #panel-changes .side.removed',
    topology: '#panel-topology svg [data-line]',
  }
  await page.locator(sign[tab]!).first().waitFor()
}

async function proveLink(proving: Proving, { page }: Opened, name: string, screen: object): Promise<void> {
  await page.click('#tab-command')
  await page.click('#share')
  const field = page.locator('#share-dialog .link-text')
  await field.waitFor()
  await accessible(page, `${name}, the link`)
  const link = await field.inputValue()
  await page.screenshot({ path: `${shots}${name}-share.png` })
  await page.keyboard.press('Escape')
  const fragment = link.slice(link.indexOf('#'))
  const other = await proving.open(screen, fragment)
  await other.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  assert.equal(await textOf(other.page), (await textOf(page)).replace('s3cret', '******'), 'the link has no secret')
  assert.equal(await other.page.inputValue('#libvirt'), '10.1')
  assert.equal(await other.page.inputValue('#qemu'), '6.2.0')
  assert.deepEqual(await rows(other.page), await rows(page), 'the link shows the same')
  assert.deepEqual([...other.strangers, ...other.complaints], [])
  await other.page.context().close()
}

/** Without a network the page goes on, and opens again. */
async function proveOffline(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.context().setOffline(true)
  await page.reload()
  await page.waitForSelector('html[data-ready]')
  await page.click('#tab-topology')
  await shown(page, 'topology')
  await page.context().setOffline(false)
}
