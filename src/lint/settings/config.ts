import { type Checker, checkerOf } from '../../json/check.ts'
import { isObject } from '../../json/loose.ts'
import { flag, type JsonSchema, list, type Of, oneOf, optional, record, type Shape, text } from '../../json/shape.ts'
import { type JsonFault, type JsonText, readJson } from '../../json/text.ts'
import type { RuleLevel } from './settings.ts'
import { readYaml } from './yaml.ts'

const codePattern = '^(\\*|[a-z0-9-]+/(\\*|[a-z0-9-]+\\*?))$'

const rules: Shape<Readonly<Record<string, RuleLevel>>> = {
  schema: {
    type: 'object',
    description: 'How grave each code is. A key may end in *; the last key that names a code counts.',
    propertyNames: { pattern: codePattern },
    additionalProperties: { enum: ['off', 'note', 'warning', 'error'], description: 'off, note, warning or error' },
  },
}

/** What may also differ from one file to another. */
const perFile = {
  libvirt: optional(text('The libvirt that answers, e.g. 11.3.')),
  qemu: optional(text('A built-in capability table: 8.2.0, 8.2 or latest.')),
  capabilities: optional(text('A capability table, relative to this file.')),
  host: optional(text('A host file, relative to this file, or debian13, fedora, generic.')),
  hostCpu: optional(text("The host's CPU by libvirt's name.")),
  strictHost: optional(flag('What would be assumed of the host is an error.')),
  defineOnly: optional(flag('Check the definition, not whether it could start.')),
  existing: optional(flag('The guests exist: new defaults must not change what they see.')),
  strict: optional(flag('What libvirt would silently ignore is an error.')),
  requireReason: optional(flag('A comment that disables a finding must say why.')),
  failOn: optional(oneOf('The least grave finding that makes a run fail.', 'error', 'warning', 'note', 'never')),
  rules: optional(rules),
}

const patterns = (description: string) => list(description, text('A pattern as in .gitignore, relative to this file.'))

const configFile = record('Configuration of domxml lint.', {
  $schema: optional(text('The schema of this file, for editors.')),
  ...perFile,
  ignore: optional(patterns('Files that are not checked, even where they are named.')),
  baseline: optional(text('A baseline, relative to this file.')),
  fleet: optional(flag('The files are guests of one host or network: find what clashes between them.')),
  overrides: optional(
    list(
      'Settings for some files; of several that name a file the later ones count.',
      record('Settings for some files.', { files: patterns('The files.'), ...perFile }),
    ),
  ),
})

export type Config = Of<typeof configFile>

export const configSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'domxml:config',
  title: 'Configuration of domxml (domxml.yaml, domxml.json, or domxml in package.json)',
  ...configFile.schema,
}

export type ConfigLanguage = 'yaml' | 'json' | 'package.json'

const readers: { readonly [language in ConfigLanguage]: (text: string) => JsonText | JsonFault } = {
  yaml: readYaml,
  json: readJson,
  'package.json': (source) => {
    const read = readJson(source)
    if ('message' in read) return read
    const key = '/domxml'
    const places = [...read.places].flatMap(([pointer, span]) =>
      pointer.startsWith(key) ? [[pointer.slice(key.length), span] as const] : [],
    )
    return { value: (isObject(read.value) && read.value.domxml) || {}, places: new Map(places) }
  },
}

const checkers = new Map<ConfigLanguage, Checker<Config>>()

/**
 * Reads a configuration. Raises `config/not-json`, `config/unknown-key`, `config/missing-key`, `config/wrong-type`,
 * `config/bad-value`; spans are offsets into the text.
 */
export function readConfig(source: string, language: ConfigLanguage): ReturnType<Checker<Config>> {
  let check = checkers.get(language)
  if (check === undefined) {
    check = checkerOf<Config>(configSchema, 'config', 'configuration', readers[language])
    checkers.set(language, check)
  }
  return check(source)
}
