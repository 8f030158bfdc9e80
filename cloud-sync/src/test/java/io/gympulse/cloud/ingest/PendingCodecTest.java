package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.Branch.NOW;
import static io.gympulse.cloud.ingest.Branch.OUTBOX;
import static io.gympulse.cloud.ingest.Branch.THEM;
import static io.gympulse.cloud.ingest.Branch.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.ingest.PendingAcknowledgements.Waiting;
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

class PendingCodecTest {
  private static final OutboxOf OURS = new OutboxOf(US, OUTBOX);
  private static final OutboxOf THEIRS =
      new OutboxOf(THEM, new OutboxId(new UUID(1, 2)), Optional.of(new SenderId("4f")));

  @Property
  void what_is_written_is_read(
      @ForAll @Size(min = 1, max = 40) List<@LongRange(min = 1) Long> seqs,
      @ForAll @LongRange(min = -1, max = 4_102_444_800_000L) long millis) {
    PendingAcknowledgements pending =
        PendingAcknowledgements.NONE
            .and(OURS, waiting(Instant.ofEpochMilli(millis), seqs))
            .and(THEIRS, waiting(NOW, List.of(7L)));

    PendingCodec.Decoded read = PendingCodec.decode(PendingCodec.encode(pending));

    assertThat(read.unread()).isZero();
    assertThat(read.pending()).isEqualTo(pending);
  }

  @Example
  void its_form_is_this_one() {
    PendingAcknowledgements pending =
        PendingAcknowledgements.NONE.and(
            OURS,
            new Waiting(Instant.ofEpochMilli(12), List.of(SeqRange.of(5, 9), SeqRange.of(11, 11))));

    assertThat(PendingCodec.encode(pending))
        .isEqualTo(Map.of("version", "1", "riverside/gw-1/" + OUTBOX, "12 5-9,11-11"));
  }

  @Example
  void a_window_that_begins_has_nothing_pending() {
    assertThat(PendingCodec.decode(Map.of()))
        .isEqualTo(new PendingCodec.Decoded(PendingAcknowledgements.NONE, 0));
  }

  @Example
  void entries_that_cannot_be_read_are_counted_and_the_others_are_kept() {
    PendingAcknowledgements good =
        PendingAcknowledgements.NONE.and(OURS, waiting(NOW, List.of(1L)));
    Map<String, String> state = new HashMap<>(PendingCodec.encode(good));
    String other = "harbour/gw-2/" + OUTBOX;
    List<String> values =
        List.of("", "5", "5 ", "5 1", "5 2-1", "5 0-1", "x 1-1", "5 1-1,", "5 1-1 2-2");
    values.forEach(
        it -> {
          state.put(other, it);
          assertThat(PendingCodec.decode(state))
              .as(it)
              .isEqualTo(new PendingCodec.Decoded(good, 1));
        });
    state.remove(other);
    state.put("no address", "5 1-1");
    state.put("A/B/C", "5 1-1");
    assertThat(PendingCodec.decode(state)).isEqualTo(new PendingCodec.Decoded(good, 2));
  }

  @Example
  void a_state_of_another_version_is_not_believed() {
    Map<String, String> state =
        new HashMap<>(
            PendingCodec.encode(PendingAcknowledgements.NONE.and(OURS, waiting(NOW, List.of(1L)))));
    state.put("version", "2");

    assertThat(PendingCodec.decode(state))
        .isEqualTo(new PendingCodec.Decoded(PendingAcknowledgements.NONE, 1));
  }

  @Example
  void its_weight_is_more_than_its_length_as_json() {
    OutboxOf longest =
        new OutboxOf(
            new GatewayAddress(
                Branch.address("g".repeat(64), "w".repeat(64)).gym(),
                Branch.address("g".repeat(64), "w".repeat(64)).gateway()),
            OUTBOX,
            Optional.of(new SenderId("z".repeat(SenderId.MAX_LENGTH))));
    long top = Long.MAX_VALUE - 1_000;
    PendingAcknowledgements pending =
        PendingAcknowledgements.NONE.and(
            longest,
            waiting(
                Instant.parse("9999-01-01T00:00:00Z"),
                LongStream.range(0, 100).map(it -> top + 2 * it).boxed().toList()));

    String json = Queue.JSON.valueToTree(PendingCodec.encode(pending)).toString();

    assertThat(json.length() - "{\"version\":\"1\",}".length())
        .isLessThanOrEqualTo(pending.weight());
  }

  private static Waiting waiting(Instant since, List<Long> seqs) {
    return new Waiting(since, seqs.stream().map(it -> SeqRange.of(it, it)).toList());
  }
}
