package io.gympulse.edge.occupancy;

import java.util.Arrays;
import java.util.StringJoiner;

/// The lengths of the occupancies that a sensor saw: a histogram of logarithmic buckets, which
/// gives a quantile to within 19 % in bounded space (after DDSketch: Masson, Rim, Lee, VLDB 2019).
/// When it is full all counts are halved, so that recent use of a machine outweighs older use.
/// Immutable.
final class DwellHistory {
  /// The number of samples beyond which all counts are halved.
  static final int MAX_SAMPLES = 2_000;

  /// The 99th percentile of fewer than a hundred samples would be their maximum.
  static final int MIN_SAMPLES = 100;

  static final DwellHistory EMPTY = new DwellHistory(new int[0], 0);

  private static final int BUCKETS_PER_OCTAVE = 4;
  // 2^20 seconds are 12 days, more than a sensor may stay active.
  private static final int BUCKETS = 20 * BUCKETS_PER_OCTAVE;
  private static final double QUANTILE = 0.99;
  private static final double OCTAVE = Math.log(2);

  private final int[] counts;
  private final int samples;
  private final long percentile99;

  private DwellHistory(int[] counts, int samples) {
    this.counts = counts;
    this.samples = samples;
    this.percentile99 =
        samples < MIN_SAMPLES ? Long.MAX_VALUE : upperBound(quantileBucket(counts, samples));
  }

  /// Adds an occupancy.
  ///
  /// @param millis its length, 0 or more
  DwellHistory with(long millis) {
    int bucket = bucketOf(millis);
    int[] next = Arrays.copyOf(counts, Math.max(counts.length, bucket + 1));
    next[bucket]++;
    return samples + 1 > MAX_SAMPLES ? halved(next) : new DwellHistory(next, samples + 1);
  }

  private static DwellHistory halved(int[] counts) {
    int samples = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (counts[i] + 1) / 2;
      samples += counts[i];
    }
    return new DwellHistory(counts, samples);
  }

  int samples() {
    return samples;
  }

  /// The 99th percentile in milliseconds, rounded up to a bucket; [Long#MAX_VALUE] while there are
  /// too few samples.
  long percentile99() {
    return percentile99;
  }

  private static int bucketOf(long millis) {
    double octaves = Math.log(Math.max(1, millis / 1000.0)) / OCTAVE;
    return Math.min(BUCKETS - 1, (int) (octaves * BUCKETS_PER_OCTAVE));
  }

  private static long upperBound(int bucket) {
    return Math.round(1000 * Math.exp((bucket + 1) * OCTAVE / BUCKETS_PER_OCTAVE));
  }

  private static int quantileBucket(int[] counts, int samples) {
    long wanted = (long) Math.ceil(QUANTILE * samples);
    int bucket = 0;
    for (long seen = counts[0]; seen < wanted; seen += counts[bucket]) {
      bucket++;
    }
    return bucket;
  }

  /// The histogram as `bucket:count bucket:count ...`, for [#parse].
  String text() {
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        text.add(i + ":" + counts[i]);
      }
    }
    return text.toString();
  }

  /// @throws DwellHistories.UnreadableException if the text is not one that [#text] wrote
  static DwellHistory parse(String text) throws DwellHistories.UnreadableException {
    if (text.isEmpty()) {
      return EMPTY;
    }
    int[] counts = new int[0];
    int samples = 0;
    try {
      for (String entry : text.split(" ", -1)) {
        int colon = entry.indexOf(':');
        int bucket = Integer.parseInt(entry.substring(0, colon));
        int count = Integer.parseInt(entry.substring(colon + 1));
        if (bucket < counts.length || bucket >= BUCKETS || count < 1 || count > MAX_SAMPLES) {
          throw new DwellHistories.UnreadableException(
              "dwell history: '%s' is invalid".formatted(entry));
        }
        counts = Arrays.copyOf(counts, bucket + 1);
        counts[bucket] = count;
        samples += count;
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new DwellHistories.UnreadableException(
          "dwell history: '%s' is not a histogram".formatted(text));
    }
    return new DwellHistory(counts, samples);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DwellHistory it && Arrays.equals(counts, it.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return text();
  }
}
