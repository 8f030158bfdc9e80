package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// An event as an attribute of its [EventBucket], encoded compactly since DynamoDB bills bytes.
///
/// The name is `.` and the sequence number; for a machine's own report `.`, the second within the
/// hour and the status. The value is `<status><quality><milliseconds within the hour>`, then
/// `,<reason>` if there is one, then `,<first>,<occupied>,<free>,<unknown>,<transitions>` if there
/// is a summary. Status and quality are the first letters of their names; numbers are in base 36;
/// times of a summary in milliseconds.
record EventAttribute(String name, String value) {
  private static final int BASE = Character.MAX_RADIX;
  private static final String MARK = ".";

  static EventAttribute of(EventBucket bucket, MachineEvent event) {
    StringBuilder value = new StringBuilder();
    value.append(letter(event.status())).append(letter(event.quality()));
    value.append(text(offset(bucket, event.at())));
    if (event.reason().isPresent() || event.summary().isPresent()) {
      value.append(',').append(event.reason().map(UnknownReason::wireName).orElse(""));
    }
    event.summary().ifPresent(it -> append(value, it));
    return new EventAttribute(MARK + text(event.seq().value()), value.toString());
  }

  private static void append(StringBuilder value, Summary summary) {
    value.append(',').append(text(summary.first().value()));
    for (Duration it : new Duration[] {summary.occupied(), summary.free(), summary.unknown()}) {
      value.append(',').append(text(it.toMillis()));
    }
    value.append(',').append(text(summary.transitions()));
  }

  static EventAttribute of(EventBucket bucket, StatusReport report) {
    long offset = offset(bucket, report.at());
    return new EventAttribute(
        MARK + text(offset / 1_000) + letter(report.status()),
        "" + letter(report.status()) + letter(TimeQuality.SYNCED) + text(offset));
  }

  /// Whether an attribute is an event, not one that describes the item.
  static boolean isEvent(String name) {
    return name.startsWith(MARK);
  }

  /// @throws StoreUnavailableException if it cannot be decoded
  HistoryEntry entry(EventBucket bucket) {
    return bucket
        .outbox()
        .map(it -> HistoryEntry.of(it, event(bucket)))
        .orElseGet(() -> ofReport(bucket));
  }

  private HistoryEntry ofReport(EventBucket bucket) {
    return new HistoryEntry(
        bucket.start().plusMillis(number(value.substring(2))),
        named(MachineStatus.values(), value.charAt(0)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /// @throws StoreUnavailableException if it cannot be decoded
  MachineEvent event(EventBucket bucket) {
    try {
      return read(bucket.machine(), bucket, value.split(",", -1));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new StoreUnavailableException(
          "the store holds a damaged event: %s=%s in %s".formatted(name, value, bucket), e);
    }
  }

  private MachineEvent read(MachineId machine, EventBucket bucket, String[] parts) {
    Instant at = bucket.start().plusMillis(number(parts[0].substring(2)));
    return new MachineEvent(
        new Sequence(number(name.substring(MARK.length()))),
        machine,
        named(MachineStatus.values(), parts[0].charAt(0)),
        reason(parts),
        at,
        named(TimeQuality.values(), parts[0].charAt(1)),
        parts.length > 2 ? Optional.of(summary(parts, at)) : Optional.empty());
  }

  private static Optional<UnknownReason> reason(String[] parts) {
    if (parts.length < 2 || parts[1].isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        UnknownReason.ofWireName(parts[1])
            .orElseThrow(() -> new IllegalArgumentException("reason " + parts[1])));
  }

  private static Summary summary(String[] parts, Instant until) {
    Duration occupied = Duration.ofMillis(number(parts[3]));
    Duration free = Duration.ofMillis(number(parts[4]));
    Duration unknown = Duration.ofMillis(number(parts[5]));
    return new Summary(
        new Sequence(number(parts[2])),
        until.minus(occupied).minus(free).minus(unknown),
        occupied,
        free,
        unknown,
        Math.toIntExact(number(parts[6])));
  }

  private static long offset(EventBucket bucket, Instant at) {
    return at.toEpochMilli() - bucket.start().toEpochMilli();
  }

  private static String text(long number) {
    return Long.toString(number, BASE);
  }

  private static long number(String text) {
    return Long.parseLong(text, BASE);
  }

  private static char letter(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).charAt(0);
  }

  private static <E extends Enum<E>> E named(E[] values, char letter) {
    return Arrays.stream(values)
        .filter(it -> letter(it) == letter)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("letter " + letter));
  }
}
