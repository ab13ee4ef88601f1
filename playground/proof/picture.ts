import { fileURLToPath } from 'node:url'
import { Proving } from './browser.ts'

/** `npm run playground-picture`: the picture of the README, from the built page with a part of the command line pointed at. */
const proving = await Proving.start()
try {
  const { page } = await proving.open({ viewport: { width: 1280, height: 760 }, colorScheme: 'light' })
  const piece = page.locator('.arguments .piece', { hasText: '"iothread":"iothread1"' }).first()
  await piece.scrollIntoViewIfNeeded()
  await piece.hover()
  await page.locator('#editor .cm-lit').first().waitFor()
  const path = fileURLToPath(new URL('../../docs/playground.png', import.meta.url))
  await page.screenshot({ path })
  console.log(path)
} finally {
  await proving.stop()
}
