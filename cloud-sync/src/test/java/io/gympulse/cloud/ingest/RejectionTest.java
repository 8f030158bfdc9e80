package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.BENCH;
import static io.gympulse.cloud.ingest.TestGyms.BENCH_2;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_2;
import static io.gympulse.cloud.ingest.TestGyms.NOW;
import static io.gympulse.cloud.ingest.TestGyms.OUTBOX;
import static io.gympulse.cloud.ingest.TestGyms.UNKNOWN;
import static io.gympulse.cloud.ingest.TestGyms.address;
import static io.gympulse.cloud.ingest.TestGyms.batch;
import static io.gympulse.cloud.ingest.TestGyms.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.core.aggregate.Window.Horizon;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.contract.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Nothing bad is stored, crashes or vanishes: each is told on the error topic, counted, and
/// answered if it was a batch.
class RejectionTest {
  private final InMemoryCloudStore store = TestGyms.store();
  private final RecordingPublisher published = new RecordingPublisher();
  private final IngestCounters counters = new IngestCounters();
  private final IngestHandler handler =
      new IngestHandler(store, published, Duration.ofMinutes(5), counters);

  @Test
  void a_payload_that_is_not_json_is_rejected_and_reported_unchanged() {
    deliver(TestQueue.encoded("oops", Topics.batches(GATEWAY_1)));

    JsonNode error = rejected(RejectionCode.MALFORMED);
    assertThat(error.path("topic").asText()).isEqualTo(Topics.batches(GATEWAY_1));
    assertThat(error.path("receivedAt").asLong()).isEqualTo(NOW.toEpochMilli());
    assertThat(Base64.getDecoder().decode(error.path("payload").asText()))
        .isEqualTo("oops".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_text_that_no_rule_wrote_is_rejected() {
    deliver("{");
    deliver("[]");
    deliver("");
    deliver("{\"topic\":\"org/x\"}");

    assertThat(counters.rejected(RejectionCode.MALFORMED)).isEqualTo(4);
    assertThat(published.errors()).hasSize(4);
  }

  @Test
  void an_unknown_version_is_rejected_for_the_whole_batch() {
    String text = new String(BatchCodec.rows(batch(event(3, BENCH))), StandardCharsets.UTF_8);

    deliver(
        TestQueue.selected(
            text.replace("\"version\":1", "\"version\":7"), Topics.batches(GATEWAY_1)));

    assertThat(rejected(RejectionCode.UNKNOWN_VERSION).path("field").asText()).isEqualTo("version");
    assertThat(answer().range()).isEqualTo(SeqRange.of(3, 3));
    assertThat(answer().retryable()).isFalse();
  }

  @Test
  void a_missing_field_is_named() {
    String body =
        """
        {"version":1,"gym":"riverside","sentAt":1,"outboxDepth":0}""";

    deliver(TestQueue.selected(body, Topics.heartbeat(GATEWAY_1)));

    assertThat(rejected(RejectionCode.MISSING_FIELD).path("field").asText()).isEqualTo("gateway");
  }

  @Test
  void a_payload_truncated_by_the_broker_is_too_large_even_if_it_is_an_object() {
    String text = new String(BatchCodec.rows(batch(event(3, BENCH))), StandardCharsets.UTF_8);
    String padded = text.replaceFirst("\\{", "{\"pad\":\"" + "x".repeat(132_000) + "\",");

    deliver(TestQueue.encoded(padded, Topics.batches(GATEWAY_1)));

    assertThat(rejected(RejectionCode.TOO_LARGE).path("topic").asText())
        .isEqualTo(Topics.batches(GATEWAY_1));
  }

  @Test
  void an_oversize_batch_is_rejected_as_one_range_so_that_it_can_be_bisected() {
    String text = new String(BatchCodec.rows(batch(event(3, BENCH))), StandardCharsets.UTF_8);
    String padded = text.replaceFirst("\\{", "{\"pad\":\"" + "x".repeat(132_000) + "\",");

    deliver(TestQueue.selected(padded, Topics.batches(GATEWAY_1)));

    JsonNode error = rejected(RejectionCode.TOO_LARGE);
    assertThat(Base64.getDecoder().decode(error.path("payload").asText())).hasSize(4_096);
    assertThat(answer().code()).isEqualTo(RejectionCode.TOO_LARGE);
    assertThat(store.events().count()).isZero();
  }

  @Test
  void a_rejection_has_a_bounded_length() {
    String text = new String(BatchCodec.rows(batch(event(3, BENCH))), StandardCharsets.UTF_8);
    String endless = text.replace(BENCH.value(), "B".repeat(100_000));

    deliver(TestQueue.selected(endless, Topics.batches(GATEWAY_1)));

    assertThat(rejected(RejectionCode.INVALID_FIELD).path("detail").asText()).hasSizeLessThan(301);
    assertThat(answer().detail()).hasSizeLessThan(400);
  }

  @Test
  void another_gym_in_the_body_is_rejected_to_the_topics_gateway_only() {
    EventBatch lie = batch(GATEWAY_2, NOW, event(1, BENCH_2));

    deliver(TestQueue.selected(BatchCodec.encode(lie), Topics.batches(GATEWAY_1), NOW));

    assertThat(rejected(RejectionCode.TOPIC_MISMATCH).path("field").asText()).isEqualTo("gym");
    assertThat(answer().code()).isEqualTo(RejectionCode.TOPIC_MISMATCH);
    assertThat(published.acks(GATEWAY_2)).isEmpty();
    assertThat(store.events().count()).isZero();
  }

  @Test
  void another_gyms_machine_is_rejected_event_by_event() {
    deliver(TestQueue.text(batch(event(1, BENCH), event(2, BENCH_2), event(3, BENCH)), NOW));

    rejected(RejectionCode.WRONG_GATEWAY);
    assertThat(answer().range()).isEqualTo(SeqRange.of(2, 2));
    assertThat(published.acks(GATEWAY_1).getFirst().stored())
        .containsExactly(SeqRange.of(1, 1), SeqRange.of(3, 3));
    assertThat(store.current().find(GATEWAY_1.gym(), BENCH_2)).isEmpty();
    assertThat(store.current().find(GATEWAY_2.gym(), BENCH_2)).isEmpty();
  }

  @Test
  void machines_on_no_plan_are_rejected_one_by_one_reported_once_and_recorded() {
    deliver(TestQueue.text(batch(event(1, UNKNOWN), event(2, UNKNOWN)), NOW));

    assertThat(published.errors()).hasSize(1);
    assertThat(counters.rejected(RejectionCode.UNKNOWN_MACHINE)).isEqualTo(2);
    assertThat(published.acks(GATEWAY_1).getFirst().rejected())
        .extracting(RejectedRange::range)
        .containsExactly(SeqRange.of(1, 1), SeqRange.of(2, 2));
    assertThat(store.unregistered().page(Optional.empty(), 9).items())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.gym()).isEqualTo(GATEWAY_1.gym());
              assertThat(it.machine()).isEqualTo(UNKNOWN);
              assertThat(it.reportCount()).isEqualTo(1);
            });
  }

  @Test
  void events_of_a_gateway_on_no_plan_yet_may_be_sent_again_and_are_taken_once_it_is_on_one() {
    GatewayAddress early = address("lakeside", "lakeside-gw");
    EventBatch batch = batch(early, NOW, event(1, UNKNOWN), event(2, BENCH));
    deliver(TestQueue.text(batch, NOW));
    store.floorPlans().register(TestGyms.plan(early, UNKNOWN));
    deliver(TestQueue.text(batch, NOW));

    assertThat(published.acks(early).getFirst().rejected())
        .extracting(RejectedRange::code, RejectedRange::retryable)
        .containsExactly(
            tuple(RejectionCode.UNKNOWN_MACHINE, true), tuple(RejectionCode.WRONG_GATEWAY, true));
    assertThat(published.acks(early).getLast().stored()).containsExactly(SeqRange.of(1, 1));
    assertThat(published.acks(early).getLast().rejected())
        .extracting(RejectedRange::retryable)
        .containsExactly(false);
  }

  @Test
  void a_machine_on_no_plan_is_rejected_permanently_to_a_gateway_that_is_on_one() {
    deliver(TestQueue.text(batch(event(1, UNKNOWN)), NOW));

    assertThat(answer().retryable()).isFalse();
  }

  @Test
  void a_batch_from_the_future_may_be_sent_again() {
    deliver(TestQueue.text(batch(GATEWAY_1, NOW.plusSeconds(301), event(1, BENCH)), NOW));

    assertThat(rejected(RejectionCode.CLOCK_FAULT).path("field").asText()).isEqualTo("sentAt");
    assertThat(answer().retryable()).isTrue();
    assertThat(store.events().count()).isZero();
    assertThat(store.gateways().all()).isEmpty();
  }

  @Test
  void five_minutes_ahead_and_any_time_behind_are_taken() {
    deliver(TestQueue.text(batch(GATEWAY_1, NOW.plusSeconds(300), event(1, BENCH)), NOW));
    deliver(TestQueue.text(batch(event(2, BENCH)), NOW.plus(Duration.ofDays(30))));

    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 2));
  }

  @Test
  void an_event_later_than_its_batch_is_rejected_alone() {
    deliver(
        TestQueue.text(
            batch(event(1, BENCH), event(2, BENCH, MachineStatus.FREE, NOW.plusMillis(1))), NOW));

    assertThat(rejected(RejectionCode.EVENT_AFTER_SENT).path("field").asText())
        .isEqualTo("events[1]");
    assertThat(answer().range()).isEqualTo(SeqRange.of(2, 2));
    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 1));
  }

  @Test
  void an_event_of_an_impossible_time_is_rejected_alone_and_permanently() {
    Instant unset = Instant.parse("1980-01-06T00:00:00Z");
    deliver(
        TestQueue.text(batch(event(1, BENCH, MachineStatus.FREE, unset), event(2, BENCH)), NOW));
    deliver(
        TestQueue.text(
            new Heartbeat(GATEWAY_1, NOW, Optional.of(NOW), 0, Optional.of(OUTBOX)), NOW));

    assertThat(rejected(RejectionCode.INVALID_FIELD).path("detail").asText())
        .contains("before 2020");
    assertThat(answer().range()).isEqualTo(SeqRange.of(1, 1));
    assertThat(answer().retryable()).isFalse();
    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(2, 2));
    assertThat(gateway().dueWindows(Horizon.at(NOW))).isZero();
  }

  /// A gateway that comes back after a summer: its events are acknowledged, and no work comes of
  /// what has expired.
  @Test
  void events_older_than_events_are_kept_are_stored_and_cover_nothing() {
    Instant longAgo = NOW.minus(Duration.ofDays(400));
    deliver(TestQueue.text(batch(event(1, BENCH, MachineStatus.FREE, longAgo)), NOW));
    deliver(
        TestQueue.text(
            new Heartbeat(GATEWAY_1, NOW, Optional.of(NOW), 0, Optional.of(OUTBOX)), NOW));
    deliver(TestQueue.text(batch(event(2, BENCH, MachineStatus.FREE, longAgo.plusMillis(1))), NOW));

    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 2));
    assertThat(gateway().coverage().covered())
        .singleElement()
        .satisfies(it -> assertThat(it.from()).isAfter(NOW.minus(Retention.EVENTS)));
    assertThat(gateway().dueWindows(Horizon.at(NOW))).isBetween(2_870L, 2_880L);
    assertThat(gateway().backlog().dirty()).isEmpty();
  }

  private Gateway gateway() {
    return store.gateways().find(GATEWAY_1.gateway()).orElseThrow();
  }

  @Test
  void a_snapshot_row_in_the_future_is_rejected() {
    MachineState ahead =
        new MachineState(BENCH, MachineStatus.FREE, NOW.plusSeconds(60), Optional.empty());

    deliver(TestQueue.text(new Snapshot(GATEWAY_1, NOW, List.of(ahead)), NOW));

    rejected(RejectionCode.EVENT_AFTER_SENT);
    assertThat(store.current().find(GATEWAY_1.gym(), BENCH)).isEmpty();
  }

  @Test
  void an_unknown_gateway_is_rejected_and_has_no_presence() {
    deliver(
        TestQueue.text(new Heartbeat(address("riverside", "gw-9"), NOW, Optional.empty(), 0), NOW));
    deliver(TestQueue.text(new Snapshot(address("nowhere", "gw-1"), NOW, List.of()), NOW));

    assertThat(counters.rejected(RejectionCode.WRONG_GATEWAY)).isEqualTo(2);
    assertThat(store.gateways().all()).isEmpty();
  }

  @Test
  void a_report_is_rejected_if_in_the_future_or_of_another_gyms_machine_or_of_none() {
    deliver(TestQueue.text(report(BENCH, 301), NOW));
    deliver(TestQueue.text(report(BENCH_2, 0), NOW));
    deliver(TestQueue.text(report(UNKNOWN, 0), NOW));

    assertThat(published.errors())
        .extracting(it -> it.path("code").asText())
        .containsExactly("clock-fault", "wrong-gateway", "unknown-machine");
    assertThat(List.of(BENCH, BENCH_2, UNKNOWN))
        .allMatch(it -> store.current().find(GATEWAY_1.gym(), it).isEmpty());
    assertThat(store.unregistered().page(Optional.empty(), 9).items()).hasSize(1);
  }

  @Test
  void a_report_must_name_the_machine_of_its_topic() {
    String body =
        """
        {"machineId":"rower-1","gymId":"riverside","status":"free","timestamp":1}""";

    deliver(TestQueue.selected(body, Topics.status(GATEWAY_1.gym(), BENCH)));

    assertThat(rejected(RejectionCode.TOPIC_MISMATCH).path("field").asText())
        .isEqualTo("machineId");
  }

  @Test
  void an_unknown_topic_is_rejected() {
    deliver(TestQueue.selected("{\"version\":1}", "org/riverside/elsewhere"));
    deliver(TestQueue.selected("{\"version\":1}", "org/Bad Gym/gateways/gw-1/batches"));
    deliver(TestQueue.selected("{\"version\":1}", Topics.acks(GATEWAY_1)));

    assertThat(counters.rejected(RejectionCode.TOPIC_MISMATCH)).isEqualTo(3);
  }

  private static StatusReport report(MachineId machine, long secondsAhead) {
    return new StatusReport(
        GATEWAY_1.gym(), machine, MachineStatus.FREE, NOW.plusSeconds(secondsAhead));
  }

  private void deliver(String text) {
    assertThat(TestQueue.deliver(handler, List.of(text))).isEmpty();
  }

  /// The only message on the error topic.
  private JsonNode rejected(RejectionCode code) {
    assertThat(published.errors()).hasSize(1);
    JsonNode error = published.errors().getFirst();
    assertThat(error.path("version").asInt()).isEqualTo(1);
    assertThat(error.path("code").asText()).isEqualTo(code.wireName());
    assertThat(error.path("detail").asText()).isNotBlank();
    assertThat(counters.rejected(code)).isEqualTo(1);
    assertThat(counters.rejected()).isEqualTo(1);
    return error;
  }

  /// The only rejected range of the only acknowledgement.
  private RejectedRange answer() {
    assertThat(published.acks(GATEWAY_1)).hasSize(1);
    assertThat(published.acks(GATEWAY_1).getFirst().rejected()).hasSize(1);
    return published.acks(GATEWAY_1).getFirst().rejected().getFirst();
  }
}
