export interface Model {
  readonly name: string
  /** The model that it is another name of, or that it extends. */
  readonly base: string | undefined
  readonly vendor: string
  readonly letters: string
  readonly ids: string
  /** Those that QEMU removed with a leading `!`. */
  readonly features: readonly string[]
}

/** Lines of models; one that is much like an earlier one is told by what differs. */
export class ModelLines {
  readonly lines: string[] = []
  readonly #known: Model[] = []

  add(given: Model): void {
    const base = this.#known.find(({ name }) => name === given.base)
    const model: Model =
      base === undefined
        ? given
        : {
            ...base,
            ...given,
            vendor: base.vendor,
            ids: given.ids === '-' ? base.ids : given.ids,
            features: together(base, given),
          }
    const whole = [model.name, model.vendor, model.letters, model.ids, ...model.features].join(' ')
    const likes = this.#known.filter(({ vendor }) => vendor === model.vendor).map((other) => likeText(model, other))
    this.lines.push([whole, ...likes].reduce((best, text) => (text.length < best.length / 2 ? text : best)))
    this.#known.push(model)
  }
}

function together(base: Model, own: Model): string[] {
  return [...new Set([...base.features, ...own.features])]
}

function likeText(model: Model, other: Model): string {
  const [own, others] = [new Set(model.features), new Set(other.features)]
  const more = model.features.filter((name) => !others.has(name))
  const less = other.features.filter((name) => !own.has(name)).map((name) => `-${name}`)
  return [
    model.name,
    `=${other.name}`,
    model.letters,
    model.ids === other.ids ? '=' : model.ids,
    ...more,
    ...less,
  ].join(' ')
}
