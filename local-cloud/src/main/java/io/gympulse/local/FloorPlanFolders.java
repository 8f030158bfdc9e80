package io.gympulse.local;

import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.FloorPlans.PlanConflictException;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Registers the floor plans in folders: files `*.json` that are new or changed since the last
/// call. Deleting a file removes no plan. Not thread-safe.
final class FloorPlanFolders {

  private static final Logger LOG = LoggerFactory.getLogger(FloorPlanFolders.class);

  private final List<Path> folders;
  private final FloorPlans plans;
  private final Map<Path, FileTime> known = new HashMap<>();

  FloorPlanFolders(List<Path> folders, FloorPlans plans) {
    this.folders = List.copyOf(folders);
    this.plans = plans;
  }

  /// Registers new and changed files.
  ///
  /// @throws IOException if a folder or file cannot be read or is no floor plan, or if two gyms
  ///     have the same machine; the message names the file. The other files are registered
  ///     nevertheless; this one is tried again when it changes or, after a conflict, at the next
  ///     call.
  void register() throws IOException {
    IOException first = null;
    known.keySet().removeIf(it -> !Files.exists(it));
    for (Path folder : folders) {
      for (Path file : files(folder)) {
        FileTime changed = Files.getLastModifiedTime(file);
        if (!changed.equals(known.get(file))) {
          known.put(file, changed);
          try {
            register(file);
          } catch (IOException e) {
            first = first == null ? e : first;
          }
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void register(Path file) throws IOException {
    try {
      FloorPlan plan = FloorPlanFile.read(file);
      plans.register(plan);
      LOG.info("floor plan: gym={} machines={}", plan.gym().id(), plan.machines().size());
    } catch (FloorPlanException e) {
      throw new IOException(e.getMessage(), e);
    } catch (PlanConflictException e) {
      known.remove(file);
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (StoreUnavailableException e) {
      known.remove(file);
      throw e;
    }
  }

  /// The folder's floor plan files, in the order in which they are registered; none if the folder
  /// does not exist.
  static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
