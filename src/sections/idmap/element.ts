import { element } from '../../codec/element.ts'
import { many, required } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'

const range = {
  attributes: {
    start: required({ ...integer(), examples: ['0'] }, { doc: 'First id in the guest.' }),
    target: required(integer(), { doc: 'First id in the host.' }),
    count: required(integer(), { doc: 'How many.' }),
  },
} as const

interface Ids {
  readonly start: number
}

/** Maps of user and group ids, for containers; QEMU's guests carry them without effect (formatdomain, "Container boot"). */
export const idmap = element(
  'idmap',
  'Maps of user and group ids (containers).',
  {
    children: {
      uid: many(element('uid', 'A range of user ids.', range)),
      gid: many(element('gid', 'A range of group ids.', range)),
    },
  },
  {
    omitEmpty: true,
    settle: ({ fields, error }) => {
      const { uid, gid } = fields as { uid: readonly Ids[]; gid: readonly Ids[] }
      if (uid.length > 0 === gid.length > 0) {
        if ([uid, gid].every((ranges) => ranges.length === 0 || ranges.some(({ start }) => start === 0))) return
        error({
          code: 'idmap/no-root',
          message: 'Nobody in the guest is root: no range begins at 0.',
          hint: "Map the ids from 0, as in <uid start='0' …/> and <gid start='0' …/>.",
        })
        return
      }
      error({
        code: 'idmap/one-sided',
        message: 'User and group ids are mapped together, or neither of them.',
        hint: uid.length > 0 ? 'Add <gid …/>.' : 'Add <uid …/>.',
      })
    },
  },
)
