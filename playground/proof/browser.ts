import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { preview } from 'vite'

const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url))

/** Debian's browser; playwright-core brings none. */
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path !== undefined && existsSync(path),
)

export interface Opened {
  readonly page: Page
  /** Every request but those to the page's own server. */
  readonly strangers: string[]
  /** Requests to the page's own server since the last look. */
  readonly own: string[]
  /** What the console, the policy and uncaught errors said. */
  readonly complaints: string[]
}

/** An event of Chromium's own record; times in microseconds, `tdur` of the thread's own time. */
export interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly tdur?: number
  readonly args?: { readonly name?: unknown }
}

/** The built page on a server of its own, and a browser to look at it. */
export class Proving {
  readonly url: string
  readonly #browser: Browser
  readonly #stop: () => Promise<void>

  private constructor(url: string, browser: Browser, stop: () => Promise<void>) {
    this.url = url
    this.#browser = browser
    this.#stop = stop
  }

  static async start(): Promise<Proving> {
    if (executablePath === undefined) throw new Error('There is no Chromium: apt-get install chromium')
    const server = await preview({ configFile, preview: { port: 0, host: '127.0.0.1' } })
    const url = server.resolvedUrls?.local[0]
    if (url === undefined) throw new Error('the page is not served')
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
    return new Proving(url, browser, () => server.close())
  }

  /** A fresh browser profile with the page in it, ready to be used. */
  async open(options: BrowserContextOptions = {}, fragment = ''): Promise<Opened> {
    const context = await this.#browser.newContext(options)
    const page = await context.newPage()
    const opened: Opened = { page, strangers: [], own: [], complaints: [] }
    context.on('request', (request) => {
      const list = request.url().startsWith(this.url) ? opened.own : opened.strangers
      list.push(request.url())
    })
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') opened.complaints.push(message.text())
    })
    page.on('pageerror', (error) => opened.complaints.push(String(error)))
    await page.goto(this.url + fragment)
    await page.waitForSelector('html[data-ready]')
    return opened
  }

  /** What the browser did meanwhile, by its own record. */
  async traced(page: Page, act: () => Promise<void>): Promise<TraceEvent[]> {
    await this.#browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] })
    await act()
    const record = JSON.parse((await this.#browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
    return record.traceEvents
  }

  async stop(): Promise<void> {
    await this.#browser.close()
    await this.#stop()
  }
}
