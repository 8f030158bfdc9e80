package io.gympulse.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.outbox.InMemoryOutbox;
import io.gympulse.edge.time.BootId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BootCounterTest {
  private final InMemoryOutbox outbox = new InMemoryOutbox();

  @Test
  void a_restart_of_the_process_is_no_boot_and_a_boot_is() {
    assertThat(BootCounter.count(outbox, new BootId("first"))).isEqualTo(1);
    assertThat(BootCounter.count(outbox, new BootId("first"))).isEqualTo(1);
    assertThat(BootCounter.count(outbox, new BootId("second"))).isEqualTo(2);
    assertThat(BootCounter.count(outbox, new BootId("first"))).isEqualTo(3);
  }

  @Test
  void a_document_that_cannot_be_read_starts_again_at_one() {
    outbox.putDocument("boots", "many boots".getBytes(StandardCharsets.UTF_8)).join();
    assertThat(BootCounter.count(outbox, new BootId("b"))).isEqualTo(1);
    assertThat(BootCounter.count(outbox, new BootId("c"))).isEqualTo(2);
  }
}
