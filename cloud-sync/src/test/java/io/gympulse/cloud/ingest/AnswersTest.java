package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.Branch.OUTBOX;
import static io.gympulse.cloud.ingest.Branch.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.RejectedRange;
import io.gympulse.contract.message.RejectionCode;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final int PAYLOAD_LIMIT = 131_072;

  @Test
  void what_one_batch_had_refused_and_another_brought_is_stored() {
    List<Acknowledgement> merged =
        Answers.merge(
            new OutboxOf(US, OUTBOX),
            List.of(
                answer(List.of(), List.of(rejected(2, "late"), rejected(9, "late"))),
                answer(LongStream.rangeClosed(1, 3).boxed().toList(), List.of())));

    assertThat(merged)
        .containsExactly(
            new Acknowledgement(
                US, OUTBOX, List.of(SeqRange.of(1, 3)), List.of(rejected(9, "late"))));
  }

  @Test
  void every_range_is_told_in_payloads_the_broker_takes() {
    long start = Long.MAX_VALUE - 20_000;
    List<Long> stored = LongStream.range(0, 5_000).map(it -> start + 2 * it).boxed().toList();
    List<RejectedRange> rejected =
        stored.stream().map(it -> rejected(it + 1, "x".repeat(160))).toList();

    List<Acknowledgement> merged =
        Answers.merge(new OutboxOf(US, OUTBOX), List.of(answer(stored, rejected)));

    assertThat(merged).allMatch(it -> AcknowledgementCodec.encode(it).length <= PAYLOAD_LIMIT);
    assertThat(merged.stream().flatMap(it -> it.stored().stream())).hasSize(5_000);
    assertThat(merged.stream().flatMap(it -> it.rejected().stream()))
        .containsExactlyElementsOf(rejected);
  }

  private static Reply.Answer answer(List<Long> stored, List<RejectedRange> rejected) {
    return new Reply.Answer(
        new OutboxOf(US, OUTBOX),
        stored.stream().map(it -> SeqRange.of(it, it)).toList(),
        rejected);
  }

  private static RejectedRange rejected(long seq, String detail) {
    return new RejectedRange(SeqRange.of(seq, seq), RejectionCode.UNKNOWN_MACHINE, detail, false);
  }
}
