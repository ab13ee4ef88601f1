/** A named step of a slice, or of the rules across slices. */
export interface Step {
  readonly slice: string
  /** When it runs: `defaults`, `checks`, … */
  readonly stage: string
  readonly name: string
  readonly doc: string
  readonly since?: string | undefined
  readonly until?: string | undefined
}

interface Row {
  readonly name: string
  readonly doc: string
  readonly since?: string
  readonly until?: string
}

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && 'name' in value && 'doc' in value

/** The rows of each slice, in the order in which the slice has them. */
export function stepsOf(slices: { readonly [name: string]: object }): Step[] {
  return Object.entries(slices).flatMap(([slice, parts]) =>
    Object.entries(parts).flatMap(([stage, rows]: [string, unknown]) =>
      Array.isArray(rows)
        ? rows.filter(isRow).map(({ name, doc, since, until }) => ({ slice, stage, name, doc, since, until }))
        : [],
    ),
  )
}

const stages: { readonly [stage: string]: string } = {
  basic: 'first',
  implicit: 'what a guest has unasked',
  defaults: 'each device',
  final: 'after all devices',
  addressed: 'after addresses',
  checks: 'check',
  deviceChecks: 'check of each device',
  deviceRules: 'check of each device',
}

const period = ({ since, until }: Step) =>
  [since && `since ${since}`, until && `until ${until}`].filter((it) => it).join(', ')

/**
 * The page of all steps.
 * @param printed rules that are named as the origin of something, and are no steps
 */
export function stepsPage(steps: readonly Step[], printed: { readonly [rule: string]: string } = {}): string {
  const rows = steps.map(
    (step) => `| \`${step.name}\` | ${stages[step.stage] ?? step.stage} | ${step.doc} | ${period(step)} |`,
  )
  return [
    '# Steps',
    '',
    'What fills, completes and checks a definition, by name; `--explain` names the step that wrote a value. The last column says in',
    'which releases of libvirt a step is taken, where not in all.',
    '',
    '| step | when | | libvirt |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '## Rules that print',
    '',
    'What `--explain` names beside them.',
    '',
    '| rule | |',
    '| --- | --- |',
    ...Object.entries(printed).map(([name, doc]) => `| \`${name}\` | ${doc} |`),
  ].join('\n')
}
