package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_2;
import static io.gympulse.cloud.ingest.TestGyms.NOW;
import static io.gympulse.cloud.ingest.TestGyms.OUTBOX;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.ingest.AckPublisher.Target;
import io.gympulse.cloud.ingest.PendingAcks.Pending;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PendingAcksTest {
  private static final Target TARGET = new Target(GATEWAY_1, OUTBOX);
  private static final Target OTHER_TARGET =
      new Target(GATEWAY_2, new OutboxId(new UUID(1, 2)), Optional.of(new SenderId("4f")));

  @Property
  void an_encoded_state_is_decoded(
      @ForAll @Size(min = 1, max = 40) List<@LongRange(min = 1) Long> seqs,
      @ForAll @LongRange(min = -1, max = 4_102_444_800_000L) long millis) {
    PendingAcks pending =
        PendingAcks.NONE
            .with(TARGET, pending(Instant.ofEpochMilli(millis), seqs))
            .with(OTHER_TARGET, pending(NOW, List.of(7L)));

    PendingAcks.Decoded read = PendingAcks.decode(pending.encode());

    assertThat(read.unreadable()).isZero();
    assertThat(read.pending()).isEqualTo(pending);
  }

  @Example
  void the_encoded_form_is_pinned() {
    PendingAcks pending =
        PendingAcks.NONE.with(
            TARGET,
            new Pending(Instant.ofEpochMilli(12), List.of(SeqRange.of(5, 9), SeqRange.of(11, 11))));

    assertThat(pending.encode())
        .isEqualTo(Map.of("version", "1", "riverside/gw-1/" + OUTBOX, "12 5-9,11-11"));
  }

  @Example
  void a_window_that_begins_has_nothing_pending() {
    assertThat(PendingAcks.decode(Map.of()))
        .isEqualTo(new PendingAcks.Decoded(PendingAcks.NONE, 0));
  }

  @Example
  void entries_that_cannot_be_read_are_counted_and_the_others_are_kept() {
    PendingAcks good = PendingAcks.NONE.with(TARGET, pending(NOW, List.of(1L)));
    Map<String, String> state = new HashMap<>(good.encode());
    String other = "harbour/gw-2/" + OUTBOX;
    List<String> values =
        List.of("", "5", "5 ", "5 1", "5 2-1", "5 0-1", "x 1-1", "5 1-1,", "5 1-1 2-2");
    values.forEach(
        it -> {
          state.put(other, it);
          assertThat(PendingAcks.decode(state)).as(it).isEqualTo(new PendingAcks.Decoded(good, 1));
        });
    state.remove(other);
    state.put("no address", "5 1-1");
    state.put("A/B/C", "5 1-1");
    assertThat(PendingAcks.decode(state)).isEqualTo(new PendingAcks.Decoded(good, 2));
  }

  @Example
  void a_state_of_another_version_is_ignored() {
    Map<String, String> state =
        new HashMap<>(PendingAcks.NONE.with(TARGET, pending(NOW, List.of(1L))).encode());
    state.put("version", "2");

    assertThat(PendingAcks.decode(state)).isEqualTo(new PendingAcks.Decoded(PendingAcks.NONE, 1));
  }

  @Example
  void the_weight_is_an_upper_bound_of_the_length_as_json() {
    Target longest =
        new Target(
            new GatewayAddress(
                TestGyms.address("g".repeat(64), "w".repeat(64)).gym(),
                TestGyms.address("g".repeat(64), "w".repeat(64)).gateway()),
            OUTBOX,
            Optional.of(new SenderId("z".repeat(SenderId.MAX_LENGTH))));
    long top = Long.MAX_VALUE - 1_000;
    PendingAcks pending =
        PendingAcks.NONE.with(
            longest,
            pending(
                Instant.parse("9999-01-01T00:00:00Z"),
                LongStream.range(0, 100).map(it -> top + 2 * it).boxed().toList()));

    String json = TestQueue.JSON.valueToTree(pending.encode()).toString();

    assertThat(json.length() - "{\"version\":\"1\",}".length())
        .isLessThanOrEqualTo(pending.weight());
  }

  private static Pending pending(Instant since, List<Long> seqs) {
    return new Pending(since, seqs.stream().map(it -> SeqRange.of(it, it)).toList());
  }
}
