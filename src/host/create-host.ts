// The real world behind the `Host` interface: this process, its streams, its clock, its file system.

import { resolve } from 'node:path'
import { styleText } from 'node:util'
import { digestFile } from './digest-file.ts'
import { judgeWritable, readBytes, readStandardInput, writeBytes } from './files.ts'
import type { Host } from './host.ts'
import { keepHeapFlat, keepHeapSmall } from './heap.ts'
import { createInputs, type Inputs } from './inputs.ts'
import { readKeyFile } from './key-file.ts'
import { columnsOf, type Output, writeAll } from './output.ts'
import { startProgress } from './progress.ts'

const STDOUT: Output = { descriptor: 1, stream: () => process.stdout }
const STDERR: Output = { descriptor: 2, stream: () => process.stderr }

type Network = Pick<Host, 'request' | 'probe' | 'runSmoke' | 'fetchTrustedRoot'>

/** What never asks a server never loads what could. */
const NETWORK: Network & ThisType<Host> = {
  request: async (asked) => {
    const { request } = await import('./network/request.ts')
    const { showWaiting } = await import('./network/waiting.ts')
    const { showUrl } = await import('./network/service-url.ts')
    const server = URL.canParse(asked.url) ? showUrl(new URL(asked.url)) : 'a server'
    const progress = startProgress(describeTerminal(), `Waiting for ${server}`)
    return showWaiting(progress, () => request(asked))
  },
  probe: async (asked) => {
    const { probe } = await import('./network/probe.ts')
    return probe(asked)
  },
  async runSmoke(question) {
    const { runSmoke } = await import('./smoke/run-smoke.ts')
    return runSmoke(this, question)
  },
  async fetchTrustedRoot(question) {
    const { fetchTrustedRoot } = await import('./root-update/fetch-trusted-root.ts')
    return fetchTrustedRoot(this, question)
  },
}

/**
 * The host of this process. Nothing is read or opened before a method is called.
 *
 * @param workingFolder absolute; what relative paths count from
 */
export function createHost(workingFolder: string = process.cwd()): Host {
  const inputs = createInputs(workingFolder)
  return {
    workingFolder,
    now: () => Date.now(),
    readEnvironment: (name) => process.env[name],
    async readBuildEnvironment(kind) {
      const { readBuildEnvironment } = await import('./build-environment.ts')
      return readBuildEnvironment(this, kind)
    },
    ...createFiles(workingFolder, inputs),
    editBytes: async (path, edit, options) => {
      const { editBytes } = await import('./writing/locked-edit.ts')
      return editBytes(workingFolder, path, edit, options)
    },
    openLedger: async (folder) => {
      inputs.noteFolder(folder)
      const { createDisk, createLedgerStore } = await import('./ledger/index.ts')
      return createLedgerStore(folder, createDisk(resolve(workingFolder, folder), folder))
    },
    readLedgerConflict: async (folder) => {
      const { readConflict } = await import('./ledger/index.ts')
      return readConflict(resolve(workingFolder, folder), folder, process.env['PATH'])
    },
    readPack: async (path) => {
      const { readPack } = await import('./pack/index.ts')
      return readPack(workingFolder, path)
    },
    writePack: async (folder, files) => {
      const output = inputs.judgeOutput(folder)
      if (!output.ok) return output
      const { writePack } = await import('./pack/index.ts')
      return writePack(workingFolder, folder, files)
    },
    openRecordVerifier: async (question, count) => {
      const { openRecordVerifier } = await import('./record-threads/index.ts')
      return openRecordVerifier(question, count)
    },
    evaluateExpressions: async (questions) => {
      const { evaluateExpressions } = await import('./expressions/evaluate-expressions.ts')
      return evaluateExpressions(questions)
    },
    async runCommands(sequence) {
      const { runCommands } = await import('./command-run/command-run.ts')
      return runCommands(this, sequence)
    },
    askPassphrase: async (prompt) => {
      // The terminal is loaded for those who are asked.
      const { askPassphrase } = await import('./passphrase.ts')
      return askPassphrase(prompt)
    },
    openSignerCommand: async (program) => {
      const { openSignerCommand } = await import('./signer-command.ts')
      return openSignerCommand(workingFolder, program)
    },
    keepHeapSmall,
    keepHeapFlat,
    ...createCheckouts(workingFolder),
    ...NETWORK,
    print: (result) => writeAll(STDOUT, result),
    tell: (words) => writeAll(STDERR, words),
    get columns() {
      return columnsOf(STDOUT) ?? Number.POSITIVE_INFINITY
    },
    style: (format, text) => styleText(format, text, { stream: process.stderr }),
    startProgress: (label) => startProgress(describeTerminal(), label),
  }
}

