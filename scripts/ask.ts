import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type LiveRow, liveChecks, runLive } from '../tests/conformance/live.ts'
import { describeOracle, versionIn } from '../tests/differential/oracle.ts'
import { shared } from '../tests/shared.ts'

const usage = `npm run ask -- [--oracle debian13|debian-sid] FILE…
  What a real libvirt answers to domains, and where this project answers otherwise: definition, then command line.
  Give the domains <uuid> and MAC addresses: what is drawn at random differs by nature.
  The oracle is set up by ../shared/oracle (or DOMXML_SHARED); ORACLE_HOME says where its folders are.
`

interface Answer {
  readonly define: string
}

/** Puts the answers in the form of `../shared/live`, and compares them as those are. */
function compare(files: readonly string[], answers: string, root: string, work: string): number {
  const version = versionIn(answers)
  if (version === undefined) throw new Error('the oracle does not tell its version')
  const results: { readonly [id: string]: Answer } = JSON.parse(readFileSync(join(answers, 'result.json'), 'utf8'))
  const folder = join(work, `libvirt-${version}`)
  mkdirSync(join(folder, 'cases'), { recursive: true })
  describeOracle(root, folder)
  const rows = files.map((file): LiveRow => {
    const id = basename(file, '.xml')
    const { define } = results[id]!
    copyFileSync(file, join(folder, 'cases', `${id}.xml`))
    const given = (ending: string, as: string) => {
      const path = join(answers, `${id}.${ending}`)
      if (existsSync(path)) copyFileSync(path, join(folder, 'cases', as))
      return existsSync(path)
    }
    console.log(`${id}: ${define}`)
    return {
      id,
      input: `${id}.xml`,
      kind: 'native',
      define,
      ...(given('xml', `${id}.define.xml`) && { xml: `${id}.define.xml` }),
      ...(given('args', `${id}.args`) && { args: `${id}.args` }),
    }
  })
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(rows))
  const report = runLive(folder, /./)
  for (const { id, check, reason } of report.failed) console.log(`\n${id}  ${check}\n${reason}`)
  for (const check of liveChecks) console.log(`${check.padEnd(7)} ${report[check].passed} of ${report[check].of} equal`)
  return report.failed.length === 0 ? 0 : 1
}

function main(): number {
  const { values, positionals } = parseArgs({
    options: { oracle: { type: 'string', default: 'debian13' } },
    allowPositionals: true,
  })
  if (positionals.length === 0) {
    console.error(usage)
    return 2
  }
  const root = join(process.env.ORACLE_HOME ?? '/tmp/libvirt-oracle', values.oracle)
  if (shared === undefined || !existsSync(root)) {
    console.log(`SKIPPED: no oracle in ${root}; set it up with ../shared/oracle/setup ${values.oracle}`)
    return 0
  }
  const work = mkdtempSync(join(tmpdir(), 'domxml-ask-'))
  try {
    const answers = join(work, 'answers')
    const ask = join(shared, 'oracle/ask')
    execFileSync(ask, ['--native', values.oracle, answers, ...positionals], { stdio: ['ignore', 'ignore', 'inherit'] })
    return compare(positionals, answers, root, work)
  } finally {
    rmSync(work, { recursive: true })
  }
}

process.exitCode = main()
