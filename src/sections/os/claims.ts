import type { Claim } from '../../context/claim.ts'
import type { Domain } from '../../definition.ts'

/** The firmware of each guest writes its variables: two that share the file lose their boot entries. */
export function* osClaims(definition: Domain): Iterable<Claim> {
  const nvram = definition.os?.nvram
  const path = nvram?.value
  if (nvram === undefined || path === undefined || path === '') return
  const hint = 'Give each guest a file of its own, or leave the path out: libvirt makes one by its name.'
  yield { code: 'fleet/nvram', key: path, what: `The NVRAM file ${path}`, hint, at: nvram, field: 'value' }
}
