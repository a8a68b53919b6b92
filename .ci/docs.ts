// `npm run docs [-- --check]`: writes the pages that are made from the sources, or says which of them are stale.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './checkout.ts'
import { renderCommandPage } from './docs/command-page.ts'
import { renderErrorPage } from './docs/error-page.ts'

const PAGES = {
  'docs/cli.md': renderCommandPage,
  'docs/errors.md': renderErrorPage,
}

const check = process.argv.includes('--check')
for (const [path, render] of Object.entries(PAGES)) {
  const file = join(ROOT, path)
  const page = await render()
  const fresh = existsSync(file) && readFileSync(file, 'utf8') === page
  if (check && !fresh) {
    process.stderr.write(`error: ${path} is stale\n\nhint: npm run docs\n`)
    process.exitCode = 1
  }
  if (!check && !fresh) writeFileSync(file, page)
  process.stdout.write(`${path}: ${fresh ? 'fresh' : check ? 'stale' : 'written'}\n`)
}
