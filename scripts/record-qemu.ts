import { mkdirSync, writeFileSync } from 'node:fs'
import { compareLabels } from '../src/capabilities/label.ts'
import { probe } from '../src/capabilities/probe/probe.ts'
import { probedOf, probedText, urlOf } from './capabilities/probed.ts'

/**
 * `npm run record:qemu -- BINARY…`: probes QEMUs and keeps what they said beside the other builds of their
 * architecture, for `npm run gen:capabilities`. A build of the same label is replaced.
 */
for (const binary of process.argv.slice(2)) {
  const { capabilities, diagnostics } = await probe(binary)
  for (const { message } of diagnostics) console.error(message)
  if (capabilities === undefined) {
    process.exitCode = 1
    continue
  }
  const { table } = capabilities
  const others = probedOf(table.arch).map((recorded) => recorded.table)
  const all = [...others.filter(({ label }) => label !== table.label), table]
  mkdirSync(new URL('.', urlOf(table.arch)), { recursive: true })
  writeFileSync(urlOf(table.arch), probedText(all.sort((a, b) => compareLabels(a.label, b.label))))
  console.log(`${binary}: QEMU ${table.label} for ${table.arch}, ${table.package}`)
}
