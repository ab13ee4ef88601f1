import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Keeper } from '../../src/cli/run/keeper.ts'
import { LaunchError } from '../../src/cli/run/launch-error.ts'
import { childrenOf } from './started.ts'

const keepers = () =>
  childrenOf(process.pid).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('remove_own'))

test('nothing is started any more once the keeper has gone', async () => {
  const keeper = new Keeper()
  const lost = keeper.lost.catch((error: unknown) => error)
  for (const pid of keepers()) process.kill(pid, 'SIGKILL')
  expect(await lost).toBeInstanceOf(LaunchError)
  expect(() => keeper.spawn(['/bin/sleep', '60'], { stdio: ['ignore', 'ignore', 'ignore'] })).toThrow(LaunchError)
  await keeper.end()
  expect(keepers()).toEqual([])
})
