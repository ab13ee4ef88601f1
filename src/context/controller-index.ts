import type { Controller } from '../definition.ts'

type Type = Controller['type']

/** Controllers by type and index; of two with one index the first counts. */
export class ControllerIndex {
  readonly #byType = new Map<Type, Map<number | undefined, Controller>>()

  constructor(controllers: readonly Controller[]) {
    for (const it of controllers) {
      let ofType = this.#byType.get(it.type)
      if (ofType === undefined) {
        ofType = new Map()
        this.#byType.set(it.type, ofType)
      }
      if (!ofType.has(it.index)) ofType.set(it.index, it)
    }
  }

  find(type: Type, index: number | undefined): Controller | undefined {
    return this.#byType.get(type)?.get(index)
  }
}
