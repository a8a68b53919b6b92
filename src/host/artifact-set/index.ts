export { type ArchiveFile, type ArchiveFileOptions, readArchiveFile } from './archive-file.ts'
export type { FileForm } from './file-form.ts'
export { readArtifactSet } from './read-artifact-set.ts'
export type { ArtifactSetOptions, ArtifactSetProblem, ArtifactSetReading } from './reading.ts'
