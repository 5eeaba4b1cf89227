/**
 * Backups of the database and the way back: a copy of the data folder, the write-ahead log since
 * then, and the signed checkpoints that tell whether what came back is all there was.
 */
package dev.nofate.cli.backup;
