package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.OUTBOX;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.ingest.AckPublisher.BatchAck;
import io.gympulse.cloud.ingest.AckPublisher.ImmediateAcks;
import io.gympulse.cloud.ingest.AckPublisher.Target;
import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.Rejection.RejectionCode;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AckPublisherTest {
  private static final int PAYLOAD_LIMIT = 131_072;

  @Test
  void a_range_rejected_in_one_batch_and_stored_by_another_is_acknowledged_as_stored() {
    List<Acknowledgement> merged =
        ImmediateAcks.merge(
            new Target(GATEWAY_1, OUTBOX),
            List.of(
                ack(List.of(), List.of(rejected(2, "late"), rejected(9, "late"))),
                ack(LongStream.rangeClosed(1, 3).boxed().toList(), List.of())));

    assertThat(merged)
        .containsExactly(
            new Acknowledgement(
                GATEWAY_1, OUTBOX, List.of(SeqRange.of(1, 3)), List.of(rejected(9, "late"))));
  }

  @Test
  void every_range_is_acknowledged_in_payloads_within_the_broker_s_limit() {
    long start = Long.MAX_VALUE - 20_000;
    List<Long> stored = LongStream.range(0, 5_000).map(it -> start + 2 * it).boxed().toList();
    List<RejectedRange> rejected =
        stored.stream().map(it -> rejected(it + 1, "x".repeat(160))).toList();

    List<Acknowledgement> merged =
        ImmediateAcks.merge(new Target(GATEWAY_1, OUTBOX), List.of(ack(stored, rejected)));

    assertThat(merged).allMatch(it -> AcknowledgementCodec.encode(it).length <= PAYLOAD_LIMIT);
    assertThat(merged.stream().flatMap(it -> it.stored().stream())).hasSize(5_000);
    assertThat(merged.stream().flatMap(it -> it.rejected().stream()))
        .containsExactlyElementsOf(rejected);
  }

  private static BatchAck ack(List<Long> stored, List<RejectedRange> rejected) {
    return new BatchAck(
        new Target(GATEWAY_1, OUTBOX),
        stored.stream().map(it -> SeqRange.of(it, it)).toList(),
        rejected);
  }

  private static RejectedRange rejected(long seq, String detail) {
    return new RejectedRange(SeqRange.of(seq, seq), RejectionCode.UNKNOWN_MACHINE, detail, false);
  }
}
