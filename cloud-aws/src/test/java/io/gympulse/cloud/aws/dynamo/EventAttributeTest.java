package io.gympulse.cloud.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventAttributeTest {
  private static final MachineId BIKE = new MachineId("bike");
  private static final OutboxId OUTBOX = OutboxId.random();
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @ParameterizedTest
  @EnumSource
  void every_quality_and_status_reads_back(TimeQuality quality) {
    for (MachineStatus status : MachineStatus.values()) {
      requireReadsBack(
          new MachineEvent(new Sequence(7), BIKE, status, Optional.empty(), NOON, quality));
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_reason_reads_back(UnknownReason reason) {
    requireReadsBack(event(7, NOON, Optional.of(reason)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1969-12-31T23:59:59.999Z",
        "1970-01-01T00:00:00Z",
        "2026-05-01T12:59:59.999Z",
        "+9999-01-01T00:00:00Z"
      })
  void every_time_reads_back(String at) {
    requireReadsBack(event(Long.MAX_VALUE, Instant.parse(at.replace("+", "")), Optional.empty()));
  }

  @Test
  void a_summary_reads_back_beside_a_reason() {
    Summary summary =
        new Summary(
            new Sequence(3),
            NOON,
            Duration.ofMillis(1),
            Duration.ofSeconds(2),
            Duration.ofMinutes(3),
            40_000);
    requireReadsBack(
        new MachineEvent(
            new Sequence(9),
            BIKE,
            MachineStatus.UNKNOWN,
            Optional.of(UnknownReason.SENSOR_DEAD),
            NOON.plus(summary.length()),
            TimeQuality.BOUNDED,
            Optional.of(summary)));
  }

  @Test
  void a_machine_s_own_reports_read_back_and_differ_by_second_and_status() {
    StatusReport free = new StatusReport(new GymId("g"), BIKE, MachineStatus.FREE, NOON);
    StatusReport busy = new StatusReport(new GymId("g"), BIKE, MachineStatus.OCCUPIED, NOON);
    EventBucket bucket = EventBucket.of(free);
    assertThat(EventBucket.of(new Item(bucket.key()))).isEqualTo(bucket);
    assertThat(EventAttribute.of(bucket, free).entry(bucket)).isEqualTo(HistoryEntry.of(free));
    assertThat(EventAttribute.of(bucket, free).name())
        .isNotEqualTo(EventAttribute.of(bucket, busy).name());
  }

  @Test
  void a_plain_event_takes_few_bytes() {
    MachineEvent event = event(123_456, NOON.plusMillis(3_599_999), Optional.empty());
    EventAttribute attribute = EventAttribute.of(EventBucket.of(OUTBOX, event), event);
    assertThat(attribute.name().length() + attribute.value().length()).isLessThanOrEqualTo(13);
  }

  @Test
  void malformed_attributes_are_reported_as_damaged() {
    EventBucket bucket = EventBucket.of(OUTBOX, event(1, NOON, Optional.empty()));
    for (String value : List.of("", "o", "xs1", "os!", "us1,nonsense", "os1,,1,2")) {
      assertThatThrownBy(() -> new EventAttribute(".1", value).event(bucket))
          .as(value)
          .isInstanceOf(StoreUnavailableException.class);
    }
  }

  private static void requireReadsBack(MachineEvent event) {
    EventBucket bucket = EventBucket.of(OUTBOX, event);
    assertThat(EventBucket.of(new Item(bucket.key()))).isEqualTo(bucket);
    assertThat(EventAttribute.of(bucket, event).event(bucket)).isEqualTo(event);
  }

  private static MachineEvent event(long seq, Instant at, Optional<UnknownReason> reason) {
    return new MachineEvent(
        new Sequence(seq), BIKE, MachineStatus.UNKNOWN, reason, at, TimeQuality.SYNCED);
  }
}
