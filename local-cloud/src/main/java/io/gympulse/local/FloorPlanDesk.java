package io.gympulse.local;

import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.floor.PlanConflictException;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.GymId;
import io.gympulse.local.operator.PlanKeeper;
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

/// The floor plans of the data folder and of the folder that the cloud was started with. Operators
/// change the former; the latter belongs to whoever wrote it, and a gym that it describes can be
/// changed nowhere else: the next start would bring its file back.
final class FloorPlanDesk implements PlanKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(FloorPlanDesk.class);

  private final Path own;
  private final Optional<Path> given;
  private final FloorPlans plans;
  private final FloorPlanFolders folders;

  /// @param own where operators' plans lie; made when it is needed
  /// @param given the folder of `--floor-plans`
  FloorPlanDesk(Path own, Optional<Path> given, FloorPlans plans) {
    this.own = own;
    this.given = given.filter(it -> !whole(it).equals(whole(own)));
    this.plans = plans;
    this.folders =
        new FloorPlanFolders(
            Stream.concat(Stream.of(own), this.given.stream()).toList(), this.plans);
  }

  private static Path whole(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /// Registers the files that are new or changed: see [FloorPlanFolders#register].
  synchronized void register() throws IOException {
    folders.register();
  }

  @Override
  public synchronized List<Kept> list() throws IOException {
    List<Path> files = new ArrayList<>(FloorPlanFolders.files(own));
    if (given.isPresent()) {
      files.addAll(FloorPlanFolders.files(given.get()));
    }
    Map<GymId, Path> byGym = new HashMap<>();
    for (Path file : files) {
      planIn(file).ifPresent(it -> byGym.put(it.gym().id(), file));
    }
    return plans.all().stream()
        .map(it -> new Kept(it, Optional.ofNullable(byGym.get(it.gym().id()))))
        .toList();
  }

  @Override
  public synchronized Put put(FloorPlan plan) throws IOException {
    GymId gym = plan.gym().id();
    Optional<Path> elsewhere = elsewhere(gym);
    if (elsewhere.isPresent()) {
      return new Put.Refused(
          "gym '%s' is described by %s, in the folder of --floor-plans; change that file"
              .formatted(gym, elsewhere.get()));
    }
    List<Path> files = filesOf(own, gym);
    Path file = files.isEmpty() ? own.resolve(nameFor(gym)) : files.getLast();
    if (files.isEmpty() && planIn(file).isPresent()) {
      return new Put.Refused("%s holds another gym's plan; rename that file".formatted(file));
    }
    Optional<FloorPlan> before = plans.find(gym);
    try {
      plans.register(plan);
    } catch (PlanConflictException e) {
      return new Put.Refused(e.getMessage() + "; take it off one of them");
    }
    try {
      write(plan, file, files);
    } catch (IOException e) {
      before.ifPresentOrElse(plans::register, () -> plans.remove(gym));
      throw e;
    }
    LOG.info("floor plan: gym={} machines={} put by an operator", gym, plan.machines().size());
    return before.isPresent() ? new Put.Replaced() : new Put.Added();
  }

  /// @param files those that held the gym's plan; only `file` holds it afterwards, unless another
  ///     cannot be deleted: then that one stays, and `file`, which comes after it, counts
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
      LOG.warn("{} stays beside {}, which counts; delete it: {}", earlier, file, e.toString());
    }
  }

  /// The file goes first: if this process dies in between, the gym is still known and can be
  /// removed again.
  @Override
  public synchronized Removal remove(GymId gym) throws IOException {
    Optional<Path> elsewhere = elsewhere(gym);
    if (elsewhere.isPresent()) {
      return new Removal.Refused(
          "gym '%s' is described by %s, in the folder of --floor-plans; delete that file, then remove the gym"
              .formatted(gym, elsewhere.get()));
    }
    List<Path> files = filesOf(own, gym);
    for (Path file : files) {
      DurableFile.delete(file);
    }
    if (!plans.remove(gym) && files.isEmpty()) {
      return new Removal.Unknown();
    }
    LOG.info("floor plan: gym={} removed by an operator", gym);
    return new Removal.Removed();
  }

  private Optional<Path> elsewhere(GymId gym) throws IOException {
    return given.isEmpty() ? Optional.empty() : filesOf(given.get(), gym).stream().findFirst();
  }

  /// The files with the gym's plan, in the order in which they are registered. One that cannot be
  /// read goes by its name.
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
