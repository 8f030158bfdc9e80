package io.gympulse.bench.forecast;

import io.gympulse.bench.forecast.Score.Group;
import io.gympulse.bench.forecast.Trial.Outcomes;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.system.process.Launcher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Judges forecasts half an hour ahead on time that the fits have not seen: on a file of head
/// counts the event that fewer than the threshold are present, on simulated gyms the events that at
/// least one machine of a category, or a certain machine, is free. The exit code says whether the
/// limits are kept; a figure beyond its limit is named. Limits: a Brier score no worse than that of
/// the logistic, at most 3 points between forecast and observed rate in each decile of the
/// forecasts, and a skill over the slot average of 0.25 on head counts, above 0 for each simulated
/// category.
@Command(
    name = "forecast",
    mixinStandardHelpOptions = true,
    description = "forecasts half an hour ahead against slot average, persistence and a logistic")
public final class ForecastBench implements Callable<Integer> {
  private static final double LEAST_SKILL = 0.25;
  private static final double MOST_ERROR = 0.03;
  private static final double MOST_MICROS = 1_000;

  @Option(
      names = "--csv",
      description =
          "a file of head counts with the columns number_people and date; without it gyms are"
              + " simulated")
  private @Nullable Path csv;

  @Option(
      names = "--threshold",
      defaultValue = "42",
      description = "the event of --csv: fewer people than this are present (default: 42)")
  private int threshold;

  @Option(
      names = "--test-from",
      description = "the first day of --csv to forecast (default: the last 30 %%)")
  private @Nullable LocalDate testFrom;

  @Option(
      names = "--stay",
      defaultValue = "60",
      description = "minutes for which people of --csv stay on average (default: 60)")
  private int stay;

  @Option(names = "--seed", defaultValue = "1", description = "of the simulation (default: 1)")
  private long seed;

  @Option(names = "--days", defaultValue = "120", description = "to simulate (default: 120)")
  private int days;

  @Option(
      names = "--svg",
      description = "the file of the reliability diagram (default: target/bench-forecast.svg)")
  private @Nullable Path svg;

  private final PrintStream out = System.out;
  private final List<String> missed = new ArrayList<>();

  @Override
  public Integer call() throws IOException, FloorPlanException {
    Outcomes outcomes;
    try {
      outcomes = csv == null ? simulated() : counted(csv);
    } catch (NoSuchFileException e) {
      System.err.printf("error: %s does not exist%n", e.getMessage());
      return 2;
    } catch (IllegalArgumentException e) {
      System.err.printf("error: %s%n", e.getMessage());
      return 2;
    }
    if (outcomes.model().isEmpty()) {
      System.err.println("error: no case to forecast; give more days before and after the split");
      return 2;
    }
    report(outcomes);
    String figures = judged(outcomes);
    missed.forEach(it -> out.printf("beyond its limit: %s%n", it));
    out.println(figures);
    return missed.isEmpty() ? 0 : 1;
  }

  private Outcomes counted(Path file) throws IOException {
    HeadCountTrial trial = HeadCountTrial.of(file, threshold, stay, Optional.ofNullable(testFrom));
    out.printf(
        "%s: %,d counts, event: fewer than %d people in 30 minutes, forecast from %s on%n",
        file.getFileName(), trial.counts(), threshold, trial.from());
    return trial.run();
  }

  /// Every category with enough of both outcomes has to have skill.
  private Outcomes simulated() throws FloorPlanException {
    Path folder = Launcher.current().home().resolve("floor-plans");
    Outcomes sum = Outcomes.NONE;
    out.printf("%d simulated days, seed %d, the last 30 %% forecast%n", days, seed);
    out.printf("%-40s %7s %7s %7s %7s %7s%n", "", "cases", "free", "brier", "slot", "skill");
    for (String plan : List.of("downtown.json", "riverside.json")) {
      SimulatedTrial trial =
          SimulatedTrial.of(FloorPlanFile.read(folder.resolve(plan)), seed, days);
      for (Map.Entry<String, Outcomes> it : trial.run().entrySet()) {
        subject(it.getKey(), it.getValue());
        sum = sum.plus(it.getValue());
      }
    }
    return sum;
  }

