import tab from '@bomb.sh/tab/commander'
import type { Command } from '@commander-js/extra-typings'
import type { Command as AnyCommand } from 'commander'

/** Adds `completions SHELL`, which prints a script for the shell, and `complete -- WORDS…`, which that script asks at each TAB. */
export function registerCompletions(program: Command): void {
  tab(program as unknown as AnyCommand, { completionCommandName: 'completions' })
}
