import type { Command } from '@commander-js/extra-typings'
import { type ReleaseChange, releaseChanges } from '../../pipeline/release-changes.ts'
import { usableRelease } from '../circumstances.ts'
import { UsageError } from '../status.ts'

const words: { readonly [K in ReleaseChange['kind']]: string } = {
  element: 'new element',
  attribute: 'new attribute',
  value: 'new value',
  'rule-begins': 'rule begins',
  'rule-ends': 'rule ends',
}

/** Adds `libvirt diff`. */
export function registerLibvirt(program: Command): void {
  program
    .command('libvirt')
    .description('what releases of libvirt know')
    .command('diff')
    .description('what changed between two releases: vocabulary of the XML, and rules')
    .argument('<from>', 'the older release, e.g. 10.1')
    .argument('<to>', 'the newer one, e.g. 12.8')
    .option('--json', 'print JSON')
    .action((from, to, { json }) => {
      const [older, newer] = [usableRelease(from).release, usableRelease(to).release]
      if (older.rank > newer.rank) throw new UsageError(`${from} is newer than ${to}: the older release stands first`)
      const changes = releaseChanges(older, newer)
      process.stdout.write(
        json
          ? `${JSON.stringify({ from: String(older), to: String(newer), changes }, null, 2)}\n`
          : changes.map(line).join(''),
      )
    })
}

function line({ release, kind, what, doc }: ReleaseChange): string {
  return `${release.padEnd(6)} ${words[kind].padEnd(13)} ${what}${doc === undefined ? '' : `  (${doc})`}\n`
}
