// A bundler plugin: what every start reads is one file, and one that the engine reads quickly.

import { type OutputBundle, type OutputChunk, type Plugin } from 'rolldown'

/** The bundler's own helpers, which it puts into a file of their own whatever the groups say. */
const HELPERS = /^rolldown-runtime-.*[.]cjs$/

/**
 * Puts the bundler's helpers into a file of the bundle as well, and spells what is not ASCII there: a single other character makes
 * the engine keep the whole text with two bytes for each.
 *
 * @param fileName such as `program.cjs`
 */
export function keepInOneFile(fileName: string): Plugin {
  return {
    name: 'keep-in-one-file',
    generateBundle(_options, bundle) {
      const helpers = chunkOf(bundle, (name) => HELPERS.test(name))
      const file = chunkOf(bundle, (name) => name === fileName)
      const required = `require("./${helpers.fileName}")`
      if (!file.code.includes(required)) throw new Error(`${fileName} needs no helpers any more`)
      const inlined = `(exports=>{${helpers.code}return exports})({})`
      file.code = spellAscii(file.code.replace(required, () => inlined))
    },
  }
}

function chunkOf(bundle: OutputBundle, test: (fileName: string) => boolean): OutputChunk {
  const chunk = Object.values(bundle).find(({ fileName }) => test(fileName))
  if (chunk?.type !== 'chunk') throw new Error('The bundle lacks a file')
  return chunk
}

const RAW = /[.]raw`[^`]*[\u0080-\uffff]/

/** The same code: in texts, templates, patterns and names alike, the escape stands for the character. */
function spellAscii(code: string): string {
  if (RAW.test(code)) throw new Error('No escape can stand for a character of a raw template')
  return code.replace(/[\u0080-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
