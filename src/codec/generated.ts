/** Does a thing, `now`: its function is another one once it has been called often. */
export interface Often<F> {
  readonly now: F
}

/** From so many calls on, code of its own pays. */
const often = 32

/**
 * What does a thing by tables, and from its 32nd call on the same as code in which the tables stand: an engine makes of it
 * what it makes of code written by hand. It stays with `plain` where code from texts is forbidden (a page's
 * Content-Security-Policy).
 * @param names what the code calls `given`
 * @param body a function body that returns the function; asked for when it is needed
 */
export function oftenGenerated<A extends unknown[], R>(
  plain: (...given: A) => R,
  { names, given, body }: { names: readonly string[]; given: readonly unknown[]; body: () => string },
): Often<(...given: A) => R> {
  let called = 0
  const chosen = {
    now: (...args: A): R => {
      if (++called === often) chosen.now = fromText<(...given: A) => R>(names, given, body()) ?? plain
      return plain(...args)
    },
  }
  return chosen
}

function fromText<F>(names: readonly string[], given: readonly unknown[], body: string): F | undefined {
  try {
    return new Function(...names, body)(...given) as F
  } catch {
    return undefined
  }
}
