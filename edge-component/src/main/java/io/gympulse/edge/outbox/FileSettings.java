package io.gympulse.edge.outbox;

/// How the outbox's file is written; the defaults are the best of those measured.
///
/// @param pageBytes of a new file: a power of two from 512 to 65536
/// @param checkpointPages pages in the write-ahead log from which on they are carried over
/// @param removedTogether acknowledged events from which on they are removed from the file
public record FileSettings(int pageBytes, int checkpointPages, int removedTogether) {
  public static final FileSettings DEFAULT = new FileSettings(1_024, 1_000, 1_000);

  public FileSettings {
    if (Integer.bitCount(pageBytes) != 1 || pageBytes < 512 || pageBytes > 65_536) {
      throw new IllegalArgumentException("pages of %d bytes are impossible".formatted(pageBytes));
    }
    if (checkpointPages < 1 || removedTogether < 1) {
      throw new IllegalArgumentException(
          "steps of %d pages and %d events: both must be at least 1"
              .formatted(checkpointPages, removedTogether));
    }
  }
}
