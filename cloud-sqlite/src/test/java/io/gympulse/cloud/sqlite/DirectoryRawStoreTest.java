package io.gympulse.cloud.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.device.RawStore;
import io.gympulse.cloud.core.device.RawStoreContract;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRawStoreTest extends RawStoreContract {
  @Override
  protected RawStore open() {
    try {
      Path folder = Files.createTempDirectory("gympulse-raw");
      folder.toFile().deleteOnExit();
      return new DirectoryRawStore(folder.resolve("made-when-needed"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_body_is_a_file_with_its_keys_name_and_no_other_file_exists(@TempDir Path folder)
      throws IOException {
    new DirectoryRawStore(folder).put(KEY, "[]".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(folder.resolve("raw"))
        .isDirectoryContaining(
            it ->
                it.getFileName()
                    .toString()
                    .equals("2026-05-01-0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11.json"));
    try (var files = Files.list(folder.resolve("raw"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void an_unfinished_file_of_a_killed_process_is_no_body(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("raw"));
    Files.writeString(folder.resolve("raw/unfinished"), "{\"processed_dev");
    RawStore store = new DirectoryRawStore(folder);
    assertThat(store.get(KEY)).isEmpty();
    assertThat(store.put(KEY, new byte[] {'{', '}'})).isTrue();
    assertThat(store.get(KEY)).hasValueSatisfying(it -> assertThat(it).containsExactly('{', '}'));
  }

  @Test
  void a_directory_that_cannot_be_created_is_an_unavailable_store(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");
    assertThatThrownBy(() -> new DirectoryRawStore(file).put(KEY, new byte[0]))
        .isInstanceOf(StoreUnavailableException.class);
  }
}
