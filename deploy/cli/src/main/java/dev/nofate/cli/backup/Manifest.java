package dev.nofate.cli.backup;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.nofate.embedded.CopiedFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a backup holds. It is written last: a backup without it was not finished.
 *
 * @param id name of its folder, the time of its start
 * @param startedAt RFC 3339 UTC
 * @param stoppedAt RFC 3339 UTC; the earliest time that it can be restored to
 * @param systemIdentifier of the cluster
 * @param startLsn where replaying begins
 * @param stopLsn where the copy becomes consistent
 * @param firstSegment of the write-ahead log that it takes
 * @param lastSegment of the write-ahead log that it takes without anything later
 * @param bytes of all files
 * @param files of the data folder
 * @param checkpoints by tenant, the last that was signed before it began
 */
public record Manifest(
    String id,
    String startedAt,
    String stoppedAt,
    String systemIdentifier,
    String startLsn,
    String stopLsn,
    String firstSegment,
    String lastSegment,
    long bytes,
    List<CopiedFile> files,
    Map<String, String> checkpoints) {

  @JsonIgnore
  Instant stopped() {
    return Instant.parse(stoppedAt);
  }
}
