import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Corpus } from './cases.ts'
import { ExpectedFailures, listsOf, Refusals, standardLists } from './expectations.ts'
import { caseDiff, familySummary, reportOf, summary } from './report.ts'
import { runCases, Setting } from './run.ts'
import type { Subject } from './subject.ts'
import { shrunk, verdictOf } from './verdict.ts'

export interface Options {
  readonly corpus?: string | undefined
  readonly support?: string | undefined
  readonly filter?: string | undefined
  readonly json?: string | undefined
  readonly diff?: string | undefined
  readonly update?: boolean | undefined
  readonly init?: boolean | undefined
  readonly 'family-summary'?: boolean | undefined
  readonly 'accept-refusal'?: readonly string[] | undefined
}

/** Where the runner is and what it tests; the runner's own test sets another. */
export interface Surroundings {
  /** Where the lists are. */
  readonly lists: string
  /** The reference material; undefined where it is absent. */
  readonly shared: string | undefined
  readonly subject: Subject
  readonly color: boolean
  print(text: string): void
}

/** Runs the conformance checks. Returns the exit status: 0 as expected, 1 not, 2 wrong usage. */
export function conformance(options: Options, { lists, shared, subject, color, print }: Surroundings): number {
  const standard = shared && join(shared, 'corpus')
  const folder = options.corpus ?? standard
  if (folder === undefined) {
    print('SKIPPED: the corpus is not there (neither DOMXML_SHARED nor ../shared); give one with --corpus')
    return 0
  }
  const isStandard = standard !== undefined && resolve(folder) === resolve(standard)
  const own = isStandard ? standardLists : listsOf(nameOf(folder))
  const corpus = new Corpus(folder)
  const setting = new Setting(options.support ?? folder)
  const refusals = new Refusals(lists)
  const rule = { code: (id: string) => refusals.code(id), reviewed: isStandard }
  const chosen = chooser(options, corpus)
  if (typeof chosen === 'string') {
    print(chosen)
    return 2
  }
  let results = runCases(chosen, corpus, setting, subject, rule)
  for (const id of options['accept-refusal'] ?? []) {
    const result = results.find(({ testCase }) => testCase.id === id)
    const [code, ...others] = result?.refusal ?? []
    if (code === undefined || others.length > 0) {
      print(`${id} is not refused at the right stage with one code: ${result?.failures[0]?.reason ?? 'no such case'}`)
      return 1
    }
    refusals.accept(id, code)
    print(`${id}: ${code}`)
  }
  if (options['accept-refusal'] !== undefined) {
    refusals.write()
    results = runCases(chosen, corpus, setting, subject, rule)
  }
  if (options.diff !== undefined) {
    for (const result of results) print(caseDiff(result, corpus, color))
    return results.some(({ failures }) => failures.length > 0) ? 1 : 0
  }

  const report = reportOf(results)
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`)
  if (options['family-summary']) print(`${familySummary(results)}\n`)
  print(summary(report))
  let listed = ExpectedFailures.read(lists, own)
  if (!isStandard && !listed.exist && !options.init) return report.failed.length === 0 ? 0 : 1

  const failing = results.filter(({ failures }) => failures.length > 0).map(({ testCase }) => testCase)
  if (!listed.exist && !options.init) {
    print('There are no lists of expected failures yet: --init writes the first.')
    return 1
  }
  if (options.init) {
    if (listed.exist || options.filter !== undefined) {
      print('--init writes the very first lists, of all cases; these exist and only shrink.')
      return 2
    }
    listed = ExpectedFailures.init(lists, own, failing)
    listed.write()
    if (isStandard) refusals.write()
  }
  const verdict = verdictOf(results, listed, refusals, {
    listed: new Set(corpus.cases.map(({ id }) => id)),
    ...(isStandard && { refused: idsBeside(shared ?? '') }),
  })
  if (options.update) {
    shrunk(listed, verdict).write()
    if (isStandard) refusals.write()
  }
  return explain(verdict, results, options.update === true, print)
}

/** What a corpus is called, wherever it was unpacked: its folder and the one around it, `generated-libvirt-10.1`. */
function nameOf(folder: string): string {
  const path = resolve(folder)
  // `corpus-11.3` names itself; `libvirt-11.3` stands in many folders.
  if (basename(path).startsWith('corpus')) return basename(path)
  return `${basename(dirname(path))}-${basename(path)}`
}

/** Ids of all corpora of the reference material (folders with goldens beside their manifest): refusals of each are reviewed. */
function idsBeside(shared: string): Set<string> {
  const folders = readdirSync(shared).map((name) => join(shared, name))
  const corpora = folders.filter((folder) =>
    ['manifest.json', 'qemuxmlconfdata'].every((name) => existsSync(join(folder, name))),
  )
  return new Set(corpora.flatMap((folder) => new Corpus(folder).cases.map(({ id }) => id)))
}

function chooser({ filter, diff }: Options, corpus: Corpus) {
  if (diff !== undefined) {
    const exact = corpus.cases.filter(({ id }) => id === diff)
    const found = exact.length > 0 ? exact : corpus.cases.filter(({ id }) => id.startsWith(diff))
    if (found.length === 1) return found
    return found.length === 0 ? `no case ${diff}` : `which of them?\n${found.map(({ id }) => `  ${id}`).join('\n')}`
  }
  if (filter === undefined) return corpus.cases
  try {
    const expression = new RegExp(filter)
    return corpus.cases.filter(({ id }) => expression.test(id))
  } catch {
    return `--filter ${filter} is not a regular expression`
  }
}

function explain(
  { passing, failing, strays }: ReturnType<typeof verdictOf>,
  results: ReturnType<typeof runCases>,
  updated: boolean,
  print: (text: string) => void,
): number {
  for (const id of failing) {
    const failure = results.find(({ testCase }) => testCase.id === id)?.failures[0]
    print(`FAILED ${id}: ${failure?.check}: ${failure?.reason}${failure?.detail ? ` (${failure.detail})` : ''}`)
  }
  for (const id of strays) print(`STRAY ${id}: listed, but no case of the corpus, or listed twice`)
  if (updated) {
    if (passing.length > 0) print(`${passing.length} cases pass now and are no longer listed`)
  } else {
    for (const id of passing) print(`LISTED ${id} passes: take it from the list (--update)`)
  }
  if (failing.length > 0) print(`${failing.length} cases failed that are not listed (look: --diff ID)`)
  return failing.length + strays.length + (updated ? 0 : passing.length) > 0 ? 1 : 0
}
