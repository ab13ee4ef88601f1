import { CommanderError } from '@commander-js/extra-typings'
import { programFor } from './program.ts'
import { status, UsageError } from './status.ts'

async function main(argv: readonly string[]): Promise<void> {
  try {
    const program = await programFor(argv)
    for (const command of program.commands) command.exitOverride()
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? status.fine : status.usage
    else if (error instanceof UsageError) {
      process.stderr.write(`domxml: ${error.message}\n`)
      process.exitCode = status.usage
    } else {
      process.stderr.write(
        `domxml failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      )
      process.stderr.write('This is a defect of domxml, not of the input.\n')
      process.exitCode = status.failure
    }
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) is no failure; a disk that is full is one.
  if (error.code === 'EPIPE') process.exit(status.fine)
  process.stderr.write(`domxml: standard output cannot be written: ${error.message}\n`)
  process.exit(status.failure)
})
process.stderr.on('error', () => process.exit(status.failure))
void main(process.argv.slice(2))
