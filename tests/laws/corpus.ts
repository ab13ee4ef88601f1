import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Case, Corpus } from '../conformance/cases.ts'
import { ExpectedFailures, standardLists } from '../conformance/expectations.ts'
import { Setting } from '../conformance/run.ts'
import type { Circumstances } from '../conformance/subject.ts'
import { shared } from '../shared.ts'

/** A case of the corpus that passes, ready to be converted. */
export interface PassingCase {
  readonly testCase: Case
  readonly source: string
  readonly circumstances: Circumstances
}

const lists = join(dirname(dirname(fileURLToPath(import.meta.url))), 'conformance')

/**
 * The cases that are not expected to fail: what a law must hold for. Empty where the reference material is absent; test
 * files say so with `skippedWithoutShared`.
 * @param expects only cases that end so; all where it is absent
 */
export function passingCases(expects?: Case['expect']): PassingCase[] {
  if (shared === undefined) return []
  const folder = join(shared, 'corpus')
  const corpus = new Corpus(folder)
  const setting = new Setting(folder)
  const failing = ExpectedFailures.read(lists, standardLists).ids
  return corpus.cases
    .filter(({ id, expect }) => !failing.has(id) && (expects === undefined || expect === expects))
    .map((testCase) => ({ testCase, source: corpus.read(testCase.input), circumstances: setting.of(testCase) }))
}

/** The cases with `<vf-token>`, of which none is expected to fail. @param expects only cases that end so */
export function tokenCases(expects: Case['expect']): PassingCase[] {
  if (shared === undefined) return []
  const corpus = new Corpus(join(shared, 'corpus-vf-token'))
  const setting = new Setting(join(shared, 'corpus'))
  return corpus.cases
    .filter(({ expect }) => expect === expects)
    .map((testCase) => ({ testCase, source: corpus.read(testCase.input), circumstances: setting.of(testCase) }))
}
