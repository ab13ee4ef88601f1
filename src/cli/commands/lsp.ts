import type { Command } from '@commander-js/extra-typings'

export function registerLsp(program: Command): void {
  program
    .command('lsp')
    .description(
      'serve an editor: findings, completion, hover, mends, symbols and formatting (Language Server Protocol)',
    )
    .option('--stdio', 'speak on standard input and output; the only way there is')
    .action(async () => {
      const { serve } = await import('../lsp/server.ts')
      serve()
    })
}
