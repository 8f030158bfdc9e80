package io.gympulse.contract.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void a_file_is_replaced_as_a_whole_and_nothing_else_is_left() throws IOException {
    Path file = folder.resolve("a.json");
    DurableFile.write(file, "the first, which is longer");
    DurableFile.write(file, "second");
    assertThat(file).hasContent("second");
    assertThat(names()).containsExactly("a.json");
  }

  @Test
  void a_file_stays_as_it_was_if_it_cannot_be_replaced() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("a"));
    Files.createDirectories(taken.resolve("b"));
    assertThatThrownBy(() -> DurableFile.write(taken, "x")).isInstanceOf(IOException.class);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void only_its_owner_reads_it_unless_it_is_public() throws IOException {
    DurableFile.write(folder.resolve("key"), "k");
    DurableFile.append(folder.resolve("letters"), "l".getBytes(UTF_8));
    DurableFile.ensurePrivate(folder.resolve("db"));
    DurableFile.writePublic(folder.resolve("certificate"), "c");
    DurableFile.makeFolders(folder.resolve("x/y"));
    assertThat(permissions("key")).isEqualTo("rw-------");
    assertThat(permissions("letters")).isEqualTo("rw-------");
    assertThat(permissions("db")).isEqualTo("rw-------");
    assertThat(permissions("certificate")).isEqualTo("rw-r--r--");
    assertThat(permissions("x")).isEqualTo("rwx------");
    assertThat(permissions("x/y")).isEqualTo("rwx------");
  }

  @Test
  void a_file_of_an_earlier_release_becomes_private() throws IOException {
    Path file = Files.writeString(folder.resolve("db"), "kept");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    DurableFile.ensurePrivate(file);
    assertThat(permissions("db")).isEqualTo("rw-------");
    assertThat(file).hasContent("kept");
  }

  @Test
  void a_file_in_place_of_a_folder_is_named() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), "");
    assertThatThrownBy(() -> DurableFile.makeFolders(file))
        .hasMessage(file + " is a file; a folder is needed there");
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }
}
