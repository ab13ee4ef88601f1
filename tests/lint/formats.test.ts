import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import type { LintedFile } from '../../src/lint/conclude.ts'
import { lintReportSchema } from '../../src/lint/report-schema.ts'
import { type Format, reporters } from '../../src/lint/reporters/registry.ts'
import type { Summary } from '../../src/lint/reporters/reporter.ts'
import { guest, lintText } from '../../src/lint/testing.ts'

const schemas = fileURLToPath(new URL('schemas/', import.meta.url))
/** A name that no format may take apart. */
const awkward = 'a,b:c%20 \n"<&>#é/gäst.xml'

const summary: Summary = {
  ...{ files: 4, checked: 2, foreign: 1, ignored: 0, errors: 1, warnings: 2, notes: 1 },
  ...{ disabled: 0, known: 0, fixed: 0, gone: 0 },
}
let files: LintedFile[] = []

beforeAll(async () => {
  const bad = guest({
    top: "  <uuid>7b1a3c526f0e4f4c9d0c3a0b7c5f6e21</uuid>\n  <vcpu placement='satic'>1</vcpu>\n",
    devices: "    <dsik type='100%, \u2028ünd: <'/>\n".replace("<'", "&lt;'"),
  })
  files = [
    await lintText(bad, {}, awkward),
    await lintText(guest(), {}, 'fine.xml'),
    await lintText('<network/>', {}, 'net.xml'),
    await lintText('<domain>', {}, 'broken.xml'),
  ]
})

function report(format: Format): string {
  const reporter = reporters[format]({
    colour: false,
    version: '1.2.3',
    rule: (code) => ({ title: code, help: '**help**' }),
  })
  return [reporter.begin?.(), ...files.map((file) => reporter.file(file)), reporter.end?.(summary)].join('')
}

const codes = () => files.flatMap(({ findings }) => findings.map(({ code }) => code))

function xmllint(text: string, schema: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'domxml-report-')), 'report.xml')
  writeFileSync(file, text)
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--schema', join(schemas, schema), file], {
    encoding: 'utf8',
  })
  return status === 0 ? '' : stderr
}

test('there is something of every level to print', () => {
  const levels = new Set(files.flatMap(({ findings }) => findings.map(({ level }) => level)))
  expect([...levels].sort()).toEqual(['error', 'note', 'warning'])
})

describe('sarif', () => {
  test('is valid by the schema of OASIS', () => {
    const { id: _, ...schema } = JSON.parse(readFileSync(join(schemas, 'sarif-2.1.0.json'), 'utf8')) as { id: string }
    const validate = new Ajv({
      strict: false,
      validateFormats: false,
      unicodeRegExp: false,
      validateSchema: false,
    }).compile({
      ...schema,
      $schema: undefined,
    })
    expect(validate(JSON.parse(report('sarif'))) ? [] : validate.errors).toEqual([])
  })

  test('names files as URIs, has rules with help, fingerprints and fixes', () => {
    const [run] = JSON.parse(report('sarif')).runs
    expect(run.results.map((it: { ruleId: string }) => it.ruleId)).toEqual(codes())
    expect(decodeURIComponent(run.results[0].locations[0].physicalLocation.artifactLocation.uri)).toBe(awkward)
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex]).toMatchObject({ id: result.ruleId, help: { text: '**help**' } })
      expect(result.partialFingerprints['domxml/v1']).toMatch(/^[0-9a-f-]{36}$/)
    }
    const replaced = run.results.flatMap(
      (it: { fixes?: { artifactChanges: { replacements: object[] }[] }[] }) => it.fixes ?? [],
    )
    expect(replaced[0].artifactChanges[0].replacements[0].insertedContent.text).toBe(
      '7b1a3c52-6f0e-4f4c-9d0c-3a0b7c5f6e21',
    )
  })
})

