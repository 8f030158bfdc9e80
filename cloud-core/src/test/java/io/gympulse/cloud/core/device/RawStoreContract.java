package io.gympulse.cloud.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.device.RawStore.RawKey;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The contract of every adapter of the raw store.
public abstract class RawStoreContract {
  protected static final RawKey KEY =
      new RawKey(LocalDate.of(2026, 5, 1), UUID.fromString("0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11"));
  private static final byte[] BODY = "{\"a\": \"é\"}\n".getBytes(StandardCharsets.UTF_8);

  /// A new, empty store; called once per test.
  protected abstract RawStore open();

  @Test
  void a_body_reads_back_byte_for_byte() {
    RawStore store = open();
    byte[] odd = {0, (byte) 0xff, '\r', '\n', (byte) 0xc3};
    assertThat(store.put(KEY, odd)).isTrue();
    assertThat(store.get(KEY)).hasValueSatisfying(it -> assertThat(it).isEqualTo(odd));
  }

  @Test
  void an_empty_body_is_a_body() {
    RawStore store = open();
    assertThat(store.put(KEY, new byte[0])).isTrue();
    assertThat(store.get(KEY)).hasValueSatisfying(it -> assertThat(it).isEmpty());
  }

  @Test
  void a_missing_body_is_absent() {
    RawStore store = open();
    assertThat(store.get(KEY)).isEmpty();
  }

  @Test
  void the_same_body_may_be_put_again() {
    RawStore store = open();
    store.put(KEY, BODY);
    assertThat(store.put(KEY, BODY.clone())).isTrue();
    assertThat(store.get(KEY)).hasValueSatisfying(it -> assertThat(it).isEqualTo(BODY));
  }

  @Test
  void another_body_under_the_same_key_is_refused_and_changes_nothing() {
    RawStore store = open();
    store.put(KEY, BODY);
    assertThat(store.put(KEY, "{}".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(store.get(KEY)).hasValueSatisfying(it -> assertThat(it).isEqualTo(BODY));
  }

  @Test
  void dates_keep_bodies_apart() {
    RawStore store = open();
    store.put(KEY, BODY);
    assertThat(store.get(KEY.on(KEY.date().plusDays(1)))).isEmpty();
  }
}
