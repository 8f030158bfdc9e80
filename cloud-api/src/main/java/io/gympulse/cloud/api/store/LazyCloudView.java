package io.gympulse.cloud.api.store;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.gateway.GatewayPresence;
import io.gympulse.cloud.core.store.CloudView;
import io.gympulse.cloud.sqlite.SqliteCloudView;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The cloud's database, opened at the first call that finds the file, and again after the file was
/// replaced: the process that creates it may start after this one. Until then every call throws
/// [io.gympulse.cloud.core.store.StoreUnavailableException]. Thread-safe.
public final class LazyCloudView implements CloudView, AutoCloseable {
  private final LazyFile<SqliteCloudView> opened;

  public LazyCloudView(Path file) {
    this.opened = new LazyFile<>(file, SqliteCloudView::open, SqliteCloudView::close);
  }

  @Override
  public List<FloorPlan> floorPlans() {
    return view().floorPlans();
  }

  @Override
  public Optional<CurrentState> state(MachineId machine) {
    return view().state(machine);
  }

  @Override
  public List<CurrentState> states(GymId gym) {
    return view().states(gym);
  }

  @Override
  public List<GatewayPresence> presences() {
    return view().presences();
  }

  @Override
  public List<HistoryEntry> history(MachineId machine, Instant from, Instant to) {
    return view().history(machine, from, to);
  }

  @Override
  public List<CategoryBin> aggregates(
      GymId gym, CategoryId category, Instant from, Instant to, Instant now) {
    return view().aggregates(gym, category, from, to, now);
  }

  private SqliteCloudView view() {
    return opened.get();
  }

  @Override
  public void close() {
    opened.close();
  }
}
