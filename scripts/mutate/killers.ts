import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { printShell } from '../../src/argv/print.ts'
import { convert } from '../../src/convert.ts'
import { Corpus } from '../../tests/conformance/cases.ts'
import { runCase } from '../../tests/conformance/checks.ts'
import { Refusals } from '../../tests/conformance/expectations.ts'
import { Setting } from '../../tests/conformance/run.ts'
import type { Subject } from '../../tests/conformance/subject.ts'
import { provenanceFaults } from '../../tests/laws/provenance.ts'
import { shared } from '../../tests/shared.ts'
import '../../tests/strict-findings.ts'
import { testsOf } from './vitest.ts'

/** What can notice a mutant. */
export interface Killer {
  readonly id: string
  /** The file of a test, or what a case is made of: what the killer is about. */
  readonly about: string
  /** Whether all is as it should be. */
  run(): Promise<boolean>
}

const lists = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'tests', 'conformance')

/** Tests, then cases of corpora where they count. */
export async function killers(
  tests: readonly (readonly [string, () => Promise<unknown>])[],
  withCases: boolean,
): Promise<Killer[]> {
  const all: Killer[] = []
  for (const [file, load] of tests) {
    const about = readFileSync(file, 'utf8')
    for (const [at, { run }] of (await testsOf(load)).entries()) {
      const noticed = () =>
        run().then(
          () => true,
          () => false,
        )
      all.push({ id: `${file}#${at}`, about, run: noticed })
    }
  }
  for (const [folder, support] of shared === undefined || !withCases ? [] : corpora(shared))
    all.push(...casesOf(folder, support))
  return all
}

/** The recorded corpora, then the generated ones, each with the folder of its tables. */
function corpora(root: string): (readonly [folder: string, support: string])[] {
  const all = [
    ['corpus', 'corpus'],
    ['corpus-vf-token', 'corpus'],
    ['corpus-11.3', 'corpus-11.3'],
    ['generated/libvirt-10.1', 'corpus'],
    ['generated/libvirt-11.3', 'corpus-11.3'],
  ] as const
  return all.map(([name, support]) => [join(root, name), join(root, support)] as const).filter(([it]) => existsSync(it))
}

/** The converter, held to the law of provenance too, which a test of its own asks of the whole corpus at once. */
const lawful: Subject = (source, circumstances) => {
  const { diagnostics, xml, argv, origins } = convert(source, circumstances)
  const [fault] = argv ? provenanceFaults(argv, origins) : []
  if (fault !== undefined) throw new Error(fault)
  return { diagnostics, xml, argv: argv && printShell(argv) }
}

function casesOf(folder: string, support: string): Killer[] {
  const corpus = new Corpus(folder)
  const setting = new Setting(support)
  const refusals = new Refusals(lists)
  const rule = { code: (id: string) => refusals.code(id), reviewed: basename(folder) === 'corpus' }
  return corpus.cases.map((testCase) => ({
    id: `${basename(folder)}/${testCase.id}`,
    get about() {
      return corpus.read(testCase.input) + (testCase.xml === undefined ? '' : corpus.read(testCase.xml))
    },
    run: async () => {
      try {
        return runCase(testCase, corpus, setting.of(testCase), lawful, rule).failures.length === 0
      } catch {
        return false
      }
    },
  }))
}
