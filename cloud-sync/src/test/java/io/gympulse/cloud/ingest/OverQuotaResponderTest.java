package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_2;
import static io.gympulse.cloud.ingest.TestGyms.NOW;
import static io.gympulse.cloud.ingest.TestGyms.OUTBOX;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.codec.BatchCodec.BatchHeader;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Rejection.RejectionCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverQuotaResponderTest {
  private final RecordingPublisher published = new RecordingPublisher();
  private final IngestCounters counters = new IngestCounters();
  private final List<String> observed = new ArrayList<>();
  private final OverQuotaResponder responder =
      new OverQuotaResponder(
          published, counters, (gateway, _, _) -> observed.add(gateway.gateway().value()));

  @Test
  void every_message_is_counted_and_one_per_second_is_acknowledged() {
    for (int i = 0; i < 1_000; i++) {
      responder.reject(GATEWAY_1, batch(), NOW.plusMillis(i));
    }
    responder.reject(GATEWAY_1, batch(), NOW.plusMillis(1_000));
    responder.reject(GATEWAY_2, batch(), NOW);

    assertThat(published.acks(GATEWAY_1)).hasSize(2);
    assertThat(published.acks(GATEWAY_1).getFirst().rejected())
        .singleElement()
        .matches(it -> it.code() == RejectionCode.OVER_QUOTA && it.retryable())
        .matches(it -> it.range().equals(SeqRange.of(5, 9)));
    assertThat(published.acks(GATEWAY_2)).hasSize(1);
    assertThat(counters.rejected(RejectionCode.OVER_QUOTA)).isEqualTo(1_002);
    assertThat(observed).hasSize(1_002);
  }

  @Test
  void a_message_that_is_no_batch_gets_no_acknowledgement() {
    responder.reject(GATEWAY_1, Optional.empty(), NOW);
    assertThat(published.count()).isZero();
    assertThat(counters.rejected(RejectionCode.OVER_QUOTA)).isEqualTo(1);
  }

  private static Optional<BatchHeader> batch() {
    return Optional.of(new BatchHeader(GATEWAY_1, OUTBOX, SeqRange.of(5, 9), Optional.empty()));
  }
}
