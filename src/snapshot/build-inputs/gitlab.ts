// GitLab CI: every `include:` and every image of jobs and services, with the variables of the file filled in.

import { accept, quote, refuse } from '../../core/index.ts'
import {
  parseYaml,
  type YamlNode,
  yamlItems,
  yamlMember,
  yamlMembers,
  yamlText,
} from '../../yaml/index.ts'
import { publicAddress } from '../address.ts'
import type { InputReader, InputReference, LocalUse } from '../build-input.ts'
import { pinStateOfGitReference } from '../pin-state.ts'
import { expandVariables, readImage } from './image.ts'

interface Found {
  readonly references: InputReference[]
  readonly uses: LocalUse[]
}

/** Reads a CI file; a `spec:` header may stand before it as a document of its own. */
export const readGitlabCi: InputReader = ({ path, bytes }) => {
  const documents = parseYaml(bytes, { sharing: 'apply' })
  if (!documents.ok) return documents
  const found: Found = { references: [], uses: [] }
  for (const root of documents.value) {
    if (root.kind !== 'map') {
      return refuse({
        code: 'snapshot/input-shape',
        message: `Cannot read ${quote(path)}: expected a map of jobs`,
        at: `line ${root.line}`,
      })
    }
    readPipeline(root, found)
  }
  return accept(found)
}

/** Members of the root that are no jobs and hold no image. */
const NO_JOB = new Set(['include', 'spec', 'stages', 'variables', 'workflow'])

function readPipeline(root: YamlNode, found: Found): void {
  const include = yamlMember(root, 'include')
  for (const item of include?.kind === 'list' ? include.items : [include]) readInclude(item, found)
  const variables = yamlMember(root, 'variables')
  readImages(root, [variables], found)
  for (const [name, job] of yamlMembers(root)) {
    if (NO_JOB.has(name) || job.kind !== 'map') continue
    readImages(job, [yamlMember(job, 'variables'), variables], found)
    const include = yamlMember(yamlMember(job, 'trigger'), 'include')
    for (const item of include?.kind === 'list' ? include.items : [include]) {
      readInclude(item, found)
    }
  }
}

function readImages(job: YamlNode, scopes: readonly (YamlNode | undefined)[], found: Found): void {
  const values = (name: string): string | undefined => {
    for (const scope of scopes) {
      const variable = yamlMember(scope, name)
      const value = yamlText(variable) ?? yamlText(yamlMember(variable, 'value'))
      if (value !== undefined) return value
    }
    return undefined
  }
  for (const node of [yamlMember(job, 'image'), ...yamlItems(yamlMember(job, 'services'))]) {
    const image = node?.kind === 'map' ? yamlMember(node, 'name') : node
    const written = yamlText(image)
    if (image === undefined || written === undefined) continue
    const { text, variables } = expandTwice(written, values)
    found.references.push(readImage(text, { line: image.line, variables }))
  }
}

/** A variable's value may name other variables; deeper nesting stays unread and so floats. */
function expandTwice(written: string, values: (name: string) => string | undefined) {
  const once = expandVariables(written, values)
  const twice = expandVariables(once.text, values)
  return { text: twice.text, variables: [...once.variables, ...twice.variables] }
}

function readInclude(node: YamlNode | undefined, found: Found): void {
  if (node === undefined) return
  const text = yamlText(node)
  if (text !== undefined) {
    if (/^https?:/.test(text)) found.references.push(remote(text, undefined, node.line))
    else found.uses.push(local(text, node.line))
    return
  }
  const member = (name: string) => yamlText(yamlMember(node, name))
  const [path, address, template, component] = [
    member('local'),
    member('remote'),
    member('template'),
    member('component'),
  ]
  if (path !== undefined) found.uses.push(local(path, node.line))
  if (address !== undefined) found.references.push(remote(address, member('integrity'), node.line))
  // A template comes with the GitLab server: its version is whatever the server has.
  if (template !== undefined) {
    const name = /^[\w./-]+$/.test(template) ? template : ''
    found.references.push({ kind: 'include', name, pinState: 'floating', line: node.line })
  }
  if (component !== undefined) found.references.push(versioned(component, node.line))
  const project = member('project')
  if (project !== undefined) {
    found.references.push(versioned(`${project}@${member('ref') ?? 'HEAD'}`, node.line))
  }
}

/** Local includes count from the repository's root; `*` and `**` are wildcards. */
function local(text: string, line: number): LocalUse {
  const path = text.replace(/^\/+/, '')
  return {
    name: text,
    candidates: [path],
    kind: 'gitlab-ci',
    line,
    ...(path.includes('*') && { isPattern: true }),
  }
}

function remote(address: string, integrity: string | undefined, line: number): InputReference {
  const name = publicAddress(address) ?? ''
  const digest = /^sha256-(?<value>[A-Za-z0-9+/]{43}=)$/.exec(integrity ?? '')?.groups?.['value']
  if (digest === undefined) return { kind: 'include', name, pinState: 'floating', line }
  const value = Buffer.from(digest, 'base64').toString('hex')
  return {
    kind: 'include',
    name,
    digest: { algorithm: 'sha256', value },
    pinState: 'digest-pinned',
    line,
  }
}

const VERSIONED = /^(?<name>[\w$./{}-]+)@(?<reference>[\w./~+-]+)$/

/** `host/group/component@1.2.0`, `group/project@ref`. */
function versioned(text: string, line: number): InputReference {
  const { name, reference } = VERSIONED.exec(text)?.groups ?? {}
  if (name === undefined || reference === undefined) {
    return { kind: 'include', name: '', pinState: 'floating', line }
  }
  const pinState = pinStateOfGitReference(reference)
  if (pinState !== 'commit-pinned') {
    return { kind: 'include', name, version: reference, pinState, line }
  }
  const digest = { algorithm: 'gitCommit', value: reference } as const
  return { kind: 'include', name, digest, pinState, line }
}
