import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { machine, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { recordHost } from '../src/host/record/index.ts'
import { treeReader } from '../src/host/record/reader.ts'
import { liveChecks, runLive } from '../tests/conformance/live.ts'

const usage = `npx tsx scripts/compare-live.ts --live FOLDER --root FOLDER [--filter RE] [--min CHECK=PERCENT]…
  What a real libvirt answered, against a host recorded out of the file system of its machine, end to end:
  \`host record --root\` of it, nothing added by hand, then every domain of FOLDER/manifest.json.
  --live FOLDER   the answers, e.g. ../shared/live/libvirt-11.3
  --root FOLDER   the file system of that machine
  --min           least part of a check (define, xml, argv) that must be equal, e.g. argv=95
`

const { values } = parseArgs({
  options: {
    live: { type: 'string' },
    root: { type: 'string' },
    filter: { type: 'string' },
    min: { type: 'string', multiple: true },
  },
})

function main(): number {
  const { live, root, filter = '', min = [] } = values
  if (live === undefined || root === undefined) {
    console.error(usage)
    return 2
  }
  const least = new Map(min.map((it) => it.split('=')).map(([check, percent]) => [check, Number(percent)]))
  const folder = mkdtempSync(join(tmpdir(), 'domxml-live-'))
  try {
    const { facts, diagnostics } = recordHost(treeReader(root), machine())
    for (const { severity, message } of diagnostics) console.log(`${severity}: ${message}`)
    const host = join(folder, 'host.json')
    writeFileSync(host, JSON.stringify(facts))
    const report = runLive(live, new RegExp(filter), host)
    for (const { id, check, reason } of report.failed) console.log(`${id}  ${check}  ${reason}`)
    let exit = 0
    for (const check of liveChecks) {
      const { passed, of } = report[check]
      const percent = of === 0 ? 100 : (100 * passed) / of
      console.log(`${check.padEnd(7)} ${passed} of ${of} equal (${percent.toFixed(1)} in 100)`)
      if (percent < (least.get(check) ?? 0)) exit = 1
    }
    return exit
  } finally {
    rmSync(folder, { recursive: true })
  }
}

process.exitCode = main()
