import { of } from '../../argv/piece.ts'
import type { Section } from '../../context/unit.ts'

export const keywrapSection = {
  contribute: ({ definition }, { machine }) => {
    for (const cipher of definition.keywrap?.cipher ?? []) {
      machine.put(cipher.name === 'aes' ? 'aes-key-wrap' : 'dea-key-wrap', cipher.state, of(cipher, 'state'))
    }
  },
} satisfies Section
