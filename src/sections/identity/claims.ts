import type { Claim } from '../../context/claim.ts'
import type { Domain } from '../../definition.ts'

/** libvirt knows a domain by both; a second definition of one changes the first, or is refused. */
export function* identityClaims(definition: Domain): Iterable<Claim> {
  const { name, uuid } = definition
  const at = definition
  if (name !== undefined) {
    const hint = 'Give each domain of a host a name of its own.'
    yield { code: 'fleet/name', key: name, what: `The name ${name}`, hint, at, field: 'name' }
  }
  if (uuid !== undefined) {
    const hint = 'Remove <uuid> from the copy: libvirt draws one.'
    yield { code: 'fleet/uuid', key: uuid, what: `The UUID ${uuid}`, hint, at, field: 'uuid' }
  }
}
