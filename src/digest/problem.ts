import type { Problem } from '../core/index.ts'

/** Why files, an archive or a manifest are no artifact set, and how one differs from what was expected. */
export type DigestProblem = Problem<
  /** The `tar` package saw other entries in an archive than our own pass over its headers. */
  | 'digest/archive-differs'
  /** Two entries of an archive have one name. */
  | 'digest/archive-duplicate'
  /** An archive is cut, lacks its two zero blocks, or goes on after them. */
  | 'digest/archive-end'
  /** An entry of an archive is no file, folder or symbolic link, or is one in a form that tools read differently. */
  | 'digest/archive-entry'
  /** A file is no tar archive, or has a header that could be read in two ways. */
  | 'digest/archive-format'
  /** A compressed archive is damaged, cut, or followed by something else. */
  | 'digest/archive-gzip'
  /** An archive holds too many entries or bytes, or expands too far. */
  | 'digest/archive-limit'
  /** An extended header of an archive says more than a path, a time and a comment, or is malformed. */
  | 'digest/archive-pax'
  /** A name of an archive has no part left once its leading parts are stripped. */
  | 'digest/archive-strip'
  /** An artifact has other content than expected. */
  | 'digest/artifact-changed'
  /** An artifact is there that does not belong to the set. */
  | 'digest/artifact-extra'
  /** An expected artifact is not there. */
  | 'digest/artifact-missing'
  /** An artifact is there under another name than expected. */
  | 'digest/artifact-renamed'
  /** A file or folder changed while it was read. */
  | 'digest/file-changed'
  /** A symbolic link stands where only regular files may be; it was not followed. */
  | 'digest/file-link'
  /** A path that was named does not exist. */
  | 'digest/file-missing'
  /** A named pipe, socket or device stands where only regular files may be. */
  | 'digest/file-special'
  /** A file or folder may not be read. */
  | 'digest/file-unreadable'
  /** A folder, or more than one path, was given where an archive or a manifest was asked for. */
  | 'digest/form'
  /** A manifest lists nothing. */
  | 'digest/manifest-empty'
  /** A line of a manifest is not a digest and a path as `sha256sum` writes them. */
  | 'digest/manifest-line'
  /** A manifest is larger than the limit. */
  | 'digest/manifest-size'
  /** A manifest holds bytes that are not UTF-8. */
  | 'digest/manifest-utf8'
  /** Two paths are one, or become one where case or Unicode form does not count. */
  | 'digest/path-collision'
  /** Two folders differ only in case or Unicode form: a warning on disk, refused inside an archive. */
  | 'digest/path-folder-case'
  /** A path is absolute, climbs, is too long, or holds characters that tools read differently. */
  | 'digest/path-unsafe'
  /** A file name holds bytes that are not UTF-8. */
  | 'digest/path-utf8'
  /** Windows can not hold a name: a warning on disk, refused inside an archive. */
  | 'digest/path-windows'
  /** There is no file to make a set of. */
  | 'digest/set-empty'
>
