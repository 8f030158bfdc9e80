package io.gympulse.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.doctor.Check.Finding;
import io.gympulse.edge.doctor.Check.Status;
import io.gympulse.edge.doctor.CheckRun.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CheckRunTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  @Test
  void results_come_in_order_whatever_becomes_of_each_check() {
    CountDownLatch never = new CountDownLatch(1);
    List<Result> results =
        new CheckRun(
                List.of(
                    check("hangs", () -> neverEnds(never)),
                    check("good", () -> Finding.ok("x")),
                    check(
                        "throws",
                        () -> {
                          throw new IOException("no disk");
                        }),
                    check(
                        "has-no-library",
                        () -> {
                          throw new UnsatisfiedLinkError("lib");
                        })),
                LIMIT)
            .run();
    never.countDown();
    assertThat(results)
        .extracting(Result::name)
        .containsExactly("hangs", "good", "throws", "has-no-library");
    assertThat(results)
        .extracting(it -> it.finding().status())
        .containsExactly(Status.FAILED, Status.OK, Status.FAILED, Status.FAILED);
    assertThat(results.get(0).finding().seen()).contains("no result within 1 s");
    assertThat(results.get(2).finding().seen()).contains("no disk");
    assertThat(results.get(3).finding().seen()).contains("UnsatisfiedLinkError");
    assertThat(CheckRun.hasFailed(results)).isTrue();
  }

  @Test
  void warnings_and_skipped_checks_are_no_failure() {
    List<Result> results =
        List.of(
            new Result("a", Finding.warning("x", "y")), new Result("b", Finding.skipped("none")));
    assertThat(CheckRun.hasFailed(results)).isFalse();
  }

  @Test
  void a_message_is_divided_before_its_remedy_and_kept_on_one_line() {
    Finding finding = Finding.failed("key 'a': found 1; 2; give 3");
    assertThat(finding.seen()).isEqualTo("key 'a': found 1; 2");
    assertThat(finding.remedy()).isEqualTo("give 3");
    assertThat(finding.message()).isEqualTo("key 'a': found 1; 2; give 3");
    assertThat(Finding.ok("two mistakes:\n  one\n  two").seen())
        .isEqualTo("two mistakes: | one | two");
  }

  private static Finding neverEnds(CountDownLatch never) throws InterruptedException {
    never.await();
    return Finding.ok("");
  }

  private static Check check(String name, Callable<Finding> result) {
    return new Check() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Finding run() throws Exception {
        return result.call();
      }
    };
  }
}
