import { Proving } from './browser.ts'
import { prove } from './flow.ts'
import { proveSize, proveTyping } from './measure.ts'

/** `npm run playground-proof`: the built page in a real Chromium, on a large screen by day and a small one by night. */
const proving = await Proving.start()
try {
  await prove(proving, 'large', { viewport: { width: 1400, height: 900 }, colorScheme: 'light' })
  console.log('ok   1400 pixels wide, light')
  await prove(proving, 'small', { viewport: { width: 400, height: 800 }, colorScheme: 'dark' })
  console.log('ok   400 pixels wide, dark')
  console.log(`ok   ${await proveSize(proving)}`)
  console.log(`ok   ${await proveTyping(proving)}`)
} finally {
  await proving.stop()
}
