import { Command } from '@commander-js/extra-typings'
import { own } from '../own.ts'
import { evidence } from '../release/choose.ts'
import { version } from '../version.ts'

type Register = (program: Command) => void

/** Each command is loaded only when it is called: start-up is most of what a conversion costs. */
const commands: { readonly [name: string]: () => Promise<Register> } = {
  argv: async () => (await import('./commands/argv.ts')).registerArgv,
  capabilities: async () => (await import('./commands/capabilities.ts')).registerCapabilities,
  explain: async () => (await import('./commands/explain.ts')).registerExplain,
  format: async () => (await import('./commands/format.ts')).registerFormat,
  libvirt: async () => (await import('./commands/libvirt.ts')).registerLibvirt,
  requires: async () => (await import('./commands/requires.ts')).registerRequires,
  run: async () => (await import('./commands/run.ts')).registerRun,
  script: async () => (await import('./commands/script.ts')).registerScript,
  lint: async () => (await import('./commands/lint.ts')).registerLint,
  validate: async () => (await import('./commands/lint.ts')).registerValidate,
  lsp: async () => (await import('./commands/lsp.ts')).registerLsp,
  topology: async () => (await import('./commands/topology.ts')).registerTopology,
  vfio: async () => (await import('./commands/vfio.ts')).registerVfio,
  host: async () => (await import('./commands/host.ts')).registerHost,
}

/** The program with the command that the words call, or with all: for help, completions and the man page. */
export async function programFor(words: readonly string[]): Promise<Command> {
  const [first = ''] = words
  const wanted = asksForAll.has(first) ? undefined : words.find((word) => Object.hasOwn(commands, word))
  const program = new Command('domxml')
    .description('libvirt domain XML to the QEMU command line that libvirt would run, offline')
    .version(`domxml ${version}, faithful to libvirt ${evidence.join(', ')}`)
    .exitOverride() as Command
  // The number alone needs no command.
  if (first === '--version' || first === '-V') return program
  const names = wanted === undefined ? Object.keys(commands) : [wanted]
  for (const register of await Promise.all(names.map((name) => own(commands, name)!()))) register(program)
  if (wanted === undefined) (await import('./completions.ts')).registerCompletions(program)
  return program
}

/** Commands about the other commands. */
const asksForAll = new Set(['completions', 'complete'])