type Checkouts = Pick<Host, 'listProjectFiles' | 'readSource' | 'readTrackedFiles'>

/** What is read of a checkout, by git. */
function createCheckouts(workingFolder: string): Checkouts {
  return {
    listProjectFiles: async (folder) => {
      const { listProjectFiles } = await import('./project-files.ts')
      return listProjectFiles(resolve(workingFolder, folder), process.env['PATH'])
    },
    readSource: async (folder) => {
      const { readGitSource } = await import('./git/git-source.ts')
      return readGitSource(resolve(workingFolder, folder), process.env['PATH'])
    },
    readTrackedFiles: async (folder, commit) => {
      const { readTrackedFiles } = await import('./git/tracked-files.ts')
      return readTrackedFiles(resolve(workingFolder, folder), commit, process.env['PATH'])
    },
  }
}

type Files = Pick<
  Host,
  | 'digestFile'
  | 'judgeOutput'
  | 'placeOf'
  | 'readArchiveFile'
  | 'readArtifactSet'
  | 'readBytes'
  | 'readKeyFile'
  | 'readPolicies'
  | 'readStandardInput'
  | 'writeBytes'
>

/** All that reads and writes files, and knows what this run has read. */
function createFiles(workingFolder: string, inputs: Inputs): Files {
  return {
    readBytes: async (path, options) => {
      const bytes = await readBytes(workingFolder, path, options)
      if (bytes.ok && options.isReplaceable !== true) inputs.note(path)
      return bytes
    },
    async readArtifactSet(paths, options) {
      // Only commands that digest pay for loading what digests.
      const { readArtifactSet } = await import('./artifact-set/index.ts')
      const reading = await readArtifactSet(workingFolder, paths, options)
      if (reading.ok) inputs.noteSet(paths, { ...options, form: reading.value.form })
      return reading
    },
    async readArchiveFile(archive, options) {
      const { readArchiveFile } = await import('./artifact-set/index.ts')
      const content = await readArchiveFile(workingFolder, archive, options)
      if (content.ok) inputs.note(archive)
      return content
    },
    readPolicies: async (folder, part) => {
      const { readPolicies } = await import('./policies.ts')
      const policies = await readPolicies(workingFolder, folder, part)
      if (policies.ok) inputs.noteFolder(folder)
      return policies
    },
    digestFile: async (path) => {
      const digests = await digestFile(workingFolder, path)
      if (digests.ok) inputs.note(path)
      return digests
    },
    readStandardInput: (options) => readStandardInput(process.stdin, options),
    placeOf: (path) => inputs.placeOf(path),
    judgeOutput: async (path) => {
      const output = inputs.judgeOutput(path)
      return output.ok ? judgeWritable(workingFolder, path) : output
    },
    writeBytes: async (path, bytes, options) => {
      const output = inputs.judgeOutput(path)
      return output.ok ? writeBytes(workingFolder, path, bytes, options) : output
    },
    readKeyFile: async (path, options) => {
      const bytes = await readKeyFile(workingFolder, path, options)
      if (bytes.ok) inputs.note(path)
      return bytes
    },
  }
}

function isSet(name: string): boolean {
  return !['', '0', 'false', undefined].includes(process.env[name])
}

function describeTerminal(): Parameters<typeof startProgress>[0] {
  return {
    write: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY && !isSet('CI') && process.env['TERM'] !== 'dumb',
    columns: columnsOf(STDERR) ?? 80,
    elapsedMs: () => performance.now(),
  }
}
