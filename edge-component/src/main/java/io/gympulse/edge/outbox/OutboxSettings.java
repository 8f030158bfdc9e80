package io.gympulse.edge.outbox;

/// How an outbox on disk works.
public record OutboxSettings(Limits limits, FileSettings file) {
  public static final OutboxSettings DEFAULT =
      new OutboxSettings(Limits.DEFAULT, FileSettings.DEFAULT);

  public OutboxSettings(Limits limits) {
    this(limits, FileSettings.DEFAULT);
  }

  /// How much an outbox holds.
  ///
  /// @param maxEvents waiting events at most; from nine tenths of them on, old ones are coalesced
  /// @param chunk events read in one step of coalescing, which appends have to wait for
  public record Limits(int maxEvents, int chunk) {
    public static final Limits DEFAULT = new Limits(2_000_000, 5_000);

    public Limits {
      if (maxEvents < 1) {
        throw new IllegalArgumentException(
            "an outbox for %d events is too small: give it at least 1".formatted(maxEvents));
      }
      if (chunk < 2) {
        throw new IllegalArgumentException("%d events cannot be coalesced".formatted(chunk));
      }
    }

    boolean isFull(long events) {
      return events >= maxEvents;
    }

    boolean isNearlyFull(long events) {
      return events > maxEvents - maxEvents / 10;
    }

    int tenth() {
      return Math.max(1, maxEvents / 10);
    }
  }

  /// How the outbox's file is written; the defaults are the best of those measured.
  ///
  /// @param pageBytes page size of a new file: a power of two from 512 to 65536
  /// @param checkpointPages pages in the write-ahead log from which on a checkpoint runs
  /// @param deletionBatch acknowledged events from which on they are deleted from the file
  public record FileSettings(int pageBytes, int checkpointPages, int deletionBatch) {
    public static final FileSettings DEFAULT = new FileSettings(512, 4_000, 1_000);

    public FileSettings {
      if (Integer.bitCount(pageBytes) != 1 || pageBytes < 512 || pageBytes > 65_536) {
        throw new IllegalArgumentException("pages of %d bytes are impossible".formatted(pageBytes));
      }
      if (checkpointPages < 1 || deletionBatch < 1) {
        throw new IllegalArgumentException(
            "steps of %d pages and %d events: both must be at least 1"
                .formatted(checkpointPages, deletionBatch));
      }
    }
  }
}
