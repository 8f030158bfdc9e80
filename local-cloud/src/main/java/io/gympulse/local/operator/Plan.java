package io.gympulse.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.FloorPlanFile.CheckedPlan;
import io.gympulse.contract.floorplan.FloorPlanRemark;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.GymId;
import io.gympulse.local.provision.CommandErrors;
import io.gympulse.process.ParentWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Adds, replaces, removes and lists the floor plans of a running cloud, and checks a file without
/// one.
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Checks a floor plan, or changes those of the running cloud.")
public final class Plan {
  private static final int CREATED = 201;
  private static final int MISTAKEN = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// @return 0, or 1 if there is a mistake
  /// @throws IOException if the file cannot be read
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Names every mistake of a floor plan with its line; no cloud is needed.",
        "A hint is about something that is valid but may not be meant."
      })
  int check(@Parameters(paramLabel = "FILE", description = "a gym's floor plan") Path file)
      throws IOException {
    try {
      CheckedPlan checked = FloorPlanFile.check(file);
      checked.hints().forEach(it -> print(line(file, it, "hint: ")));
      List<Machine> machines = checked.plan().machines();
      print(
          "%s: ok, %d machines, %d sensors"
              .formatted(
                  file,
                  machines.size(),
                  machines.stream().mapToInt(it -> it.sensors().size()).sum()));
      return 0;
    } catch (FloorPlanException e) {
      if (e.mistakes().isEmpty()) {
        throw new IOException(e.getMessage(), e);
      }
      e.mistakes().forEach(it -> print(line(file, it, "")));
      return MISTAKEN;
    }
  }

  /// In the form that editors and terminals turn into a link to the place.
  private static String line(Path file, FloorPlanRemark remark, String kind) {
    return "%s:%d:%d: %s%s%s"
        .formatted(
            file,
            remark.at().line(),
            remark.at().column(),
            kind,
            remark.path().isEmpty() ? "" : remark.path() + ": ",
            remark.detail());
  }

  /// @throws IOException if the file is no floor plan, the cloud cannot be reached or refuses; the
  ///     message says what to do
  @Command(
      name = "put",
      mixinStandardHelpOptions = true,
      description = "Adds a gym, or replaces the floor plan that it has.")
  int put(
      @Mixin OperatorClient client,
      @Parameters(paramLabel = "FILE", description = "the gym's floor plan") Path file)
      throws IOException, InterruptedException {
    FloorPlan plan = read(file);
    OperatorClient.Response response =
        client.send(
            "PUT", FloorPlanEndpoint.PATH + "/" + plan.gym().id(), FloorPlanFile.write(plan));
    print(
        "%s: gym=%s gateway=%s machines=%d"
            .formatted(
                response.status() == CREATED ? "added" : "replaced",
                plan.gym().id(),
                plan.gateway(),
                plan.machines().size()));
    return 0;
  }

  private static FloorPlan read(Path file) throws IOException {
    try {
      return FloorPlanFile.read(file);
    } catch (FloorPlanException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// @throws IOException if the cloud cannot be reached or refuses; the message says what to do
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = {
        "Removes a gym: members no longer see it, and its gateway keeps what it records.",
        "Its events and aggregates stay."
      })
  int remove(
      @Mixin OperatorClient client,
      @Parameters(paramLabel = "GYM", description = "the gym's id") String gym)
      throws IOException, InterruptedException {
    GymId id = new GymId(gym);
    var _ = client.send("DELETE", FloorPlanEndpoint.PATH + "/" + id);
    print("removed: gym=" + id);
    return 0;
  }

  /// @throws IOException if the cloud cannot be reached or refuses; the message says what to do
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the gyms, with the file that each plan is read from.")
  int list(@Mixin OperatorClient client) throws IOException, InterruptedException {
    JsonNode plans = client.send("GET", FloorPlanEndpoint.PATH).body();
    plans.forEach(
        it ->
            print(
                "gym=%s gateway=%s machines=%d file=%s"
                    .formatted(
                        it.path("gym").asText(),
                        it.path("gateway").asText(),
                        it.path("machines").asInt(),
                        it.path("file").asText("none"))));
    print(plans.size() + " floor plans");
    return 0;
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }

  /// Exit code 0, or 2 with one line on stderr.
  public static void main(String[] arguments) {
    ParentWatch.start();
    System.exit(CommandErrors.commandLine(new Plan()).execute(arguments));
  }
}
