import type { MadeExample, RuleExample } from '../../../src/diagnostic/rule-page.ts'
import { type Form, type Found, judge } from './judge.ts'
import { laidOut, piecesOf, without } from './pieces.ts'

/** A guest that a test made, and what was said of it. */
export interface Asked {
  readonly source: string
  readonly devices: string
  readonly options: {
    readonly arch?: string
    readonly machine?: string
    readonly qemu?: string
    readonly os?: string
    readonly sections?: string
    readonly release?: string
    readonly firmware?: string
  }
  readonly codes: readonly string[]
}

const grave = (found: Found, code: string) => found.filter((it) => it.code !== code && it.severity === 'error').length

/** The smallest text of a guest in which a rule speaks, and the nearest one in which it does not. */
export async function makeExample(code: string, asked: readonly Asked[]): Promise<MadeExample | undefined> {
  const sorted = [...asked].sort((a, b) => a.source.length - b.source.length).slice(0, 6)
  for (const guest of sorted) {
    for (const [form, text] of formsOf(guest)) {
      const found = await judge(form, text)
      if (!found.some((it) => it.code === code)) continue
      const fails = await shrunk(form, text, code, grave(found, code))
      const mended = await mend(form, fails, code)
      if (mended === undefined) continue
      const when = (await judge(form, fails)).find((it) => it.code === code)
      return {
        ...form,
        fails,
        mended,
        ...(when?.severity === 'error' && { when: when.when ?? 'define' }),
      }
    }
  }
  return undefined
}

/** From the shortest form of an example to the whole document, each with the newest libvirt and QEMU first. */
function formsOf({ source, devices, options }: Asked): (readonly [Form, string])[] {
  const { arch = 'x86_64', machine = 'pc', qemu, release, os = '', sections = '', firmware } = options
  const type = `<os${firmware ? ` firmware='${firmware}'` : ''}><type arch='${arch}' machine='${machine}'>hvm</type>${os}</os>`
  const whole = `${os || firmware || arch !== 'x86_64' || /^(?!pc$|q35$)/.test(machine) ? type : ''}${sections}`
  const texts: (readonly [RuleExample['in'], string])[] = [
    ...(whole === '' ? [['devices', devices] as const] : []),
    ['domain', `${type}${sections}${devices === '' ? '' : `<devices>${devices}</devices>`}`],
    ['document', source.replace(/ xmlns:qemu='[^']*'/, sections.includes('qemu:') ? '$&' : '')],
  ]
  const choices: NonNullable<RuleExample['options']>[] = [
    {},
    ...(qemu ? [{ qemu }] : []),
    ...(release ? [{ libvirt: release }] : []),
    { libvirt: '10.1' },
    { qemu: '9.0.0' },
    { libvirt: release ?? '10.1', qemu: qemu ?? '9.0.0' },
  ]
  return texts.flatMap(([where, text]) =>
    choices.map((given) => [{ in: where, ...(Object.keys(given).length > 0 && { options: given }) }, text] as const),
  )
}

async function shrunk(form: Form, text: string, code: string, others: number): Promise<string> {
  let best = text
  let most = others
  for (let again = true; again; ) {
    again = false
    for (const piece of piecesOf(best)) {
      const shorter = without(best, piece)
      const found = await judge(form, shorter)
      if (!found.some((it) => it.code === code) || grave(found, code) > most) continue
      best = shorter
      most = grave(found, code)
      again = true
      break
    }
  }
  return laidOut(best)
}

/** What is mended: by the finding's own fix, else by what can be left out where it points, else by the least that can be left out. */
async function mend(form: Form, text: string, code: string): Promise<string | undefined> {
  const isMended = async (candidate: string) => {
    if (candidate.trim() === '' && form.in === 'document') return false
    const found = await judge(form, candidate)
    return found.every((it) => it.code !== code && it.severity !== 'error')
  }
  const found = (await judge(form, text)).find((it) => it.code === code)
  const place = found?.path ?? ''
  const near = (path: string) => (place.endsWith(path) ? 0 : place.includes(path.replace(/\/@.*$/, '')) ? 1 : 2)
  const pieces = piecesOf(text).sort((a, b) => near(a.path) - near(b.path) || a.end - a.start - (b.end - b.start))
  for (const piece of pieces) {
    const candidate = laidOut(without(text, piece))
    if (candidate !== text && (await isMended(candidate))) return candidate
  }
  return undefined
}
