import type { Context } from './context.ts'

const shortNameLength = 20

/** `1-web`: libvirt's short name of a domain in paths: its number and its name, cut to 20 characters. */
export function shortName(context: Context): string {
  const { name } = context.definition
  const short = name.length <= shortNameLength ? name : [...name].slice(0, shortNameLength).join('')
  return `${context.options.domainId}-${short}`
}

/** `domain-1-web`: the name of the folders of a domain. */
export function directoryName(context: Context): string {
  return `domain-${shortName(context)}`
}

/** The domain's own folder below libvirt's state directory. */
export function domainDirectory(context: Context): string {
  return `${context.host.config.libDir}/${directoryName(context)}`
}
