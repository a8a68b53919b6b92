// A bundler plugin: a CommonJS package whose classes are first used long after the start is evaluated at that use. Of a
// program that never uses it, it takes no time.

import { createRequire } from 'node:module'
import type { Plugin } from 'rolldown'

/**
 * @param name of the package
 * @param classes that are imported from it; no other export can be
 */
export function loadLazily(name: string, classes: readonly string[]): Plugin {
  const file = createRequire(import.meta.url).resolve(name)
  const id = `\0lazy:${name}`
  return {
    name: `load-${name}-lazily`,
    resolveId: (source) => (source === name ? id : null),
    load: (asked) =>
      asked === id ? `${LAZY_CLASS}${classes.map((each) => exportOf(each, file)).join('')}` : null,
  }
}

/** Looks like the class, and asks for it when it is called or looked at. */
const LAZY_CLASS = `const lazyClass = (load) => new Proxy(function () {}, {
  construct: (target, args) => Reflect.construct(load(), args),
  get: (target, member) => Reflect.get(load(), member),
})
`

function exportOf(name: string, file: string): string {
  return `export const ${name} = lazyClass(() => require(${JSON.stringify(file)}).${name})\n`
}
