import type { Settling } from '../../codec/description.ts'

/** Whether a processor of this mode keeps its `<model>`: the host's follows none but for a vendor string, or where it is named. */
export function keepsModel(
  mode: unknown,
  model: { value?: string | undefined; vendor_id?: string | undefined },
): boolean {
  if (mode === 'host-model') return model.value !== undefined || model.vendor_id !== undefined
  return mode === undefined || mode === 'custom'
}

/** What the parser itself makes of `<cpu>`: an absent mode, and rules that need nothing but the element. */
export function settleCpu({ fields, error }: Settling): void {
  const model = fields.model as { fallback?: string; value?: string; vendor_id?: string } | undefined
  const features = fields.feature as { name?: string; policy?: string }[]
  const unnamed = model?.value === undefined
  if (fields.mode === undefined && !unnamed) fields.mode = 'custom'
  if (unnamed && fields.vendor !== undefined) {
    error({
      code: 'cpu/vendor-without-model',
      message: 'A vendor is asked for, but no CPU model.',
      hint: 'Add <model>.',
    })
  }
  if (unnamed && fields.mode !== 'host-model' && fields.mode !== 'host-passthrough' && fields.mode !== 'maximum') {
    if (features.length > 0)
      error({
        code: 'cpu/features-without-model',
        message: 'Features are set, but there is no CPU model they could change.',
        hint: 'Add <model>, or choose another mode.',
      })
  }
  if (fields.migratable !== undefined && fields.mode !== 'host-passthrough' && fields.mode !== 'maximum') {
    error({
      code: 'cpu/migratable-mode',
      message: 'migratable does not go with this mode.',
      hint: "It belongs to mode='host-passthrough' and mode='maximum'.",
      attribute: 'migratable',
    })
  }
  if (fields.mode === 'custom') fields.match ??= 'exact'
  else if (fields.mode !== undefined) fields.match = undefined
  if (fields.mode !== undefined && fields.mode !== 'custom' && fields.mode !== 'host-model') {
    fields.vendor = undefined
  }
  if (model && !keepsModel(fields.mode, model)) fields.model = undefined
  else if (unnamed && model) model.fallback = undefined
  else if (model !== undefined && !unnamed) model.fallback ??= 'allow'
  const seen = new Set<string>()
  for (const feature of features) {
    feature.policy ??= 'require'
    if (feature.name === undefined) continue
    if (seen.has(feature.name))
      error({
        code: 'cpu/feature-twice',
        message: `The feature ${feature.name} stands more than once.`,
        hint: 'Keep one.',
      })
    seen.add(feature.name)
  }
}
