import { isObject, type Json, type JsonObject, textOf } from '../json/loose.ts'

/** A QMP command with its arguments. */
export interface Question {
  readonly execute: string
  readonly arguments?: JsonObject
}

export type Answer =
  | { readonly return: Json; readonly error?: undefined }
  | { readonly error: { readonly class: string; readonly desc: string }; readonly return?: undefined }

/** What one QEMU process answered, from greeting to end. */
export type Session = ReadonlyMap<string, Answer>

/**
 * What a QEMU build answered: one session with the best accelerator of the host, and one with TCG where the first was
 * not TCG already.
 */
export interface Dialogue {
  readonly sessions: readonly Session[]
}

/** The same for equal questions, whatever the order in which their arguments were written. */
export function keyOf(question: Question): string {
  return question.arguments === undefined
    ? question.execute
    : `${question.execute} ${JSON.stringify(sorted(question.arguments))}`
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  )
}

/** The answer's value; `undefined` where the question was not asked or QEMU refused it. */
export function answerTo(session: Session | undefined, question: Question): Json | undefined {
  return session?.get(keyOf(question))?.return
}

/**
 * Reads a recorded dialogue: commands and answers in turn, as pretty-printed JSON separated by an empty line. Every
 * `qmp_capabilities` begins a session.
 *
 * @throws SyntaxError where the text is not such a recording.
 */
export function dialogueOfRecording(text: string): Dialogue {
  const blocks = text.split(/\n\s*\n/).filter((block) => block.trim() !== '')
  const sessions: Map<string, Answer>[] = []
  for (let index = 0; index < blocks.length; index += 2) {
    const question = questionOf(JSON.parse(blocks[index] ?? ''))
    const answer = answerOf(JSON.parse(blocks[index + 1] ?? ''))
    if (question.execute === 'qmp_capabilities') sessions.push(new Map())
    const session = sessions.at(-1)
    if (session === undefined) throw new SyntaxError('the recording does not begin with qmp_capabilities')
    session.set(keyOf(question), answer)
  }
  return { sessions }
}

function questionOf(value: Json): Question {
  const execute = isObject(value) ? textOf(value.execute) : undefined
  if (!isObject(value) || execute === undefined) throw new SyntaxError('a command of the recording has no name')
  return isObject(value.arguments) ? { execute, arguments: value.arguments } : { execute }
}

/** An answer of the wire; anything that is neither a return nor an error throws a SyntaxError. */
export function answerOf(value: Json): Answer {
  if (isObject(value)) {
    if (value.return !== undefined) return { return: value.return }
    if (isObject(value.error)) {
      return { error: { class: textOf(value.error.class) ?? '', desc: textOf(value.error.desc) ?? '' } }
    }
  }
  throw new SyntaxError('an answer is neither a return nor an error')
}
