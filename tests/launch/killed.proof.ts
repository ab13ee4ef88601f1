import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bundle, fileWith, guest } from '../cli/run.ts'
import { childrenOf, emulator, left, type Place, pause, placeFor, Started, skippedWithout } from './started.ts'

const programs = [emulator, '/usr/bin/swtpm', '/usr/bin/swtpm_setup']
const tpm = "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"

/** The guest's own TPM: while its first state is made, another one runs for a moment. */
const helper = /swtpm socket --ctrl/

/** What stands in a folder that may go at any moment. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw problem
  }
}

/** How far a start has come, in their order: each is a thing that can be seen from outside. */
const moments = {
  'its folder is there': ({ runtime }: Place) => filesIn(runtime).length > 0,
  'a helper is started': (_: Place, run: Started) => run.pids(helper).length > 0,
  'QEMU is started': (_: Place, run: Started) => run.pids(/qemu-system/).length > 0,
  'its monitor is there': ({ runtime }: Place) => filesIn(runtime).some((name) => name.endsWith('monitor.sock')),
  'it runs': (_: Place, run: Started) => run.said.includes('small is running'),
}
type Moment = keyof typeof moments

/** The shell that undoes a start does not name the guest: it is the runner's child. */
function keepers({ process: { pid } }: Started): number[] {
  return childrenOf(pid!).filter((it) => readFileSync(`/proc/${it}/cmdline`, 'utf8').includes('remove_own'))
}

const victims: { readonly [who: string]: { find: (run: Started) => number[]; from: Moment } } = {
  'the runner': { find: ({ process: { pid } }) => [pid!], from: 'its folder is there' },
  'its keeper': { find: keepers, from: 'its folder is there' },
  'a helper': { find: (run) => run.pids(helper), from: 'a helper is started' },
  QEMU: { find: (run) => run.pids(/qemu-system/), from: 'QEMU is started' },
}

const names = Object.keys(moments) as Moment[]
const pairs = Object.entries(victims).flatMap(([who, { from }]) =>
  names.slice(names.indexOf(from)).map((moment) => [who, moment] as const),
)

describe.skipIf(skippedWithout(programs, 'killed starts'))('a start that is killed leaves nothing', () => {
  test.each(pairs)('%s, when %s', async (who, moment) => {
    const place = placeFor('killed')
    const file = fileWith(guest({ devices: `${tpm}<serial type='pty'/>` }))
    const run = new Started([process.execPath, bundle()], file, place)
    // A process on its way from one program to another has no command line for a moment: it is looked for until it is there.
    let found: number[] = []
    while (found.length === 0) {
      expect(run.process.exitCode, run.said).toBeNull()
      await pause(1)
      if (moments[moment](place, run)) found = victims[who]!.find(run)
    }
    for (const pid of found) process.kill(pid, 'SIGKILL')
    await run.exit
    expect(await left(place)).toEqual([])
    expect(run.said.match(/error:/g) ?? [], run.said).toHaveLength(
      run.said.includes('QEMU was ended by') || who === 'the runner' ? 0 : 1,
    )
    expect(filesIn(place.state).filter((name) => name.includes('.new'))).toEqual([])
    // What lasts is whole: the next start finds nothing in its way.
    const next = new Started([process.execPath, bundle()], file, place)
    await next.says(/small is running/)
    expect(await next.end()).toEqual({ code: 0, signal: null })
  })
})
