package io.gympulse.cloud.aws.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyTest {

  @Test
  void a_value_is_created_once_at_its_first_use() {
    AtomicInteger made = new AtomicInteger();
    Lazy<String> value = new Lazy<>(() -> "value " + made.incrementAndGet());
    assertThat(made).hasValue(0);
    assertThat(value.get()).isEqualTo("value 1");
    assertThat(value.get()).isEqualTo("value 1");
  }
}
