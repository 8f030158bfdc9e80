package io.gympulse.contract.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gympulse.contract.codec.EventColumns.StatusCode;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.Rejection.RejectionCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Property(tries = 500)
  void a_batch_is_read_back_as_it_was_written(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int size) {
    EventBatch batch = new SampleBatches(seed).next(size);
    assertThat(BatchCodec.decode(BatchCodec.columns(batch)))
        .isEqualTo(new DecodeResult.Valid<>(batch));
    assertThat(BatchCodec.decode(BatchCodec.encode(batch)))
        .isEqualTo(new DecodeResult.Valid<>(batch));
  }

  @Property
  void the_smaller_version_is_taken(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int size) {
    EventBatch batch = new SampleBatches(seed).next(size);
    byte[] encoded = BatchCodec.encode(batch);
    assertThat(encoded.length).isLessThanOrEqualTo(BatchCodec.columns(batch).length);
    if (batch.events().stream().allMatch(it -> it.summary().isEmpty())) {
      assertThat(encoded.length).isLessThanOrEqualTo(BatchCodec.rows(batch).length);
    }
  }

  @Test
  void the_largest_batch_with_the_longest_ids_is_read_back() {
    List<MachineEvent> events = new ArrayList<>();
    for (int i = 0; i < BatchCodec.MAX_EVENTS; i++) {
      MachineEvent one = new SampleBatches(i).next(1).events().getFirst();
      String id = "%s%d".formatted("x".repeat(58), 100_000 + i);
      events.add(
          new MachineEvent(
              new Sequence(i + 1),
              new MachineId(id),
              one.status(),
              one.reason(),
              Instant.ofEpochMilli(i * 7_919_000_000L % 1_767_258_000_000L),
              one.quality()));
    }
    EventBatch sample = new SampleBatches(0).next(1);
    EventBatch batch =
        new EventBatch(
            sample.from(),
            sample.outbox(),
            sample.kind(),
            sample.sentAt(),
            Optional.empty(),
            events);
    assertThat(BatchCodec.decode(BatchCodec.columns(batch)))
        .isEqualTo(new DecodeResult.Valid<>(batch));
  }

  @Test
  void version_1_has_no_summaries() {
    EventBatch batch = new SampleBatches(0).next(1);
    for (int seed = 1; batch.events().getFirst().summary().isEmpty(); seed++) {
      batch = new SampleBatches(seed).next(1);
    }
    EventBatch summarized = batch;
    assertThatIllegalArgumentException().isThrownBy(() -> BatchCodec.rows(summarized));
  }

  @Test
  void every_status_has_a_code() {
    assertThat(StatusCode.ALL).hasSize(3 + UnknownReason.values().length).doesNotHaveDuplicates();
  }

  @Test
  void a_decompression_bomb_is_not_expanded() {
    Rejection rejection =
        rejected(1, DeflateCodec.deflate(new byte[60_000_000], new byte[0], new byte[0]));
    assertThat(rejection.code()).isEqualTo(RejectionCode.TOO_LARGE);
    assertThat(rejection.field()).isEqualTo("columns");
  }

  @Test
  void more_events_than_a_batch_may_hold_are_refused_by_their_count() {
    Rejection rejection = rejected(1, packed(it -> it.number(Long.MAX_VALUE)));
    assertThat(rejection.code()).isEqualTo(RejectionCode.TOO_LARGE);
  }

  @Test
  void an_impossible_event_is_refused_with_its_reason() {
    assertThat(rejected(1, "*").code()).isEqualTo(RejectionCode.INVALID_FIELD);
    assertThat(rejected(1, "").detail()).contains("ends too early");
    assertThat(rejected(1, packed(_ -> {})).detail()).contains("ends too early");
    assertThat(rejected(1, packed(it -> it.number(0))).detail()).contains("no events");
    assertThat(rejected(1, one("bike", 0, 0, 0)).detail()).isEqualTo("accepted");
    assertThat(rejected(1, one("BIKE", 0, 0, 0)).detail()).contains("machine id 'BIKE'");
    assertThat(rejected(1, one("bike", 99, 0, 0)).detail()).contains("99");
    assertThat(rejected(1, one("bike", 0, 1, 0)).detail()).contains("firstSeq and lastSeq");
    assertThat(rejected(1, one("bike", 0, -2, 0)).detail()).contains("more than 63 bits");
    assertThat(rejected(1, one("bike", 0, Long.MAX_VALUE, 0)).detail()).contains("out of range");
    assertThat(rejected(1, one("bike", 0, 0, Long.MAX_VALUE)).detail()).contains("out of range");
    assertThat(rejected(1, one("bike", 0, 0, Long.MIN_VALUE / 2)).detail()).contains("not a time");
  }

  @Test
  void a_summary_that_does_not_fit_its_event_is_refused() {
    String longer = packed(it -> event(it, "bike", 0, 0, 3, 900_001, 0));
    assertThat(rejected(3, longer).detail()).contains("quarter of an hour");
    String endless = packed(it -> event(it, "bike", 0, 0, 3, Long.MAX_VALUE, 0));
    assertThat(rejected(3, endless).code()).isEqualTo(RejectionCode.INVALID_FIELD);
  }

  @Test
  void the_header_of_a_batch_with_bad_columns_is_read() {
    DecodeResult<EventBatch> decoded = decoded(7, "!");
    assertThat(decoded).isInstanceOf(DecodeResult.Invalid.class);
    assertThat(((DecodeResult.Invalid<EventBatch>) decoded).header())
        .map(it -> it.range().last())
        .contains(new Sequence(7));
  }

  @Property(tries = 2_000)
  void columns_of_any_content_never_throw(@ForAll byte[] content) {
    assertThat(decoded(1, DeflateCodec.deflate(content, new byte[0], new byte[0]))).isNotNull();
  }

  @Property(tries = 2_000)
  void columns_changed_anywhere_never_throw(
      @ForAll @IntRange(max = 100) int seed, @ForAll int where, @ForAll byte what) {
    byte[] body = BatchCodec.columns(new SampleBatches(seed).next(5));
    byte[] cut = Arrays.copyOf(body, Math.floorMod(where, body.length));
    body[Math.floorMod(where, body.length)] = what;
    assertThat(BatchCodec.decode(body)).isNotNull();
    assertThat(BatchCodec.decode(cut)).isInstanceOf(DecodeResult.Invalid.class);
  }

  /// One event, as [ColumnsWriter] would write it.
  private static String one(String machine, int status, long gap, long first) {
    return packed(it -> event(it, machine, status, gap, 0, 0, first));
  }

  private static void event(
      ByteWriter to, String machine, int status, long gap, long span, long occupied, long first) {
    to.number(1).number(1).number(0).text(machine).number(0);
    to.number(0).number(gap).number(status).number(0).number(span);
    if (span > 0) {
      to.number(occupied).number(0).number(0).number(0);
    }
    to.signed(first).signed(0).number(0);
  }

  private static String packed(Consumer<ByteWriter> content) {
    ByteWriter column = new ByteWriter();
    content.accept(column);
    return DeflateCodec.deflate(column.toBytes(), new byte[0], new byte[0]);
  }

  private static DecodeResult<EventBatch> decoded(int lastSeq, String columns) {
    String body =
        """
        {"version":2,"gym":"g","gateway":"w","outboxId":"0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11",\
        "kind":"live","firstSeq":1,"lastSeq":%d,"sentAt":1767258000000,"columns":"%s"}"""
            .formatted(lastSeq, columns);
    return BatchCodec.decode(body.getBytes(UTF_8));
  }

  private static Rejection rejected(int lastSeq, String columns) {
    return switch (decoded(lastSeq, columns)) {
      case DecodeResult.Invalid<EventBatch> it -> it.rejection();
      case DecodeResult.Valid<EventBatch> _ ->
          new Rejection(RejectionCode.MALFORMED, "", "accepted");
    };
  }
}
