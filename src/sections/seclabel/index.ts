import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { defaultRule, hostFact } from '../../origin/origin.ts'
import { launchSeclabel } from './launch.ts'

/** What the host calls having no security model at all. */
const noModel = 'none'

function refuseDuplicates(context: Context): void {
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
}

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
    {
      name: 'seclabel/duplicate',
      doc: 'A security model has one label, also of those that are forgotten.',
      apply: refuseDuplicates,
    },
    {
      name: 'seclabel/untyped',
      doc: 'A label whose type is not said is forgotten: one is made for each guest anyway.',
      until: '12.8',
      apply: (context) => {
        const { seclabel } = context.definition
        const typed = seclabel.filter(({ type }) => type !== undefined)
        if (typed.length < seclabel.length) context.replace(seclabel, typed)
      },
    },
    {
      name: 'seclabel/dynamic',
      doc: 'A label is a dynamic one where nothing is said.',
      since: '12.8',
      apply: (context) => {
        for (const label of context.definition.seclabel) {
          if (label.type === undefined) context.set(label, 'type', 'dynamic', defaultRule('seclabel/dynamic'))
        }
      },
    },
  ],
  launch: launchSeclabel,
} satisfies Section
