package io.gympulse.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The code and the documents speak the field's terms; what is ours stands in docs/glossary.md.
class VocabularyTest {
  private static final Path HOME = Path.of("..");
  private static final int MOST_TERMS = 30;

  @Test
  void main_code_and_documents_use_no_retired_word() throws IOException {
    RetiredWords retired = RetiredWords.read();
    List<String> found = new ArrayList<>();
    for (Path file : codeAndDocuments()) {
      found.addAll(retired.in(HOME.relativize(file).toString(), Files.readAllLines(file)));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void a_retired_word_is_found_in_names_and_in_prose() throws IOException {
    assertThat(RetiredWords.read().in("A.java", List.of("", "Courier courier; // is told")))
        .hasSize(3)
        .allMatch(it -> it.startsWith("A.java:2: "));
  }

  @Test
  void the_glossary_is_short() throws IOException {
    long terms =
        Files.readAllLines(HOME.resolve("docs/glossary.md")).stream()
            .filter(it -> it.startsWith("| "))
            .skip(1)
            .count();
    assertThat(terms).isBetween(1L, (long) MOST_TERMS);
  }

  private static List<Path> codeAndDocuments() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> modules = Files.list(HOME)) {
      for (Path main :
          modules.map(it -> it.resolve("src/main")).filter(Files::isDirectory).toList()) {
        files.addAll(below(main, ".java"));
      }
    }
    files.addAll(below(HOME.resolve("docs"), ".md"));
    try (Stream<Path> top = Files.list(HOME)) {
      top.filter(it -> it.toString().endsWith(".md")).forEach(files::add);
    }
    return files;
  }

  private static List<Path> below(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(it -> it.toString().endsWith(ending)).sorted().toList();
    }
  }
}
