package io.gympulse.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void a_file_is_replaced_as_a_whole_and_no_temporary_file_remains() throws IOException {
    Path file = folder.resolve("a.json");
    DurableFile.write(file, "the first, which is longer");
    DurableFile.write(file, "second");
    assertThat(file).hasContent("second");
    assertThat(names()).containsExactly("a.json");
  }

  @Test
  void a_file_is_unchanged_if_it_cannot_be_replaced() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("a"));
    Files.createDirectories(taken.resolve("b"));
    assertThatThrownBy(() -> DurableFile.write(taken, "x")).isInstanceOf(IOException.class);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void a_file_is_unchanged_if_the_content_cannot_be_flushed() throws IOException {
    Path file = Files.writeString(folder.resolve("plan"), "old");
    assertThatThrownBy(() -> write(file, "new", failingAt(1))).hasMessage("flush 1");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("plan");
  }

  @Test
  void a_file_is_replaced_if_only_its_folder_cannot_be_flushed() throws IOException {
    Path file = Files.writeString(folder.resolve("plan"), "old");
    Path moved = folder.resolve("moved");
    assertThatThrownBy(() -> write(file, "new", failingAt(2))).hasMessage("flush 2");
    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("plan");
    assertThatThrownBy(() -> DurableFile.rename(file, moved, failingAt(1))).hasMessage("flush 1");
    assertThat(names()).containsExactly("moved");
    assertThatThrownBy(() -> DurableFile.delete(moved, failingAt(1))).hasMessage("flush 1");
    assertThat(names()).isEmpty();
  }

  private static void write(Path file, String content, DurableFile.Flush disk) throws IOException {
    DurableFile.write(
        file, content.getBytes(UTF_8), PosixFilePermissions.fromString("rw-------"), disk);
  }

  private static DurableFile.Flush failingAt(int flush) {
    AtomicInteger flushes = new AtomicInteger();
    return _ -> {
      if (flushes.incrementAndGet() == flush) {
        throw new IOException("flush " + flush);
      }
    };
  }

  @Test
  void content_is_flushed_before_the_rename_and_the_folder_after_it() throws IOException {
    Path file = Files.writeString(folder.resolve("plan"), "old");
    List<String> atFlushes = new ArrayList<>();
    DurableFile.write(
        file,
        "new".getBytes(UTF_8),
        PosixFilePermissions.fromString("rw-------"),
        _ -> atFlushes.add(Files.readString(file) + " beside " + contentsOfOthers(file)));
    assertThat(atFlushes).containsExactly("old beside [new]", "new beside []");
  }

  @Test
  void an_append_rename_or_delete_is_flushed_with_its_folder() throws IOException {
    Path file = folder.resolve("letters");
    Path moved = folder.resolve("moved");
    List<String> atFlushes = new ArrayList<>();
    DurableFile.Flush seen =
        _ -> atFlushes.add(Files.exists(file) ? Files.readString(file) : names().toString());
    DurableFile.append(file, "a".getBytes(UTF_8), seen);
    DurableFile.append(file, "b".getBytes(UTF_8), seen);
    DurableFile.rename(file, moved, seen);
    DurableFile.delete(moved, seen);
    // The first append flushes the file and the folder that names it.
    assertThat(atFlushes).containsExactly("a", "a", "ab", "[moved]", "[]");
  }

  private List<String> contentsOfOthers(Path file) throws IOException {
    List<String> contents = new ArrayList<>();
    for (String name : names()) {
      if (!folder.resolve(name).equals(file)) {
        contents.add(Files.readString(folder.resolve(name)));
      }
    }
    return contents;
  }

  @Test
  void only_the_owner_can_read_a_file_unless_it_is_public() throws IOException {
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
  void a_file_in_place_of_a_folder_is_refused_with_its_name() throws IOException {
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
