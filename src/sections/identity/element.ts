import { raw, requiredText, textChild } from '../../codec/field.ts'
import { pattern, type Scalar, text } from '../../codec/scalar.ts'
import { uuid } from '../../codec/uuid.ts'

const name = pattern(/^[^/\n]+$/, 'a name without slashes and line breaks')

/** name, uuid, title, description and metadata of a domain (formatdomain, "General metadata"). */
export const identity = {
  name: requiredText(name, {
    doc: "The guest's name; no slash, no line break.",
    missing: 'domain/missing-name',
    invalid: 'domain/name',
  }),
  uuid: textChild(uuid, {
    doc: "The guest's UUID; made from random bytes where it is absent.",
    invalid: 'domain/uuid',
  }),
  hwuuid: textChild(uuid, {
    since: '11.7',
    doc: 'The UUID that the guest reads of its hardware, where it is not that of the guest.',
    invalid: 'domain/hwuuid',
  }),
} as const

/** A UUID, or nothing: then one is made. */
const generationId: Scalar<string> = { ...uuid, parse: (raw) => (raw === '' ? '' : uuid.parse(raw)) }

export const description = {
  genid: textChild(generationId, {
    keepsEmpty: true,
    once: true,
    doc: 'Changes when the guest is copied or goes back in time; made from random bytes where it is empty.',
    invalid: 'domain/genid',
  }),
  title: textChild(pattern(/^[^\n]*$/, 'a title of one line'), {
    doc: 'A short title, one line.',
    invalid: 'domain/title',
  }),
  description: textChild(text, { doc: 'Free text.' }),
  metadata: raw({ doc: 'Elements of other programs, each in its own namespace; kept as they are.' }),
} as const
