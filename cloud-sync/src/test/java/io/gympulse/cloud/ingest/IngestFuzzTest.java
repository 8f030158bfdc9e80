package io.gympulse.cloud.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import java.time.Duration;
import java.util.List;

/// Whatever stands on the queue, by whomever it was written, a message is done with at its first
/// delivery: what it says on the error topic can be written, and nothing is thrown.
class IngestFuzzTest {

  @FuzzTest
  void texts_are_done_with_at_once(byte[] text) {
    InMemoryCloudStore store = TestGyms.store();
    RecordingPublisher published = new RecordingPublisher();
    IngestHandler handler =
        new IngestHandler(store, published, Duration.ofMinutes(5), new IngestCounters());

    assertThat(TestQueue.deliver(handler, List.of(new String(text, UTF_8)))).isEmpty();
    published.errors().forEach(it -> assertThat(it.path("detail").asText()).isNotBlank());
    published
        .acks(TestGyms.GATEWAY_1)
        .forEach(it -> assertThat(it.to()).isEqualTo(TestGyms.GATEWAY_1));
  }
}