  private void subject(String name, Outcomes outcomes) {
    if (outcomes.model().isEmpty()) {
      out.printf("%-40s no case%n", name);
      return;
    }
    Score model = Score.of(outcomes.model());
    Score slot = outcomes.slotAverage();
    double skill = model.skillOver(slot);
    boolean judged = SimulatedTrial.isJudged(model);
    out.printf(
        Locale.ROOT,
        "%-40s %7d %6.1f%% %7.4f %7.4f %7s%n",
        name,
        model.cases(),
        100 * model.rate(),
        model.brier(),
        slot.brier(),
        judged ? String.format(Locale.ROOT, "%.3f", skill) : "-");
    if (judged && !(skill > 0)) {
      missed.add(String.format(Locale.ROOT, "skill of %s is %.3f, limit above 0", name, skill));
    }
  }

  private void report(Outcomes outcomes) throws IOException {
    out.printf("%n%-24s %7s %8s %8s %8s%n", "", "brier", "log", "reliab.", "resol.");
    row("model", Score.of(outcomes.model()));
    row("logistic", Score.of(outcomes.logistic()));
    row("slot average, 3 weeks", Score.of(outcomes.fewWeeks()));
    row("slot average, 13 weeks", Score.of(outcomes.manyWeeks()));
    row("persistence", Score.of(outcomes.persistence()));
    Score model = Score.of(outcomes.model());
    out.printf(
        Locale.ROOT,
        "cases %,d, without a forecast %,d, event in %.1f %%, uncertainty %.4f%n%n",
        model.cases(),
        outcomes.unknown(),
        100 * model.rate(),
        model.uncertainty());
    groups("probability, by tenths of its range", Group.byProbability(outcomes.model()));
    groups("probability, by tenths of the cases", Group.deciles(outcomes.model()));
    Path diagram =
        svg == null ? Launcher.current().home().resolve("target/bench-forecast.svg") : svg;
    Path folder = diagram.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(
        diagram, ReliabilitySvg.of("Free in 30 minutes: forecast and observed", outcomes.model()));
    out.printf("reliability diagram: %s%n", diagram.getFileName());
  }

  private void row(String name, Score score) {
    out.printf(
        Locale.ROOT,
        "%-24s %7.4f %8.4f %8.4f %8.4f%n",
        name,
        score.brier(),
        score.logScore(),
        score.reliability(),
        score.resolution());
  }

  private void groups(String title, List<Group> groups) {
    out.printf("%-36s %7s %9s %9s %7s%n", title, "cases", "forecast", "observed", "error");
    for (Group it : groups) {
      out.printf(
          Locale.ROOT,
          "%-36s %7d %8.1f%% %8.1f%% %7.1f%n",
          "",
          it.cases(),
          100 * it.mean(),
          100 * it.rate(),
          100 * (it.mean() - it.rate()));
    }
  }

  /// The last line; notes the figures beyond their limits.
  private String judged(Outcomes outcomes) {
    Score model = Score.of(outcomes.model());
    Score logistic = Score.of(outcomes.logistic());
    double skill = model.skillOver(outcomes.slotAverage());
    double error =
        Group.deciles(outcomes.model()).stream().mapToDouble(Group::error).max().orElse(1);
    if (csv != null && skill < LEAST_SKILL) {
      missed.add(String.format(Locale.ROOT, "skill_slot=%.3f, at least %.2f", skill, LEAST_SKILL));
    }
    if (model.brier() > logistic.brier()) {
      missed.add("brier, at most brier_logistic");
    }
    if (outcomes.micros() > MOST_MICROS) {
      missed.add("forecast_us, at most 1000");
    }
    if (error > MOST_ERROR) {
      missed.add(String.format(Locale.ROOT, "reliability_error=%.3f, at most 0.03", error));
    }
    return String.format(
        Locale.ROOT,
        "bench forecast: skill_slot=%.3f skill_persistence=%.3f brier=%.4f brier_logistic=%.4f"
            + " log=%.4f reliability_error=%.3f cases=%d forecast_us=%.0f",
        skill,
        model.skillOver(Score.of(outcomes.persistence())),
        model.brier(),
        logistic.brier(),
        model.logScore(),
        error,
        model.cases(),
        outcomes.micros());
  }
}
