package io.gympulse.contract.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Any text is the topic of the gateway or machine that it is parsed to, or of none.
class TopicsFuzzTest {

  @FuzzTest
  void topics_belong_to_whom_they_name_or_to_nobody(byte[] text) {
    String topic = new String(text, UTF_8);
    Topics.machineOf(topic)
        .ifPresent(it -> assertThat(Topics.status(it.gym(), it.machine())).isEqualTo(topic));
    Topics.gatewayOf(topic)
        .ifPresent(
            it ->
                assertThat(topic)
                    .isIn(
                        Topics.batches(it),
                        Topics.snapshot(it),
                        Topics.heartbeat(it),
                        Topics.acks(it)));
  }
}
