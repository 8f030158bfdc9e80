package io.gympulse.local;

import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.FloorPlans.PlanConflictException;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.GymId;
import io.gympulse.local.operator.FloorPlanService;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The floor plans of the data folder and of the folder of `--floor-plans`. Operators change the
/// former. A gym that has a file in the latter can be changed only there, since the next start
/// would register that file again.
final class FileFloorPlanService implements FloorPlanService {

  private static final Logger LOG = LoggerFactory.getLogger(FileFloorPlanService.class);

  private final Path own;
  private final Optional<Path> given;
  private final FloorPlans plans;
  private final FloorPlanFolders folders;

  /// @param own the folder of operators' plans, created when it is needed
  /// @param given the folder of `--floor-plans`
  FileFloorPlanService(Path own, Optional<Path> given, FloorPlans plans) {
    this.own = own;
    this.given = given.filter(it -> !absolute(it).equals(absolute(own)));
    this.plans = plans;
    this.folders =
        new FloorPlanFolders(
            Stream.concat(Stream.of(own), this.given.stream()).toList(), this.plans);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /// Registers the files that are new or changed: see [FloorPlanFolders#register].
  synchronized void register() throws IOException {
    folders.register();
  }

  @Override
  public synchronized List<RegisteredPlan> list() throws IOException {
    List<Path> files = new ArrayList<>(FloorPlanFolders.files(own));
    if (given.isPresent()) {
      files.addAll(FloorPlanFolders.files(given.get()));
    }
    Map<GymId, Path> byGym = new HashMap<>();
    for (Path file : files) {
      planIn(file).ifPresent(it -> byGym.put(it.gym().id(), file));
    }
    return plans.all().stream()
        .map(it -> new RegisteredPlan(it, Optional.ofNullable(byGym.get(it.gym().id()))))
        .toList();
  }

  @Override
  public synchronized PutResult put(FloorPlan plan) throws IOException {
    GymId gym = plan.gym().id();
    Optional<Path> elsewhere = elsewhere(gym);
    if (elsewhere.isPresent()) {
      return new PutResult.Refused(
          "gym '%s' is described by %s, in the folder of --floor-plans; change that file"
              .formatted(gym, elsewhere.get()));
    }
    List<Path> files = filesOf(own, gym);
    Path file = files.isEmpty() ? own.resolve(nameFor(gym)) : files.getLast();
    if (files.isEmpty() && planIn(file).isPresent()) {
      return new PutResult.Refused("%s holds another gym's plan; rename that file".formatted(file));
    }
    Optional<FloorPlan> before = plans.find(gym);
    try {
      plans.register(plan);
    } catch (PlanConflictException e) {
      return new PutResult.Refused(e.getMessage() + "; take it off one of them");
    }
    try {
      write(plan, file, files);
    } catch (IOException e) {
      before.ifPresentOrElse(plans::register, () -> plans.remove(gym));
      throw e;
    }
    LOG.info("floor plan: gym={} machines={} put by an operator", gym, plan.machines().size());
    return before.isPresent() ? new PutResult.Replaced() : new PutResult.Added();
  }

  /// @param files the files with the gym's earlier plan, which are deleted; one that cannot be
  ///     deleted has no effect, since `file` is registered after it
  private void write(FloorPlan plan, Path file, List<Path> files) throws IOException {
    DurableFile.makeFolders(own);
    DurableFile.write(file, FloorPlanFile.write(plan));
    for (Path earlier : files) {
      if (!earlier.equals(file)) {
        deleteEarlier(earlier, file);
      }
    }
  }

  private static void deleteEarlier(Path earlier, Path file) {
    try {
      DurableFile.delete(earlier);
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be deleted and has no effect, since {} replaces it; delete it: {}",
          earlier,
          file,
          e.toString());
    }
  }

  /// Deletes the file first: if the process dies in between, the gym is still registered and can be
  /// removed again.
  @Override
  public synchronized RemoveResult remove(GymId gym) throws IOException {
    Optional<Path> elsewhere = elsewhere(gym);
    if (elsewhere.isPresent()) {
      return new RemoveResult.Refused(
          "gym '%s' is described by %s, in the folder of --floor-plans; delete that file, then remove the gym"
              .formatted(gym, elsewhere.get()));
    }
    List<Path> files = filesOf(own, gym);
    for (Path file : files) {
      DurableFile.delete(file);
    }
    if (!plans.remove(gym) && files.isEmpty()) {
      return new RemoveResult.Unknown();
    }
    LOG.info("floor plan: gym={} removed by an operator", gym);
    return new RemoveResult.Removed();
  }

  private Optional<Path> elsewhere(GymId gym) throws IOException {
    return given.isEmpty() ? Optional.empty() : filesOf(given.get(), gym).stream().findFirst();
  }

  /// The files with the gym's plan, in the order in which they are registered. The name decides for
  /// a file that cannot be read.
  private static List<Path> filesOf(Path folder, GymId gym) throws IOException {
    return FloorPlanFolders.files(folder).stream()
        .filter(
            file ->
                planIn(file)
                    .map(it -> it.gym().id().equals(gym))
                    .orElseGet(() -> file.endsWith(nameFor(gym))))
        .toList();
  }

  private static String nameFor(GymId gym) {
    return gym + ".json";
  }

  private static Optional<FloorPlan> planIn(Path file) {
    try {
      return Optional.of(FloorPlanFile.read(file));
    } catch (FloorPlanException e) {
      return Optional.empty();
    }
  }
}
