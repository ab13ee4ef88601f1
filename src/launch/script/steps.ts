import { shellQuote } from '../../argv/quote.ts'
import {
  beside,
  type CommandStep,
  type Content,
  type FileStep,
  type FolderStep,
  type HelperStep,
  type RebindStep,
  type Step,
} from '../plan.ts'

/** A step in shell: what is done, and what takes it back. */
export interface Written {
  readonly done: readonly string[]
  readonly undone: readonly string[]
}

export interface Writing {
  /** The guest's own folder, which goes as a whole. */
  readonly runtime: string
  /** 32 bytes, where something on the command line is sealed with them; else they are made at the start. */
  readonly masterKey: Uint8Array | undefined
  /** Number of the step, for names of variables. */
  readonly number: number
}

export const words = (argv: readonly string[]): string => argv.map(shellQuote).join(' ')

type Writers = { readonly [K in Step['kind']]: (step: Extract<Step, { kind: K }>, writing: Writing) => Written }

const writers: Writers = { folder, file, command, helper, rebind, descriptor }

export function writeStep(step: Step, writing: Writing): Written {
  return (writers[step.kind] as (step: Step, writing: Writing) => Written)(step, writing)
}

const mark = ({ number }: Writing) => `made_${number}`

function folder({ path, lasting }: FolderStep, writing: Writing): Written {
  const make = `mkdir -p -- ${shellQuote(path)}`
  if (path.startsWith(`${writing.runtime}/`)) return { done: [make], undone: [] }
  // What lasts stays, but not where nothing came to lie in it.
  if (lasting) return { done: [make], undone: [`rmdir -- ${shellQuote(path)} 2>/dev/null`] }
  const parent = path.slice(0, path.lastIndexOf('/'))
  const done = [`[ -e ${shellQuote(path)} ] || ${mark(writing)}=yes`, make]
  return {
    done,
    undone: [
      `[ -z "$${mark(writing)}" ] || { rm -rf -- ${shellQuote(path)}; rmdir -- ${shellQuote(parent)} 2>/dev/null; }`,
    ],
  }
}

/** Bytes for `printf`: its own escapes, so that any byte stands in a script. */
function bytesText(bytes: Uint8Array): string {
  return `printf '${[...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}'`
}

function contentText(content: Content, { masterKey }: Writing): string {
  switch (content.kind) {
    case 'copy':
      return `cat -- ${shellQuote(content.of)}`
    case 'text':
      return `printf '%s' ${shellQuote(content.text)}`
    case 'secret':
      return bytesText(content.bytes)
    case 'master-key':
      return masterKey === undefined ? 'head -c 32 /dev/urandom' : bytesText(masterKey)
  }
}

function file({ path, content, lasting }: FileStep, writing: Writing): Written {
  const target = shellQuote(path)
  const make = contentText(content, writing)
  if (!lasting) return { done: [`${make} >${target}`], undone: [] }
  // Beside it first: a full disk must not leave half of it.
  const half = shellQuote(beside(path))
  return {
    done: [`if [ ! -e ${target} ]; then`, `  ${make} >${half}`, `  mv -- ${half} ${target}`, 'fi'],
    undone: [`rm -f -- ${half}`],
  }
}

function command({ argv, fills, undo }: CommandStep, writing: Writing): Written {
  const run = words(argv)
  if (fills !== undefined) return filling(run, fills)
  if (undo === undefined) return { done: [run], undone: [] }
  return { done: [`${mark(writing)}=yes`, run], undone: [`[ -z "$${mark(writing)}" ] || ${words(undo)}`] }
}

/** Beside it first: what is killed or finds the disk full must not leave half of it. */
function filling(run: string, folder: string): Written {
  const [target, half] = [shellQuote(folder), shellQuote(beside(folder))]
  const parent = shellQuote(folder.slice(0, folder.lastIndexOf('/')))
  return {
    done: [
      `if [ ! -e ${target} ]; then`,
      `  rm -rf -- ${half}`,
      `  mkdir -p -- ${half}`,
      `  ${run}`,
      `  mv -- ${half} ${target}`,
      'fi',
    ],
    undone: [`rm -rf -- ${half}`, `rmdir -- ${parent} 2>/dev/null`],
  }
}

function helper({ argv, name, socket, follows }: HelperStep, { number }: Writing): Written {
  const pid = `helper_${number}`
  const ends = follows ? ' # ends by itself when QEMU does' : ''
  return {
    done: [
      `rm -f -- ${shellQuote(socket)}`,
      `setsid ${words(argv)} </dev/null &${ends}`,
      `${pid}=$!`,
      `listens ${shellQuote(name)} "$${pid}" ${shellQuote(socket)}`,
    ],
    undone: [`end "$${pid}"`, `rm -f -- ${shellQuote(socket)}`],
  }
}

function rebind({ address, driver }: RebindStep, { number }: Writing): Written {
  const before = `driver_${number}`
  const made = `made_${number}`
  return {
    done: [
      `${before}=$(driver_of ${address})`,
      `if [ "$${before}" != ${driver} ]; then`,
      `  ${made}=yes`,
      `  bind_to ${address} ${driver} "$${before}"`,
      'fi',
    ],
    undone: [`[ -z "$${made}" ] || give_back ${address} "$${before}"`],
  }
}

function descriptor({ fd, path, interface: name }: Extract<Step, { kind: 'descriptor' }>): Written {
  const [before = '', after = ''] = path.split('{ifindex}')
  const file = name === undefined ? shellQuote(path) : `${before}"$(cat /sys/class/net/${name}/ifindex)"${after}`
  return { done: [`exec ${fd}<>${file}`], undone: [] }
}

/** Variables that a step sets, which the end reads though the step may never have been reached. */
export function variablesOf(written: readonly Written[]): string[] {
  const all = written.flatMap(({ undone }) => undone.join('\n').match(/\$(?:made|helper|driver)_\d+/g) ?? [])
  return [...new Set(all.map((name) => name.slice(1)))].sort()
}
