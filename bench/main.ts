// `npm run -s bench -- NAME`: measures one thing and prints its ratio. Every other file of this folder is a bench.

import { readdirSync } from 'node:fs'
import { basename } from 'node:path'

interface Bench {
  /** Prints what was measured; throws when it is not good enough. */
  run(args: readonly string[]): Promise<void>
}

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
  .map((file) => basename(file, '.ts'))
const [name, ...args] = process.argv.slice(2)

if (name === undefined || !names.includes(name)) {
  process.stderr.write(
    `error: Expected the name of a bench, found ${JSON.stringify(name ?? '')}\n\n` +
      `hint: npm run -s bench -- NAME, with one of: ${names.join(', ')}\n`,
  )
  process.exitCode = 2
} else {
  const bench = (await import(`./${name}.ts`)) as Bench
  await bench.run(args)
}
