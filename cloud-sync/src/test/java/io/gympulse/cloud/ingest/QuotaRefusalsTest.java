package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.Branch.NOW;
import static io.gympulse.cloud.ingest.Branch.OUTBOX;
import static io.gympulse.cloud.ingest.Branch.THEM;
import static io.gympulse.cloud.ingest.Branch.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.codec.Addressing;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.RejectionCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuotaRefusalsTest {
  private final Published published = new Published();
  private final IngestCounters counters = new IngestCounters();
  private final List<String> observed = new ArrayList<>();
  private final QuotaRefusals refusals =
      new QuotaRefusals(
          published, counters, (gateway, _, _) -> observed.add(gateway.gateway().value()));

  @Test
  void a_flood_is_counted_in_full_and_answered_once_a_second() {
    for (int i = 0; i < 1_000; i++) {
      refusals.refuse(US, batch(), NOW.plusMillis(i));
    }
    refusals.refuse(US, batch(), NOW.plusMillis(1_000));
    refusals.refuse(THEM, batch(), NOW);

    assertThat(published.acks(US)).hasSize(2);
    assertThat(published.acks(US).getFirst().rejected())
        .singleElement()
        .matches(it -> it.code() == RejectionCode.OVER_QUOTA && it.retryable())
        .matches(it -> it.range().equals(SeqRange.of(5, 9)));
    assertThat(published.acks(THEM)).hasSize(1);
    assertThat(counters.rejected(RejectionCode.OVER_QUOTA)).isEqualTo(1_002);
    assertThat(observed).hasSize(1_002);
  }

  @Test
  void what_is_no_batch_gets_no_answer() {
    refusals.refuse(US, Optional.empty(), NOW);
    assertThat(published.count()).isZero();
    assertThat(counters.rejected(RejectionCode.OVER_QUOTA)).isEqualTo(1);
  }

  private static Optional<Addressing> batch() {
    return Optional.of(new Addressing(US, OUTBOX, SeqRange.of(5, 9), Optional.empty()));
  }
}
