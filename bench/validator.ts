import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { passingCases } from '../tests/laws/corpus.ts'
import { elapsed, median, type Row } from './timing.ts'

const cli = fileURLToPath(new URL('../dist/cli/domxml.cjs', import.meta.url))
const files = 1000
const sample = 20
const rounds = 5
/** At least twenty times as fast. */
const limit = 1 / 20

/**
 * A thousand files by one `domxml lint`, over a `virt-xml-validate` called for each: a folder with a Debian system whose
 * `virt-xml-validate` is meant may be named by VALIDATOR_ROOT.
 */
export function validatorRatio(fallback: readonly string[]): Row[] {
  const what = `lint of ${files} files / virt-xml-validate for each`
  const skipped = (why: string): Row[] => [{ what, ratio: Number.NaN, note: `SKIPPED: ${why}` }]
  if (!existsSync(cli)) return skipped('npm run build first')
  const root = process.env.VALIDATOR_ROOT
  const folder = mkdtempSync(root === undefined ? join(tmpdir(), 'domxml-bench-') : join(root, 'tmp/domxml-bench-'))
  try {
    const corpus = passingCases('argv').map(({ source }) => source)
    const sources = corpus.length > 0 ? corpus : fallback
    const paths = Array.from({ length: files }, (_, number) => {
      mkdirSync(join(folder, `${number % 50}`), { recursive: true })
      const path = join(folder, `${number % 50}`, `${number}.xml`)
      writeFileSync(path, sources[number % sources.length]!)
      return path
    })
    const validate = (path: string) =>
      root === undefined
        ? spawnSync('virt-xml-validate', [path, 'domain'])
        : spawnSync('chroot', [root, 'virt-xml-validate', path.slice(root.length), 'domain'])
    const first = validate(paths[0]!)
    if (first.error || first.status === 127) return skipped('virt-xml-validate is not installed (libvirt-clients)')
    const each =
      seconds(() => {
        for (const path of paths.slice(0, sample)) validate(path)
      }) / sample
    const lint = () => spawnSync(process.execPath, [cli, 'lint', '--quiet', '--no-config', folder], { stdio: 'ignore' })
    // The first run keeps what it compiled.
    lint()
    const all = median(Array.from({ length: rounds }, () => seconds(lint)))
    const note = `${all.toFixed(2)} s for all, ${(each * 1000).toFixed(0)} ms for one: ${((each * files) / all).toFixed(0)} times as fast`
    return [{ what, ratio: all / (each * files), note, limit }]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const seconds = (work: () => void): number => elapsed(work, 1) / 1000
