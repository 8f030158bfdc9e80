package io.gympulse.system.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutantWorkspaceTest {
  private static final Mutant.Check UNIT = new Mutant.Check("contract", "ATest");
  private static final Mutant MUTANT =
      new Mutant(
          "any", "wrong", Path.of("A.java"), List.of(UNIT, Mutant.Check.PROVE), "right", "wrong");

  private final List<String> ran = new ArrayList<>();
  private final Set<String> failing = new HashSet<>();
  @TempDir private Path folder;

  @BeforeEach
  void source() throws IOException {
    Files.writeString(folder.resolve("A.java"), "right");
  }

  @Test
  void checks_that_fail_without_a_fault_are_found_in_unchanged_sources() throws Exception {
    failing.add("tests");

    assertThat(workspace().failingWithoutFault(List.of(UNIT, Mutant.Check.PROVE, UNIT)))
        .containsExactly(UNIT);
    assertThat(folder.resolve("A.java")).hasContent("right");
    assertThat(ran).containsExactlyInAnyOrder("build", "tests", "prove");
  }

  @Test
  void a_check_that_fails_without_a_fault_catches_nothing() throws Exception {
    failing.add("tests");

    assertThat(workspace().run(MUTANT, Set.of(UNIT)))
        .isEqualTo(new MutantWorkspace.Result.Missed());
    assertThat(ran).containsExactly("build", "prove");
    assertThat(folder.resolve("A.java")).hasContent("wrong");
  }

  @Test
  void a_fault_whose_checks_all_fail_without_it_is_not_run() throws Exception {
    assertThat(workspace().run(MUTANT, Set.of(UNIT, Mutant.Check.PROVE)))
        .isInstanceOf(MutantWorkspace.Result.Unusable.class);
    assertThat(ran).isEmpty();
  }

  @Test
  void the_failed_figures_of_prove_are_reported() throws Exception {
    failing.add("prove");
    Files.writeString(
        folder.resolve("prove.log"),
        """
        failed: lost=3 in the run `./gympulse prove --seed 11`, kept in /tmp/x
        prove: recorded=9 lost=3
        failed: late_error=1 in the run `./gympulse prove --seed 11`, kept in /tmp/x
        """);

    MutantWorkspace.Result result = workspace().run(MUTANT, Set.of());

    assertThat(result)
        .isEqualTo(
            new MutantWorkspace.Result.Caught(Mutant.Check.PROVE, List.of("lost", "late_error")));
    assertThat(Mutants.describe(result)).isEqualTo("prove: lost, late_error");
  }

  @Test
  void a_test_that_catches_is_reported_by_its_name() throws Exception {
    failing.add("tests");

    assertThat(Mutants.describe(workspace().run(MUTANT, Set.of()))).isEqualTo("contract ATest");
    assertThat(ran).containsExactly("build", "tests");
  }

  @Test
  void sources_that_do_not_compile_without_a_fault_are_rejected() {
    failing.add("build");

    assertThatThrownBy(() -> workspace().failingWithoutFault(List.of(UNIT)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("build.log");
  }

  private MutantWorkspace workspace() {
    return new MutantWorkspace(folder, List.of("--seed=11"), this::run);
  }

  /// Runs nothing.
  private int run(Path in, List<String> command, Path log) throws IOException {
    String name = String.valueOf(log.getFileName()).replace(".log", "");
    ran.add(name);
    if (!Files.exists(log)) {
      Files.createFile(log);
    }
    return failing.contains(name) ? 1 : 0;
  }
}
