package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.event.Retention;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.message.StatusReport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The item that contains an event: one per machine, hour and outbox, so that machine and outbox
/// are not repeated in each event. At most 4,096 sequence numbers of an outbox share an item, which
/// keeps it below DynamoDB's limit of 400 KB however many events an hour has.
///
/// The sort key is `hhhhhhh#outbox#part`: the hour counted from 1970, the outbox's UUID as 22
/// characters of base 64, and the sequence number divided by 4,096 in base 36. A machine's own
/// reports have the outbox `self` and no part.
///
/// @param outbox empty for a machine's own reports
record EventBucket(MachineId machine, long hour, Optional<OutboxId> outbox, long part) {
  private static final long LAST_HOUR = 9_999_999;
  private static final long SHARED = 4_096;
  private static final String SELF = "self";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  static EventBucket of(OutboxId outbox, MachineEvent event) {
    return new EventBucket(
        event.machine(), hour(event.at()), Optional.of(outbox), event.seq().value() / SHARED);
  }

  static EventBucket of(StatusReport report) {
    return new EventBucket(report.machine(), hour(report.at()), Optional.empty(), 0);
  }

  static EventBucket of(Item item) {
    String[] parts = item.text("slot").split("#", -1);
    MachineId machine = new MachineId(item.text("machine"));
    long hour = Long.parseLong(parts[0]);
    return parts[1].equals(SELF)
        ? new EventBucket(machine, hour, Optional.empty(), 0)
        : new EventBucket(
            machine,
            hour,
            Optional.of(outbox(parts[1])),
            Long.parseLong(parts[2], Character.MAX_RADIX));
  }

  Map<String, AttributeValue> key() {
    return Item.build().text("machine", machine.value()).text("slot", sortKey()).attributes();
  }

  private String sortKey() {
    return outbox
        .map(it -> first(hour) + encode(it) + "#" + Long.toString(part, Character.MAX_RADIX))
        .orElseGet(() -> first(hour) + SELF);
  }

  /// A lower bound of the sort keys of the hour's buckets, greater than all earlier ones.
  static String first(long hour) {
    return digits(hour) + "#";
  }

  /// An upper bound of the sort keys of the hour's buckets, less than all later ones.
  static String after(long hour) {
    return digits(hour) + "~";
  }

  /// Seven ASCII digits in every locale.
  private static String digits(long hour) {
    return Long.toString(LAST_HOUR + 1 + hour).substring(1);
  }

  /// Times out of range are in the first or the last hour.
  static long hour(Instant at) {
    return Math.clamp(Math.floorDiv(at.getEpochSecond(), 3_600), 0L, LAST_HOUR);
  }

  /// The time to which the bucket's events are relative.
  Instant start() {
    return Instant.EPOCH.plus(Duration.ofHours(hour));
  }

  /// The epoch second from which no event of the bucket can be read any more.
  long expires() {
    return start().plus(Duration.ofHours(1)).plus(Retention.EVENTS).getEpochSecond();
  }

  private static String encode(OutboxId outbox) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
    bytes.putLong(outbox.value().getMostSignificantBits());
    bytes.putLong(outbox.value().getLeastSignificantBits());
    return ENCODER.encodeToString(bytes.array());
  }

  private static OutboxId outbox(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    return new OutboxId(new UUID(bytes.getLong(), bytes.getLong()));
  }

  /// The part of the sort key by which a filter finds an outbox's buckets.
  static String infix(OutboxId outbox) {
    return "#" + encode(outbox) + "#";
  }
}
