import type { Section } from '../../context/unit.ts'
import { defaultRule, hostFact } from '../../origin/origin.ts'
import { launchSeclabel } from './launch.ts'

/** What the host calls having no security model at all. */
const noModel = 'none'

export const seclabelSection = {
  basic: [
    {
      name: 'seclabel/model',
      doc: "The host's first security model; without one nothing is labelled.",
      apply: (context) => {
        for (const label of context.definition.seclabel) {
          if (label.model === undefined) {
            context.set(label, 'model', context.host.securityModels[0] ?? noModel, hostFact('security models'))
          }
          if (label.model !== noModel) continue
          const reason = defaultRule('seclabel/no-model')
          if (label.type !== 'none') context.set(label, 'type', 'none', reason)
          // Without a model no label stays either; libvirt 11.3 asked.
          for (const field of ['relabel', 'label', 'baselabel'] as const)
            if (label[field] !== undefined) context.set(label, field, undefined, reason)
        }
      },
    },
  ],
  validate: (context) => {
    const models = new Set<string>()
    for (const label of context.definition.seclabel) {
      const { model } = label
      if (model === undefined) continue
      if (models.has(model)) {
        context.error({
          code: 'seclabel/duplicate',
          message: `The security model ${model} has a label already.`,
          hint: 'Remove one of the two.',
          at: label,
        })
      }
      models.add(model)
    }
  },
  launch: launchSeclabel,
} satisfies Section
