package io.gympulse.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
  @TempDir Path folder;

  @Test
  void a_lock_has_one_holder_until_it_is_closed() throws IOException {
    Path file = folder.resolve("lock");
    try (ProcessLock first = ProcessLock.take(file).orElseThrow()) {
      assertThat(first).isNotNull();
      assertThat(ProcessLock.take(file)).isEmpty();
    }
    try (ProcessLock next = ProcessLock.take(file).orElseThrow()) {
      assertThat(next).isNotNull();
    }
  }

  @Test
  void a_file_that_cannot_be_opened_is_an_error() {
    assertThatIOException().isThrownBy(() -> ProcessLock.take(folder.resolve("no/such/lock")));
  }
}
