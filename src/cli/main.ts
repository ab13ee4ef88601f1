#!/usr/bin/env node
import { Command, CommanderError } from '@commander-js/extra-typings'
import { evidence } from '../release/choose.ts'
import { version } from '../version.ts'
import { status, UsageError } from './status.ts'

type Register = (program: Command) => void

/** Each command is loaded only when it is called: start-up is most of what a conversion costs. */
const commands: { readonly [name: string]: () => Promise<Register> } = {
  argv: async () => (await import('./commands/argv.ts')).registerArgv,
  capabilities: async () => (await import('./commands/capabilities.ts')).registerCapabilities,
  explain: async () => (await import('./commands/explain.ts')).registerExplain,
  format: async () => (await import('./commands/format.ts')).registerFormat,
  run: async () => (await import('./commands/run.ts')).registerRun,
  script: async () => (await import('./commands/script.ts')).registerScript,
  lint: async () => (await import('./commands/lint.ts')).registerLint,
  validate: async () => (await import('./commands/lint.ts')).registerValidate,
  lsp: async () => (await import('./commands/lsp.ts')).registerLsp,
  topology: async () => (await import('./commands/topology.ts')).registerTopology,
  vfio: async () => (await import('./commands/vfio.ts')).registerVfio,
  host: async () => (await import('./commands/host.ts')).registerHost,
}

async function build(argv: readonly string[]): Promise<Command> {
  const program = new Command('domxml')
    .description('libvirt domain XML to the QEMU command line that libvirt would run, offline')
    .version(`domxml ${version}, faithful to libvirt ${evidence.join(', ')}`)
    .exitOverride()
  const wanted = argv.find((word) => word in commands)
  const names = wanted === undefined ? Object.keys(commands) : [wanted]
  for (const name of names) (await commands[name]!())(program as Command)
  return program as Command
}

async function main(argv: readonly string[]): Promise<void> {
  try {
    const program = await build(argv)
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
  // A reader that has seen enough (`| head`) is no failure.
  if (error.code === 'EPIPE') process.exit(status.fine)
})
await main(process.argv.slice(2))
