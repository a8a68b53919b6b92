// The real world behind the `Host` interface: this process, its streams, its clock, its file system.

import { resolve } from 'node:path'
import { styleText } from 'node:util'
import { AssayError } from '../core/index.ts'
import { digestFile } from './digest-file.ts'
import { readBytes, readStandardInput, writeBytes } from './files.ts'
import type { Host } from './host.ts'
import { keepHeapSmall } from './heap.ts'
import { createInputs } from './inputs.ts'
import { readKeyFile } from './key-file.ts'
import { startProgress } from './progress.ts'

/**
 * The host of this process. Nothing is read or opened before a method is called.
 *
 * @param workingFolder absolute; what relative paths count from
 */
export function createHost(workingFolder: string = process.cwd()): Host {
  const inputs = createInputs(workingFolder)
  const redraws = process.stderr.isTTY && !isSet('CI') && process.env['TERM'] !== 'dumb'
  return {
    workingFolder,
    now: () => Date.now(),
    readEnvironment: (name) => process.env[name],
    async readBuildEnvironment(kind) {
      const { readBuildEnvironment } = await import('./build-environment.ts')
      return readBuildEnvironment(this, kind)
    },
    readBytes: async (path, options) => {
      const bytes = await readBytes(workingFolder, path, options)
      if (bytes.ok && options.isReplaceable !== true) await inputs.note(path)
      return bytes
    },
    async readArtifactSet(paths, options) {
      // Only commands that digest pay for loading what digests.
      const { readArtifactSet } = await import('./artifact-set/index.ts')
      return readArtifactSet(workingFolder, paths, options)
    },
    digestFile: (path) => digestFile(workingFolder, path),
    readStandardInput: (options) => readStandardInput(process.stdin, options),
    writeBytes: async (path, bytes, options) => {
      const output = await inputs.judgeOutput(path)
      return output.ok ? writeBytes(workingFolder, path, bytes, options) : output
    },
    readKeyFile: async (path, options) => {
      const bytes = await readKeyFile(workingFolder, path, options)
      if (bytes.ok) await inputs.note(path)
      return bytes
    },
    editBytes: async (path, edit, options) => {
      const { editBytes } = await import('./locked-edit.ts')
      return editBytes(workingFolder, path, edit, options)
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
    listProjectFiles: async (folder) => {
      const { listProjectFiles } = await import('./project-files.ts')
      return listProjectFiles(resolve(workingFolder, folder), process.env['PATH'])
    },
    readSource: async (folder) => {
      const { readGitSource } = await import('./git/git-source.ts')
      return readGitSource(resolve(workingFolder, folder), process.env['PATH'])
    },
    request: async (asked) => {
      // What never asks a server never loads what could.
      const { request } = await import('./network/request.ts')
      return request(asked)
    },
    print: (result) => writeAll(process.stdout, result),
    tell: (words) => writeAll(process.stderr, words),
    columns: process.stdout.columns ?? Number.POSITIVE_INFINITY,
    style: (format, text) => styleText(format, text, { stream: process.stderr }),
    startProgress: (label) =>
      startProgress(
        {
          write: (text) => process.stderr.write(text),
          isTerminal: redraws,
          columns: process.stderr.columns ?? 80,
          elapsedMs: () => performance.now(),
        },
        label,
      ),
  }
}

function isSet(name: string): boolean {
  return !['', '0', 'false', undefined].includes(process.env[name])
}

/** Waits until the stream has taken everything, so that no exit cuts the output off. */
async function writeAll(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  // The callback below reports the same failure; an event that nobody hears would end the process.
  if (stream.listenerCount('error') === 0) stream.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (cause) => {
      if (!cause) return resolve()
      const message = 'Cannot write the output: the other end was closed'
      reject(new AssayError('host/output', message, { cause }))
    })
  })
}
