package io.gympulse.local;

import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.floor.PlanConflictException;
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

/// Registers the floor plans of some folders: `*.json`, those that are new or changed since the
/// last time. A file that is gone removes no plan. One thread at a time.
final class FloorPlanFolders {

  private static final Logger LOG = LoggerFactory.getLogger(FloorPlanFolders.class);

  private final List<Path> folders;
  private final FloorPlans plans;
  private final Map<Path, FileTime> known = new HashMap<>();

  FloorPlanFolders(List<Path> folders, FloorPlans plans) {
    this.folders = List.copyOf(folders);
    this.plans = plans;
  }

  /// Registers what is new.
  ///
  /// @throws IOException if a folder or file cannot be read or is no floor plan, or if two gyms
  ///     claim the same machine; the message names the file. The other files are registered all the
  ///     same, and this one is tried again when it changes or, after a conflict, the next time.
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

  /// The folder's files of floor plans, in the order in which they are registered; none if there is
  /// no such folder.
  static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
