package io.gympulse.system.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutantTest {
  private static final Path HOME = Path.of(System.getProperty("gympulse.home", ".."));

  @Test
  void every_fault_can_be_planted_into_the_current_sources() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(HOME.resolve("system-tests/mutants"))) {
      files = all.toList();
    }
    assertThat(files).hasSizeGreaterThan(15);
    for (Path file : files) {
      Mutant mutant = Mutant.read(file);
      String source = Files.readString(HOME.resolve(mutant.file()));
      assertThat(mutant.applyTo(source)).isNotEqualTo(source);
    }
  }

  @Test
  void a_fault_replaces_one_passage(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("off-by-one.txt");
    Files.writeString(
        file,
        """
        what: one too few
        file: A.java
        caught-by: test contract ATest
        caught-by: prove
        old:
          i < n
        new:
          i < n - 1
        """);
    Mutant mutant = Mutant.read(file);
    assertThat(mutant.checks())
        .containsExactly(new Mutant.Check("contract", "ATest"), Mutant.Check.PROVE);
    assertThat(mutant.applyTo("for (\n  i < n\n)")).isEqualTo("for (\n  i < n - 1\n)");
    assertThatThrownBy(() -> mutant.applyTo("nothing")).hasMessageContaining("exactly once");
  }

  @Test
  void the_table_keeps_the_results_of_faults_that_are_not_run_again(@TempDir Path folder)
      throws IOException {
    Path table = folder.resolve("mutations.md");
    List<Mutant> mutants = List.of(mutant("one"), mutant("two"));
    MutationTable.write(table, mutants, Map.of("one", "prove"));
    MutationTable.write(table, mutants, Map.of("two", "nothing"));
    assertThat(table)
        .content()
        .contains("| one | wrong | prove | prove |", "| two | wrong | prove | nothing |");
  }

  private static Mutant mutant(String name) {
    return new Mutant(name, "wrong", Path.of("A.java"), List.of(Mutant.Check.PROVE), "old", "new");
  }
}
