import { readFileSync } from 'node:fs'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { own } from '../../own.ts'
import { derive } from '../derive.ts'
import { type Answer, type Dialogue, keyOf, type Question } from '../dialogue.ts'
import { factsOf, type HostAnswers } from '../facts.ts'
import type { LoadedCapabilities } from '../load-libvirt.ts'
import { QemuProcess, StartError } from './qemu-process.ts'
import { QmpError } from './qmp-client.ts'
import { essentialQuestions, furtherQuestions, leadingQuestions, tcgQuestions } from './questions.ts'

export interface ProbeLimits {
  /** Milliseconds for one answer, and for a start. */
  readonly answer: number
  /** Milliseconds for the whole probe. */
  readonly whole: number
}

export const probeLimits: ProbeLimits = { answer: 10_000, whole: 60_000 }

/** QEMU takes the first that the host and the build have. */
const best = 'kvm:hvf:tcg'

/** After so many lost processes a QEMU is not worth another. */
const mostRestarts = 20

/**
 * Asks a QEMU system emulator what it can do, with the host's hypervisor where there is one and with TCG, and derives
 * its capability table. A question on which QEMU crashes or hangs costs that answer (`capabilities/question-lost`).
 * Raises `capabilities/cannot-run`, `capabilities/not-a-qemu`, `capabilities/no-answer`, `capabilities/qemu-failed`.
 */
export async function probe(binary: string, limits: ProbeLimits = probeLimits): Promise<LoadedCapabilities> {
  const interview = new Interview(binary, limits)
  try {
    const first = new Map<string, Answer>()
    await interview.ask(first, best, essentialQuestions, 'essential')
    await interview.ask(first, best, leadingQuestions)
    const host: HostAnswers = {
      hvf: process.platform === 'darwin' && hasHvf({ sessions: [first] }),
      tdx: hasTdx(),
    }
    const facts = factsOf({ sessions: [first] }, host)
    const accelerator = facts.kvm ? 'kvm' : host.hvf ? 'hvf' : 'tcg'
    await interview.ask(first, best, furtherQuestions(facts, accelerator))
    const sessions = [first]
    if (accelerator !== 'tcg' && facts.types.has('tcg-accel')) {
      const second = new Map<string, Answer>()
      await interview.end()
      await interview.ask(second, 'tcg', tcgQuestions(facts))
      sessions.push(second)
    }
    const derived = derive({ sessions }, host)
    return { ...derived, diagnostics: [...interview.diagnostics, ...derived.diagnostics] }
  } catch (error) {
    return { diagnostics: [...interview.diagnostics, refusal(binary, error)] }
  } finally {
    await interview.end()
  }
}

/** Only the kernel's module says it (Linux, Documentation/arch/x86/tdx.rst). */
function hasTdx(): boolean {
  try {
    return readFileSync('/sys/module/kvm_intel/parameters/tdx', 'utf8').trim() === 'Y'
  } catch {
    return false
  }
}

function hasHvf(dialogue: Dialogue): boolean {
  return factsOf(dialogue).types.has('hvf-accel')
}

/** Asks one question after the other; a process that is lost on one is replaced for the next. */
class Interview {
  readonly diagnostics: Diagnostic[] = []
  readonly #binary: string
  readonly #limits: ProbeLimits
  readonly #deadline: number
  #qemu: QemuProcess | undefined
  #restarts = 0

  constructor(binary: string, limits: ProbeLimits) {
    this.#binary = binary
    this.#limits = limits
    this.#deadline = performance.now() + limits.whole
  }

  async ask(
    answers: Map<string, Answer>,
    accelerators: string,
    questions: readonly Question[],
    weight?: 'essential',
  ): Promise<void> {
    for (const question of questions) {
      this.#qemu ??= await QemuProcess.start(this.#binary, accelerators, this.#timeout())
      try {
        answers.set(keyOf(question), await this.#qemu.ask(question, this.#timeout()))
      } catch (error) {
        await this.end()
        if (!(error instanceof QmpError) || weight === 'essential' || ++this.#restarts > mostRestarts) throw error
        this.#lost(question, error)
      }
    }
  }

  async end(): Promise<void> {
    const qemu = this.#qemu
    this.#qemu = undefined
    await qemu?.end()
  }

  #timeout(): number {
    const left = this.#deadline - performance.now()
    if (left <= 0) throw new QmpError('timeout', `not done within ${this.#limits.whole / 1000} s`)
    return Math.ceil(Math.min(left, this.#limits.answer))
  }

  #lost(question: Question, error: QmpError): void {
    this.diagnostics.push({
      code: 'capabilities/question-lost',
      severity: 'warning',
      message: `QEMU did not survive ${keyOf(question)}: ${error.message}`,
      hint: 'The table goes without that answer. A module of QEMU may be missing; install it and probe again.',
    })
  }
}

function refusal(binary: string, error: unknown): Diagnostic {
  if (error instanceof StartError) {
    const [reason, hint] = own(startWords, error.code) ?? [error.message, 'Check that it is a program of this machine.']
    return finding('cannot-run', `${binary} cannot be run: ${reason}`, hint)
  }
  if (error instanceof QmpError) return finding(...faultWords[error.fault](binary, error.message))
  throw error
}

const startWords: { readonly [code: string]: readonly [reason: string, hint: string] } = {
  ENOENT: ['there is no such file', 'Check the path; Debian has it in qemu-system-x86 and its siblings.'],
  EACCES: ['no permission to execute it', 'Give a file that you may execute.'],
  ENOEXEC: ['it is no program of this machine', 'Give a QEMU that was built for this machine.'],
}

const faultWords: {
  readonly [fault in QmpError['fault']]: (binary: string, message: string) => [string, string, string]
} = {
  closed: (binary, message) => [
    'qemu-failed',
    `${binary} ended before it had answered: ${message}`,
    'Give a QEMU system emulator that starts with -machine none -qmp stdio.',
  ],
  protocol: (binary, message) => [
    'not-a-qemu',
    `${binary} does not speak QMP: ${message}`,
    'Give a QEMU system emulator, for example /usr/bin/qemu-system-x86_64.',
  ],
  timeout: (binary, message) => [
    'no-answer',
    `${binary} hangs: ${message}`,
    'Give a QEMU system emulator; on a slow machine allow more with --timeout.',
  ],
}

function finding(code: string, message: string, hint: string): Diagnostic {
  return { code: `capabilities/${code}`, severity: 'error', message, hint }
}