describe('json', () => {
  const ajv = new Ajv({ strict: true, allErrors: true })
  const validate = ajv.compile(lintReportSchema)

  test('is valid by its own schema', () => {
    const data = JSON.parse(report('json'))
    expect(validate(data) ? [] : validate.errors).toEqual([])
    expect(data.findings.map((it: { code: string }) => it.code)).toEqual(codes())
    expect(data.files.map((it: { kind: string }) => it.kind)).toEqual(['domain', 'domain', 'foreign', 'unread'])
  })

  test('has the same shape without any file, and jsonl the same findings', () => {
    const reporter = reporters.json({ colour: false, version: '1', rule: () => undefined })
    const empty = JSON.parse(`${reporter.begin?.()}${reporter.end?.(summary)}`)
    expect(validate(empty) ? [] : validate.errors).toEqual([])
    const lines = report('jsonl').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(report('json')).findings)
  })
})

test.each([
  ['junit', 'junit.xsd'],
  ['checkstyle', 'checkstyle.xsd'],
] as const)('%s is valid by xmllint and its schema', (format, schema) => {
  const text = report(format)
  expect(xmllint(text, schema)).toBe('')
  for (const code of codes()) expect(text).toContain(format === 'junit' ? code : code.replace('/', '.'))
})

test('gitlab is valid by the schema of its documentation, and has no fingerprint twice', () => {
  const issues = JSON.parse(report('gitlab')) as {
    check_name: string
    fingerprint: string
    location: { path: string }
  }[]
  const validate = new Ajv().compile(JSON.parse(readFileSync(join(schemas, 'gitlab-code-quality.json'), 'utf8')))
  expect(validate(issues) ? [] : validate.errors).toEqual([])
  expect(issues.map((it) => it.check_name)).toEqual(codes())
  expect(new Set(issues.map((it) => it.fingerprint)).size).toBe(issues.length)
  expect(issues[0]?.location.path).toBe(awkward)
})

test('github: the runner reads the same names and messages back', () => {
  // As the runner does it: one line a command, properties apart by commas, then %XX back.
  const back = (text: string) => text.replace(/%3A|%2C|%0D|%0A|%25/g, (it) => decodeURIComponent(it))
  const lines = report('github').trimEnd().split('\n')
  const read = lines.map((line) => {
    const [, command = '', properties = '', message = ''] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? []
    const pairs = properties.split(',').map((pair) => pair.split('=') as [string, string])
    return { command, ...Object.fromEntries(pairs.map(([key, value]) => [key, back(value)])), message: back(message) }
  })
  const findings = files.flatMap(({ name, findings: of }) => of.map((it) => ({ name, ...it })))
  expect(read).toMatchObject(
    findings.map(({ name, level, code, place, message }) => ({
      command: level === 'note' ? 'notice' : level,
      file: name,
      title: code,
      ...(place && { line: String(place.line), col: String(place.column) }),
      message: expect.stringContaining(message) as unknown,
    })),
  )
})

test('tap: a plan, a point a file, findings as YAML', () => {
  const text = report('tap')
  expect(text).toMatch(/^TAP version 13\n/)
  expect(text).toContain('\n1..4\n')
  const points = text.match(/^(not )?ok \d+ - .*$/gm) ?? []
  expect(points.map((it) => it.replace(/ - .*/, ''))).toEqual(['not ok 1', 'ok 2', 'ok 3', 'not ok 4'])
  expect(points[2]).toMatch(/# SKIP /)
  const blocks = [...text.matchAll(/^ {2}---\n([\s\S]*?)^ {2}\.\.\.$/gm)].map(
    (it) => parseYaml(it[1]!) as { findings: { code: string }[] },
  )
  expect(blocks.flatMap((block) => block.findings.map(({ code }) => code))).toEqual(codes())
})

test('compact and text: one line, or one frame, a finding', () => {
  expect(
    report('compact')
      .trimEnd()
      .split('\n')
      .filter((line) => /\[[a-z-]+\/[a-z-]+\]$/.test(line)),
  ).toHaveLength(codes().length)
  expect(report('text').match(/^ *> +\d+ \|/gm)?.length).toBe(codes().length)
})
