import { of } from '../../argv/piece.ts'
import type { Section } from '../../context/unit.ts'

export const keywrapSection = {
  validate: (context) => {
    const [cipher] = context.definition.keywrap?.cipher ?? []
    if (cipher === undefined || context.arch === 's390x') return
    context.error({
      code: 'keywrap/machine',
      message: 'Keys are wrapped by the processors of s390x alone.',
      hint: 'Remove <keywrap>.',
      at: cipher,
      when: 'start',
    })
  },
  contribute: ({ definition }, { machine }) => {
    for (const cipher of definition.keywrap?.cipher ?? []) {
      machine.put(cipher.name === 'aes' ? 'aes-key-wrap' : 'dea-key-wrap', cipher.state, of(cipher, 'state'))
    }
  },
} satisfies Section
