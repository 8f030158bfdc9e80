package io.gympulse.contract.message;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.text.UnicodeText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a gateway reports about itself in its shadow `health`. A value that the gateway's machine
/// does not have, or that is not known yet, is empty: nothing is guessed.
public record GatewayHealth(
    GatewayAddress from,
    Instant sentAt,
    Delivery delivery,
    Device device,
    Storage storage,
    Software software,
    Sensors sensors)
    implements GatewayMessage {

  /// How far the cloud has the gateway's events.
  ///
  /// @param outboxDepth events not yet acknowledged
  /// @param quarantined events that the cloud rejected for good
  /// @param oldestUnacknowledgedSeconds age of the first event not yet acknowledged
  /// @param lastAcknowledgedAt when an acknowledgement arrived last, since the gateway started
  /// @param connections how often the uplink was connected since the gateway started
  public record Delivery(
      long outboxDepth,
      long quarantined,
      Optional<Long> oldestUnacknowledgedSeconds,
      Optional<Instant> lastAcknowledgedAt,
      long connections) {
    public Delivery {
      requireNotNegative("outboxDepth", outboxDepth);
      requireNotNegative("quarantined", quarantined);
      requireNotNegative("oldestUnacknowledgedSeconds", oldestUnacknowledgedSeconds);
      requireNotNegative("connections", connections);
    }
  }

  /// The machine that the gateway runs on.
  ///
  /// @param clockSynchronised whether the wall clock is kept synchronised
  /// @param residentBytes the process's resident memory
  /// @param heapUsedBytes the part of it that Java objects use
  public record Device(
      boolean clockSynchronised,
      Optional<Double> cpuTemperatureCelsius,
      Optional<Throttling> throttling,
      Optional<Long> residentBytes,
      Optional<Long> heapUsedBytes) {
    public Device {
      requireNotNegative("residentBytes", residentBytes);
      requireNotNegative("heapUsedBytes", heapUsedBytes);
    }
  }

  /// Whether the firmware limits the processor.
  ///
  /// @param sinceBoot what applied at some time since the machine was started
  public record Throttling(Set<ThrottlingCause> now, Set<ThrottlingCause> sinceBoot) {
    public static final Throttling NONE = new Throttling(Set.of(), Set.of());

    public Throttling {
      now = Set.copyOf(now);
      sinceBoot = Set.copyOf(sinceBoot);
    }
  }

  /// The file system and the card that hold the outbox.
  ///
  /// @param writtenBytesPerDay what the gateway's process writes, on average since it started
  /// @param syncsPerDay how often it flushes the outbox to the disk, on average since it started
  /// @param cardLifeYears how long the card lasts in all at this rate, from new
  public record Storage(
      Optional<Long> diskFreeBytes,
      Optional<Long> diskTotalBytes,
      Optional<Long> writtenBytesPerDay,
      Optional<Long> syncsPerDay,
      Optional<Double> cardLifeYears) {
    public Storage {
      requireNotNegative("diskFreeBytes", diskFreeBytes);
      requireNotNegative("diskTotalBytes", diskTotalBytes);
      requireNotNegative("writtenBytesPerDay", writtenBytesPerDay);
      requireNotNegative("syncsPerDay", syncsPerDay);
    }
  }

  /// @param gateway version of the gateway's program
  /// @param java version of the Java runtime
  /// @param os name, version and architecture of the operating system
  /// @param boots how many starts of the machine the gateway has seen, with this data folder
  /// @param upSeconds since the gateway's process started
  public record Software(String gateway, String java, String os, long boots, long upSeconds) {
    private static final int LONGEST = 100;

    public Software {
      requireShort("gatewayVersion", gateway);
      requireShort("javaVersion", java);
      requireShort("osVersion", os);
      requireNotNegative("boots", boots);
      requireNotNegative("upSeconds", upSeconds);
    }

    /// With texts cut to the longest allowed.
    public static Software of(String gateway, String java, String os, long boots, long upSeconds) {
      return new Software(
          UnicodeText.abridged(gateway, LONGEST),
          UnicodeText.abridged(java, LONGEST),
          UnicodeText.abridged(os, LONGEST),
          boots,
          upSeconds);
    }

    private static void requireShort(String name, String text) {
      if (text.length() > LONGEST) {
        throw new IllegalArgumentException(
            "%s has %d characters, the limit is %d".formatted(name, text.length(), LONGEST));
      }
    }
  }

  /// The sensors, as many as have room in a shadow.
  ///
  /// @param verdicts how many sensors there are of each verdict, all counted
  /// @param listed faulty ones first
  /// @param omitted how many are counted but not listed
  public record Sensors(Map<String, Integer> verdicts, List<SensorHealth> listed, int omitted) {
    public static final Sensors NONE = new Sensors(Map.of(), List.of(), 0);
    private static final int MOST_VERDICTS = 20;

    public Sensors {
      verdicts = Map.copyOf(verdicts);
      listed = List.copyOf(listed);
      requireNotNegative("sensorsOmitted", omitted);
      if (verdicts.size() > MOST_VERDICTS) {
        throw new IllegalArgumentException(
            "%d verdicts, the limit is %d".formatted(verdicts.size(), MOST_VERDICTS));
      }
      verdicts.forEach(
          (verdict, count) -> {
            SensorHealth.requireVerdict(verdict);
            requireNotNegative("count of verdict " + verdict, count);
          });
    }
  }

  /// One sensor.
  ///
  /// @param verdict what is concluded from it: `free`, `occupied`, or why it cannot be used, in
  ///     lower case with hyphens
  /// @param since since when that holds
  /// @param reason the cause in words, of at most 100 characters; empty if there is none
  /// @param lastMessageAt when its last message arrived, since the gateway started
  public record SensorHealth(
      SensorId sensor,
      MachineId machine,
      String verdict,
      Instant since,
      String reason,
      Counts counts,
      Optional<Instant> lastMessageAt) {
    private static final int LONGEST_REASON = 100;

    /// Messages of a sensor since the gateway started.
    ///
    /// @param read with a reading
    /// @param ignored with nothing new
    /// @param malformed that could not be read
    public record Counts(long read, long ignored, long malformed) {
      public Counts {
        requireNotNegative("read", read);
        requireNotNegative("ignored", ignored);
        requireNotNegative("malformed", malformed);
      }
    }

    public SensorHealth {
      requireVerdict(verdict);
      if (reason.length() > LONGEST_REASON) {
        throw new IllegalArgumentException(
            "a reason has %d characters, the limit is %d"
                .formatted(reason.length(), LONGEST_REASON));
      }
    }

    /// The reason, cut to the longest allowed.
    public static String abridgedReason(String reason) {
      return UnicodeText.abridged(reason, LONGEST_REASON);
    }

    /// Whether its readings cannot be used.
    public boolean isFaulty() {
      return !verdict.equals("free") && !verdict.equals("occupied");
    }

    private static void requireVerdict(String verdict) {
      if (!verdict.matches("[a-z][a-z-]{0,31}")) {
        throw new IllegalArgumentException(
            "a verdict is not of the form [a-z][a-z-]{0,31}: '%s'"
                .formatted(UnicodeText.abridged(verdict, 40)));
      }
    }
  }

  private static void requireNotNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("%s %d is negative".formatted(name, value));
    }
  }

  private static void requireNotNegative(String name, Optional<Long> value) {
    value.ifPresent(it -> requireNotNegative(name, it));
  }
}
